package dev.authgraft.internal.config;

import dev.authgraft.client.Target;
import dev.authgraft.config.ConfigProblem;
import dev.authgraft.internal.login.CodeSource;
import dev.authgraft.internal.login.Exchange;
import dev.authgraft.internal.login.ExchangeKind;
import dev.authgraft.internal.login.Rejection;
import dev.authgraft.internal.login.Strategy;
import dev.authgraft.internal.match.PathPattern;
import dev.authgraft.internal.rule.Rule;
import dev.authgraft.internal.secret.NamedFiles;
import dev.authgraft.internal.secret.StepValues;
import dev.authgraft.internal.secret.Template;
import dev.authgraft.internal.util.SourcePosition;
import dev.authgraft.spi.Log;
import dev.authgraft.spi.SecretException;
import java.net.URI;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What in a config can be used and is hardly meant. */
public final class Warnings {
  private static final int MOST_LOGGED = 20;
  private static final int MOST_LISTED = 5;

  private final Config config;
  private final List<ConfigProblem> found = new ArrayList<>();

  private Warnings(Config config) {
    this.config = config;
  }

  /**
   * Returns the warnings about {@code config}, in the order of files and lines.
   *
   * @param extensions the jars that it is used with
   */
  public static List<ConfigProblem> of(Config config, List<Path> extensions) {
    Warnings warnings = new Warnings(config);
    warnings.addShadowedRules();
    warnings.addAmbiguousPaths();
    warnings.addUnusedStrategies();
    warnings.found.addAll(config.unusedVariables());
    warnings.addMatchedLogins();
    warnings.addSilentSessions();
    warnings.addCleartext();
    warnings.addLooks();
    warnings.addMissingSecrets();
    warnings.addWritableFiles(extensions);
    warnings.found.sort(
        Comparator.<ConfigProblem>comparingInt(problem -> config.files().indexOf(problem.file()))
            .thenComparingInt(ConfigProblem::line)
            .thenComparingInt(ConfigProblem::column));
    return warnings.found;
  }

  /** Says which rules of {@code config} are never reached, a line each. */
  public static void logShadowedRules(Config config, Log log) {
    if (!log.isEnabled(Log.Level.WARN)) return;
    Warnings warnings = new Warnings(config);
    warnings.addShadowedRules();
    int count = warnings.found.size();
    for (int i = 0; i < Math.min(count, MOST_LOGGED); i++) {
      log.log(Log.Level.WARN, warnings.found.get(i).toString());
    }
    if (count > MOST_LOGGED) {
      log.log(
          Log.Level.WARN,
          (count - MOST_LOGGED) + " more rules are never reached: check lists them");
    }
  }

  private void add(SourcePosition place, String text) {
    found.add(place.problem(text));
  }

  private void addShadowedRules() {
    for (Rule rule : config.rules().rules()) {
      List<Rule> shadows = config.rules().shadowsOf(rule);
      if (shadows.isEmpty()) continue;
      add(
          rule.position(),
          "rule "
              + rule.number()
              + " is never reached: "
              + listed(shadows)
              + (shadows.size() == 1 ? " matches" : " together match")
              + " all that it does (move it up, or remove it)");
    }
  }

  private void addAmbiguousPaths() {
    for (Rule rule : config.rules().rules()) {
      for (PathPattern path : rule.pattern().paths()) {
        String ambiguity = path.ambiguity();
        if (ambiguity == null) continue;
        add(
            rule.position(),
            "rule "
                + rule.number()
                + " has the path '"
                + path
                + "', which no request matches: a path with "
                + ambiguity
                + " can be read in two ways (write it without, or remove it)");
      }
    }
  }

  private static String listed(List<Rule> rules) {
    int last = Math.min(rules.size(), MOST_LISTED) - 1;
    StringBuilder text = new StringBuilder(rules.get(0).toString());
    for (int i = 1; i <= last; i++) {
      text.append(i == last && i == rules.size() - 1 ? " and " : ", ").append(rules.get(i));
    }
    int more = rules.size() - 1 - last;
    return more == 0 ? text.toString() : text + " and " + more + " more";
  }

  private void addUnusedStrategies() {
    Set<Strategy> used = new LinkedHashSet<>();
    for (Rule rule : config.rules().rules()) {
      if (rule.strategy() != null) used.add(rule.strategy());
    }
    for (Strategy strategy : config.strategies().values()) {
      if (!used.contains(strategy)) add(strategy.position(), "no rule uses " + strategy);
    }
  }

  private void addMatchedLogins() {
    for (Strategy strategy : config.strategies().values()) {
      for (Exchange exchange : strategy.exchanges()) {
        // The program asks for no one-time codes of ours.
        Rule rule = exchange.kind() == ExchangeKind.CODE ? null : matched(exchange);
        if (rule == null || rule.strategy() != strategy) continue;
        add(
            exchange.url().position(),
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
      return URI.create(exchange.url().resolveUrl(new StepValues()));
    } catch (SecretException | IllegalArgumentException e) {
      return null; // Not known here; a missing variable has a warning of its own.
    }
  }

  /** A login page with the status 200 is no rejection, and a program takes it for its answer. */
  private void addSilentSessions() {
    for (Strategy strategy : config.strategies().values()) {
      if (!strategy.rejection().isAssumed()) continue;
      add(
          strategy.position(),
          "nothing says how the end of a session of "
              + strategy
              + " is seen: "
              + strategy.rejection()
              + " is assumed (write rejected-when; if the login page comes with status 200, only"
              + " {status: 200, body: a text of that page} sees it, by a look into every such"
              + " answer)");
    }
  }

  private void addCleartext() {
    for (Strategy strategy : config.strategies().values()) {
      for (Exchange exchange : strategy.exchanges()) {
        URI url = exchange.saysHttp() ? url(exchange) : null;
        if (url == null || url.getHost() == null) continue;
        if (Target.isLoopback(Target.canonicalHost(url.getHost()))) continue;
        add(
            exchange.url().position(),
            exchange.name() + " of " + strategy + " sends secrets over plain http");
      }
    }
    for (Rule rule : config.rules().rules()) {
      if (rule.strategy() == null || !rule.pattern().allowsCleartext()) continue;
      add(rule.position(), "rule " + rule.number() + " sends credentials over plain http");
    }
  }

  private void addLooks() {
    for (Strategy strategy : config.strategies().values()) {
      for (Rejection.Condition condition : strategy.rejection().conditions()) {
        if (condition.goodStatus() == 0 || condition.position == null) continue;
        add(
            condition.position,
            "every answer with status "
                + condition.goodStatus()
                + " to a request of "
                + strategy
                + " is looked into: text that is slow to come reaches the program up to two seconds"
                + " late (if a refusal has a status or a redirect of its own, name that instead)");
      }
    }
  }

  private void addMissingSecrets() {
    for (Strategy strategy : config.strategies().values()) {
      for (Template template : strategy.secrets()) {
        for (Template.Part part : template.parts()) {
          if (part.step() != null) continue;
          try {
            part.resolve(new StepValues());
          } catch (SecretException e) {
            // The message ends with the place, which the warning has of its own.
            add(template.position(), "missing here: " + e.reason() + ", needed by " + strategy);
          }
        }
      }
    }
  }

  /** Whoever writes into one of these decides where the secrets go. */
  private void addWritableFiles(List<Path> extensions) {
    files(extensions)
        .positions()
        .forEach(
            (file, place) -> {
              String problem = WritableFiles.problem(file);
              if (problem == null) return;
              // A config's own name stands before the warning.
              Path named = Paths.get(place.problem("").file());
              boolean own = named.toAbsolutePath().equals(file.toAbsolutePath());
              add(place, (own ? "this file" : file) + " " + problem);
            });
  }

  private NamedFiles files(List<Path> extensions) {
    NamedFiles files = new NamedFiles();
    for (String file : config.files()) files.add(SourcePosition.ofFile(file), Paths.get(file));
    SourcePosition whole = SourcePosition.ofFile(config.files().get(0));
    for (Path jar : extensions) files.add(whole, jar);
    config.context().http().addFiles(files, whole);
    for (Strategy strategy : config.strategies().values()) {
      for (Template template : strategy.secrets()) files.add(template.position(), template);
      CodeSource code = strategy.code();
      if (code != null) code.addFiles(files);
    }
    return files;
  }
}
