package dev.authgraft.internal.config;

import dev.authgraft.internal.config.key.ChoiceKind;
import dev.authgraft.internal.config.key.Constraint;
import dev.authgraft.internal.config.key.Key;
import dev.authgraft.internal.config.key.Keys;
import dev.authgraft.internal.config.key.PlainTexts;
import dev.authgraft.internal.config.key.Section;
import dev.authgraft.internal.login.ConfiguredHttp;
import dev.authgraft.internal.login.LoginContext;
import dev.authgraft.internal.login.Strategy;
import dev.authgraft.internal.rule.RuleSet;
import dev.authgraft.internal.secret.ConfiguredSourceSettings;
import dev.authgraft.internal.secret.SecretSourceRegistry;
import dev.authgraft.internal.util.SourcePosition;
import dev.authgraft.internal.util.Time;
import dev.authgraft.internal.yaml.ConfigNode;
import dev.authgraft.internal.yaml.InvalidConfigException;
import dev.authgraft.internal.yaml.Problems;
import java.io.File;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a whole config: the nodes of its files become strategies and rules. */
public final class ConfigReader {
  private static final Key<Boolean> OBSERVES =
      Key.of(
              "mode",
              ChoiceKind.of("apply", false).or("observe", true),
              "In observe mode no login is made, and requests are sent as they are.")
          .shown()
          .byDefault("apply");
  private static final Key<Boolean> RELOADS =
      Key.of(
              "reload",
              ChoiceKind.of("on", true).or("off", false),
              "Whether Authgraft follows changes of this file and of the environment's file: on or"
                  + " off.")
          .shown()
          .byDefault("on");

  /** The keys of a config. */
  public static final Keys KEYS =
      Keys.of(
              "Authgraft config",
              Variables.VARS,
              SecretsReader.SECRETS,
              OBSERVES,
              RELOADS,
              AgentReader.AGENT,
              HttpReader.HTTP,
              StrategyTypes.STRATEGIES,
              RuleReader.RULES)
          .with(Constraint.needs(StrategyTypes.STRATEGIES, RuleReader.RULES));

  /** Supplies what a config needs beside its files. */
  public interface ContextFactory {
    LoginContext create(ConfiguredHttp http);

    /** Returns the sources of secrets. */
    SecretSourceRegistry sources();

    /** Returns whether observe mode is on, whatever the config says. */
    boolean observes();

    /** Returns the clock that measures the age of secrets. */
    Time time();
  }

  private final Path file;
  private final ContextFactory contexts;
  private final @Nullable Config before;
  private final Problems problems = new Problems(DeclaredVisibility.INSTANCE);
  private final ConfigFiles files;
  private final File directory;

  private ConfigReader(Path file, ContextFactory contexts, @Nullable Config before) {
    this.file = file;
    this.contexts = contexts;
    this.before = before;
    this.files = new ConfigFiles(problems, contexts.time());
    Path parent = file.toAbsolutePath().getParent();
    this.directory = parent == null ? new File(".") : parent.toFile();
  }

  /**
   * Returns the config in {@code file}.
   *
   * @param before the config that this one replaces, or null. A strategy whose meaning has not
   *     changed is taken from it, with its tokens.
   * @throws InvalidConfigException if the config cannot be used; it has every problem
   */
  public static Config read(
      Path file, @Nullable String environment, ContextFactory contexts, @Nullable Config before)
      throws InvalidConfigException {
    return new ConfigReader(file, contexts, before).read(environment);
  }

  private Config read(@Nullable String environment) throws InvalidConfigException {
    ConfigNode root = files.read(file, environment);
    Config config = root == null ? null : read(root);
    problems.throwIfAny(files.names(), files::text);
    if (config == null) throw new IllegalStateException("no config and no problem");
    return config;
  }

  private Config read(ConfigNode root) {
    Section top = new Section(root, "the config", problems, PlainTexts.unchanged()).expecting(KEYS);
    ReadContext context = new ReadContext(problems, templates(top), directory);
    top.readBy(context.templates);

    boolean reloads = top.value(RELOADS);
    boolean observes = top.value(OBSERVES) || contexts.observes();
    Section agent = top.get(AgentReader.AGENT);
    Set<String> clients = AgentReader.clients(agent);
    List<String> relocated = AgentReader.relocated(agent, context.templates);
    Meanings meanings = new Meanings(context);
    LoginContext logins = logins(top, root, context, meanings);
    boolean keeps = before != null && before.context() == logins;
    Map<String, @Nullable Strategy> strategies =
        new StrategiesReader(context, logins, meanings, keeps ? before : null)
            .read(top.get(StrategyTypes.STRATEGIES));
    RuleSet rules = rules(top, context, strategies);
    top.reportUnknownKeys(KEYS);
    return Config.builder(files.state(), logins, rules)
        .strategies(strategies)
        .reloads(reloads)
        .observes(observes)
        .relocated(relocated)
        .clients(clients)
        .unusedVariables(UnusedVariables.in(root))
        .meanings(meanings.texts())
        .wholeMeaning(Canonical.of(root, null)) // has the vars, so none has to be written out
        .build();
  }

  /** Returns the reader of placeholders, by the sections {@code vars} and {@code secrets}. */
  private TemplateReader templates(Section top) {
    Path path = directory.toPath();
    SecretSourceRegistry sources = contexts.sources();
    for (String problem : sources.problems()) {
      problems.add(SourcePosition.ofFile(file.toString()), problem);
    }
    Variables variables = Variables.read(top.get(Variables.VARS));
    TemplateReader immediate =
        new TemplateReader(
            Placeholders.immediate(sources, path, contexts.time()), variables, problems);
    Map<String, ConfiguredSourceSettings> settings =
        new SecretsReader(path, contexts.time(), immediate)
            .read(top.get(SecretsReader.SECRETS), sources.byScheme());
    Placeholders all = Placeholders.of(sources, settings, path, contexts.time());
    return new TemplateReader(all, variables, problems);
  }

  /** Returns the context of logins: the one before if {@code http} and {@code secrets} are same. */
  private LoginContext logins(
      Section top, ConfigNode root, ReadContext context, Meanings meanings) {
    String meaning =
        meanings.of(root.get(HttpReader.HTTP.name()), HttpReader.HTTP.sections())
            + meanings.of(root.get(SecretsReader.SECRETS.name()), Collections.emptyList());
    meanings.put("", meaning); // no strategy has this name
    ConfiguredHttp http = new HttpReader(context).read(top.get(HttpReader.HTTP));
    return before != null && before.means("", meaning) ? before.context() : contexts.create(http);
  }

  private static RuleSet rules(
      Section top, ReadContext context, Map<String, @Nullable Strategy> strategies) {
    boolean readable = !top.has(StrategyTypes.STRATEGIES) || top.isMap(StrategyTypes.STRATEGIES);
    return new RuleReader(context.templates, readable ? strategies : null).read(top);
  }
}
