package dev.authgraft.internal.config;

import dev.authgraft.client.Target;
import dev.authgraft.internal.login.Exchange;
import dev.authgraft.internal.login.ExchangeKind;
import dev.authgraft.internal.login.Rejection;
import dev.authgraft.internal.login.Strategy;
import dev.authgraft.internal.rule.Rule;
import dev.authgraft.internal.secret.StepValues;
import dev.authgraft.internal.secret.Template;
import dev.authgraft.spi.SecretException;
import java.net.URI;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Warnings about the strategies of a config. */
final class StrategyWarnings {
  private final Config config;
  private final WarningList found;

  StrategyWarnings(Config config, WarningList found) {
    this.config = config;
    this.found = found;
  }

  void addAll() {
    addUnused();
    for (Strategy strategy : config.strategies().values()) {
      addMatchedLogins(strategy);
      StrategyTypes.of(strategy.kind()).warn(strategy, found);
      addCleartext(strategy);
      addLooks(strategy);
      addMissingSecrets(strategy);
    }
  }

  private void addUnused() {
    Set<Strategy> used = new LinkedHashSet<>();
    for (Rule rule : config.rules().rules()) {
      if (rule.strategy() != null) used.add(rule.strategy());
    }
    for (Strategy strategy : config.strategies().values()) {
      if (!used.contains(strategy)) found.add(strategy.position(), "no rule uses " + strategy);
    }
  }

  private void addMatchedLogins(Strategy strategy) {
    for (Exchange exchange : strategy.exchanges()) {
      // The program itself does not fetch one-time codes.
      Rule rule = exchange.kind() == ExchangeKind.CODE ? null : matched(exchange);
      if (rule == null || rule.strategy() != strategy) continue;
      found.add(
          exchange.url().template().position(),
          "the url of "
              + exchange.name()
              + " is matched by "
              + rule
              + ", which uses "
              + strategy
              + " itself: a login of the program's own there would wait for ours (put a rule"
              + " with strategy: none before it)");
    }
  }

  private @Nullable Rule matched(Exchange exchange) {
    URI url = url(exchange);
    if (url == null || url.getHost() == null) return null;
    return config
        .rules()
        .match(
            Target.of(
                url.getScheme(),
                url.getHost(),
                url.getPort(),
                url.getRawPath(),
                exchange.method()));
  }

  private static @Nullable URI url(Exchange exchange) {
    try {
      return URI.create(exchange.url().template().resolveUrl(new StepValues()));
    } catch (SecretException | IllegalArgumentException e) {
      return null; // The URL is unknown here; a missing variable has a warning of its own.
    }
  }

  private void addCleartext(Strategy strategy) {
    for (Exchange exchange : strategy.exchanges()) {
      URI url = exchange.url().saysHttp() ? url(exchange) : null;
      if (url == null || url.getHost() == null) continue;
      if (Target.isLoopback(Target.canonicalHost(url.getHost()))) continue;
      found.add(
          exchange.url().template().position(),
          exchange.name() + " of " + strategy + " sends secrets over plain http");
    }
  }

  private void addLooks(Strategy strategy) {
    for (Rejection.Condition condition : strategy.rejection().conditions()) {
      if (condition.goodStatus() == 0 || condition.position == null) continue;
      found.add(
          condition.position,
          "every answer with status "
              + condition.goodStatus()
              + " to a request of "
              + strategy
              + " is looked into: text that is slow to come reaches the program up to two seconds"
              + " late (if a refusal has a status or a redirect of its own, name that instead)");
    }
  }

  private void addMissingSecrets(Strategy strategy) {
    for (Template template : strategy.secrets()) {
      for (Template.Part part : template.parts()) {
        if (part.step() != null) continue;
        try {
          part.resolve(new StepValues());
        } catch (SecretException e) {
          // The reason without the position, which the warning itself has.
          found.add(template.position(), "missing here: " + e.reason() + ", needed by " + strategy);
        }
      }
    }
  }
}
