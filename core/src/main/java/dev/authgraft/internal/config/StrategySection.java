package dev.authgraft.internal.config;

import dev.authgraft.internal.config.key.Section;
import dev.authgraft.internal.credential.Placement;
import dev.authgraft.internal.login.LoginContext;
import dev.authgraft.internal.login.Rejection;
import dev.authgraft.internal.login.StrategyKind;
import dev.authgraft.internal.login.StrategySettings;

/** One strategy of a config while it is read. */
final class StrategySection {
  final String name;
  final Section section;
  final ReadContext context;
  final LoginContext loginContext;

  StrategySection(String name, Section section, ReadContext context, LoginContext loginContext) {
    this.name = name;
    this.section = section;
    this.context = context;
    this.loginContext = loginContext;
  }

  /** Returns what any strategy needs. */
  StrategySettings settings(StrategyKind kind, Placement placement, Rejection rejection) {
    return new StrategySettings(name, kind, section.position(), placement, rejection);
  }
}
