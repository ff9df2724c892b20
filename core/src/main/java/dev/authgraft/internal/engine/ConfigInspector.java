package dev.authgraft.internal.engine;

import dev.authgraft.admin.ConfigState;
import dev.authgraft.admin.Explanation;
import dev.authgraft.admin.Inspector;
import dev.authgraft.admin.LoginReport;
import dev.authgraft.admin.RuleSummary;
import dev.authgraft.admin.StrategyState;
import dev.authgraft.admin.StrategySummary;
import dev.authgraft.client.Target;
import dev.authgraft.config.ConfigProblem;
import dev.authgraft.internal.config.Config;
import dev.authgraft.internal.config.ConfigFiles;
import dev.authgraft.internal.config.DeclaredVisibility;
import dev.authgraft.internal.config.Warnings;
import dev.authgraft.internal.credential.Credential;
import dev.authgraft.internal.credential.CredentialSource;
import dev.authgraft.internal.credential.LoginDeadline;
import dev.authgraft.internal.login.Strategy;
import dev.authgraft.internal.util.Suggestion;
import dev.authgraft.internal.util.Time;
import dev.authgraft.internal.yaml.SourceText;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/** A config seen by an operator: what is doubtful in it, what it decides, whether it logs in. */
final class ConfigInspector implements Inspector {
  private final Engine engine;
  private final Config config;
  private final List<Path> extensions;

  ConfigInspector(Engine engine, Config config, List<Path> extensions) {
    this.engine = engine;
    this.config = config;
    this.extensions = extensions;
  }

  @Override
  public List<ConfigProblem> warnings() {
    return SourceText.shown(
        Warnings.of(config, extensions), ConfigFiles::read, DeclaredVisibility.INSTANCE);
  }

  @Override
  public String summary() {
    return engine.summary();
  }

  @Override
  public List<RuleSummary> rules() {
    return config.rules().rules().stream().map(RuleView::new).collect(Collectors.toList());
  }

  @Override
  public List<StrategySummary> strategies() {
    return config.strategies().values().stream()
        .map(StrategyView::new)
        .collect(Collectors.toList());
  }

  @Override
  public List<StrategyState> states() {
    return config.strategies().values().stream().map(Strategy::state).collect(Collectors.toList());
  }

  @Override
  public ConfigState config() {
    return engine.configState();
  }

  @Override
  public Explanation explain(Target target) {
    return new RuleExplanation(target, config);
  }

  @Override
  public LoginReport login(String name) throws IOException {
    Strategy strategy = config.strategies().get(name);
    if (strategy == null) {
      throw new IllegalArgumentException(
          "no strategy '" + name + "'" + Suggestion.amongOrAll(name, config.strategies().keySet()));
    }
    CredentialSource source = strategy.source();
    if (source == null) {
      throw new IllegalArgumentException(
          strategy + " is of type " + strategy.kind() + ", which needs no login");
    }
    Time time = config.context().time();
    long start = time.nanos();
    Credential credential = source.fetch(null, false, new LoginDeadline(time, source.timeout()));
    return new LoginResult(credential, Duration.ofNanos(time.nanos() - start));
  }

  @Override
  public void close() {
    engine.close();
  }
}
