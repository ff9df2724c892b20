package dev.authgraft.internal.engine;

import dev.authgraft.admin.StrategySummary;
import dev.authgraft.internal.login.ExchangeKind;
import dev.authgraft.internal.login.Strategy;
import org.jspecify.annotations.Nullable;

/** A strategy as an operator sees it. */
final class StrategyView implements StrategySummary {
  private final String name;
  private final String type;
  private final String sets;
  private final @Nullable String loginUrl;

  StrategyView(Strategy strategy) {
    this.name = strategy.name();
    this.type = strategy.kind().toString();
    this.sets = strategy.placement().toString();
    this.loginUrl =
        strategy.exchanges().stream()
            .filter(exchange -> exchange.kind() == ExchangeKind.LOGIN)
            .map(exchange -> exchange.url().toString())
            .findFirst()
            .orElse(null);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String type() {
    return type;
  }

  @Override
  public String sets() {
    return sets;
  }

  @Override
  public @Nullable String loginUrl() {
    return loginUrl;
  }

  @Override
  public String toString() {
    return name + " (" + type + ") " + sets + (loginUrl == null ? "" : " by " + loginUrl);
  }
}
