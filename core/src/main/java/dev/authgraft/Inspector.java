package dev.authgraft;

import dev.authgraft.internal.Suggestion;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A config seen by an operator: what is doubtful in it, what it decides, whether it logs in. */
public final class Inspector implements AutoCloseable {
  private final Authgraft authgraft;
  private final Config config;
  private final List<Path> extensions;

  private Inspector(Authgraft authgraft, List<Path> extensions) {
    this.authgraft = authgraft;
    this.extensions = extensions;
    this.config = authgraft.config();
  }

  /**
   * Returns the inspector of a config.
   *
   * @throws ConfigException if it cannot be used, listing every problem
   */
  public static Inspector open(Path file, @Nullable String environment, Log log)
      throws ConfigException {
    return open(Authgraft.builder(file).environment(environment).log(log));
  }

  /**
   * Returns the inspector of the config that {@code builder} is for.
   *
   * @throws ConfigException if it cannot be used, listing every problem
   */
  public static Inspector open(Authgraft.Builder builder) throws ConfigException {
    return new Inspector(builder.load(), builder.extensionJars());
  }

  /** Returns what can be used and is hardly meant. */
  public List<ConfigProblem> warnings() {
    return SourceText.shown(Warnings.of(config, extensions), ConfigFiles::read);
  }

  /** Returns {@code 3 rules, 2 strategies}. */
  public String summary() {
    return authgraft.summary();
  }

  /** Returns the rules in their order. */
  public List<RuleSummary> rules() {
    return config.rules().rules().stream().map(RuleSummary::new).collect(Collectors.toList());
  }

  /** Returns a row for each strategy: name, type, what it sets, where it logs in. */
  public List<List<String>> strategies() {
    List<List<String>> rows = new ArrayList<>();
    for (Strategy strategy : config.strategies().values()) {
      List<Exchange> exchanges = strategy.exchanges();
      String url =
          exchanges.stream()
              .filter(exchange -> exchange.name().equals("login"))
              .map(exchange -> Exchange.shown(exchange.url()))
              .findFirst()
              .orElse("-");
      rows.add(
          Arrays.asList(strategy.name(), strategy.type(), strategy.placement().toString(), url));
    }
    return rows;
  }

  /** Returns which rule decides about {@code target}, and why. */
  public Explanation explain(Target target) {
    return new Explanation(target, config);
  }

  /**
   * Logs in for real.
   *
   * @throws IllegalArgumentException if there is no such strategy, or it has no login
   * @throws IOException if the login fails; the message says why and holds no secret
   */
  public LoginReport login(String name) throws IOException {
    Strategy strategy = config.strategies().get(name);
    if (strategy == null) {
      throw new IllegalArgumentException(
          "no strategy '" + name + "'" + Suggestion.amongOrAll(name, config.strategies().keySet()));
    }
    CredentialSource source = strategy.source();
    if (source == null) {
      throw new IllegalArgumentException(
          strategy + " is of type " + strategy.type() + ", which needs no login");
    }
    Time time = config.context().time();
    long start = time.nanos();
    Credential credential = source.fetch(null, false, new LoginDeadline(time, source.timeout()));
    return new LoginReport(credential, (time.nanos() - start) / 1_000_000);
  }

  @Override
  public void close() {
    authgraft.close();
  }
}
