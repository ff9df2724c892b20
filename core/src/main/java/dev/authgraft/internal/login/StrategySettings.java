package dev.authgraft.internal.login;

import dev.authgraft.internal.credential.Placement;
import dev.authgraft.internal.util.SourcePosition;

/** What the config says of any strategy, whatever its kind. Immutable. */
public final class StrategySettings {
  private final String name;
  private final StrategyKind kind;
  private final SourcePosition position;
  private final Placement placement;
  private final Rejection rejection;

  /**
   * @param position of the strategy in the config
   * @param placement where a request carries the credential
   * @param rejection which answers reject the credential
   */
  public StrategySettings(
      String name,
      StrategyKind kind,
      SourcePosition position,
      Placement placement,
      Rejection rejection) {
    this.name = name;
    this.kind = kind;
    this.position = position;
    this.placement = placement;
    this.rejection = rejection;
  }

  String name() {
    return name;
  }

  StrategyKind kind() {
    return kind;
  }

  SourcePosition position() {
    return position;
  }

  Placement placement() {
    return placement;
  }

  Rejection rejection() {
    return rejection;
  }
}
