package dev.authgraft;

import dev.authgraft.internal.Contained;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The rules and strategies of one config, and the credentials that they hold. Safe for use by
 * several threads.
 */
public final class Authgraft implements AutoCloseable {
  private final Object exchanging = new Object();
  private final Log log;
  private final Reloader reloader;
  private final AtomicBoolean complained = new AtomicBoolean();
  private volatile Builder source;
  private volatile Config config;
  private volatile boolean closed;

  /** Why the last reload failed. Of the one thread that reloads. */
  private List<String> notReloaded = Collections.emptyList();

  private Authgraft(Builder source, Config config) {
    this.source = source;
    this.config = config;
    this.log = config.context().log();
    this.reloader = new Reloader(config.context().time(), config.fileState());
    Warnings.logShadowedRules(config, log);
  }

  /** Returns what the config {@code file} says. */
  public static Authgraft load(Path file) throws ConfigException {
    return builder(file).load();
  }

  /**
   * Returns what the config {@code file} says with the file of {@code environment} laid over it:
   * {@code authgraft-prod.yml} beside {@code authgraft.yml} for {@code prod}.
   */
  public static Authgraft load(Path file, String environment) throws ConfigException {
    return builder(file).environment(environment).load();
  }

  /** Returns a builder for what the config {@code file} says. */
  public static Builder builder(Path file) {
    return new Builder(file);
  }

  /**
   * Returns the attempt for a hop to {@code target}, or null if no rule wants a credential there:
   * then the request is sent untouched. So it is for every hop where the config only observes.
   * Waits for nothing.
   */
  public @Nullable Attempt attempt(Target target) {
    Config config = this.config;
    if (config.reloads()) followChanges();
    Observation observation = config.observation();
    if (observation != null) {
      observe(observation, config, target);
      return null;
    }
    Rule rule = config.rules().match(target);
    if (log.isEnabled(Log.Level.DEBUG)) logDecision(target, rule);
    Strategy strategy = rule == null ? null : rule.strategy();
    return rule == null || strategy == null ? null : new Attempt(target, rule, strategy, log);
  }

  /**
   * Returns the attempt for a hop that is about to be sent to {@code sent}, after the program may
   * have rewritten the request for which {@link #attempt} was asked. What is sent decides.
   *
   * @param current the attempt so far, or null if there is none
   * @param matched what the attempt so far was matched with
   * @return {@code current} where the target is the same; null if no rule wants a credential at
   *     {@code sent}; else another, which {@linkplain Attempt#isObtained has its credential
   *     already} if it is of the same strategy
   */
  public @Nullable Attempt rematch(@Nullable Attempt current, Target matched, Target sent) {
    if (sent.equals(matched)) return current;
    Config config = this.config;
    Observation observation = config.observation();
    if (observation != null) {
      correct(observation, config, matched, sent);
      return null;
    }
    Rule rule = config.rules().match(sent);
    if (log.isEnabled(Log.Level.DEBUG)) {
      log.log(Log.Level.DEBUG, "rewritten by the program: " + matched);
      logDecision(sent, rule);
    }
    Strategy strategy = rule == null ? null : rule.strategy();
    if (rule == null || strategy == null) return null;
    return current == null
        ? new Attempt(sent, rule, strategy, log)
        : current.movedTo(sent, rule, strategy);
  }

  private void followChanges() {
    try {
      if (reloader.isDue()) reloader.look(this::reload);
    } catch (Throwable e) {
      complain("the config's files cannot be looked at", e);
    }
  }

  private void observe(Observation observation, Config config, Target target) {
    try {
      observation.note(target, config.rules().match(target), log);
    } catch (Throwable e) {
      complain("a request cannot be observed", e);
    }
  }

  private void correct(Observation observation, Config config, Target matched, Target sent) {
    try {
      RuleSet rules = config.rules();
      observation.correct(rules.match(matched), rules.match(sent), sent, log);
    } catch (Throwable e) {
      complain("a request cannot be observed", e);
    }
  }

  /** Says once what no call depends on, and so none must fail for. */
  private void complain(String what, Throwable thrown) {
    Contained.rethrowProgramsOwn(thrown);
    if (!complained.compareAndSet(false, true)) return;
    log.log(Log.Level.WARN, what + ": " + Contained.describe(thrown));
  }

  /**
   * Follows a change of the files, or keeps to what there was and returns false.
   *
   * @param again whether this was tried before: then it is said only if it fails for another reason
   */
  private boolean reload(boolean again) {
    if (closed) return true;
    Builder current = source;
    List<String> lines = new ArrayList<>();
    try {
      if (exchange(current, current)) log.log(Log.Level.INFO, "config reloaded: " + summary());
      notReloaded = Collections.emptyList();
      return true;
    } catch (ConfigException e) {
      for (ConfigProblem problem : e.problems()) lines.add(problem.toString());
      lines.add("config not reloaded: the one before stays in force");
    } catch (Throwable e) { // on a thread of ours, where nobody else would say it
      lines.add("config not reloaded: the one before stays in force: " + Contained.describe(e));
    }
    boolean said = again && lines.equals(notReloaded);
    if (said) log.log(Log.Level.DEBUG, "config still not reloaded, for the same reason");
    else for (String line : lines) log.log(Log.Level.ERROR, line);
    notReloaded = lines;
    return false;
  }

  /**
   * Goes by the config {@code file}, with that of {@code environment} laid over it, from now on. A
   * strategy that means the same in it keeps its tokens; calls under way end as they began.
   *
   * @return false if nothing changes: the files are the same, and mean the same
   * @throws ConfigException if it cannot be used, listing every problem; the config before stays in
   *     force then
   */
  public boolean exchangeConfig(Path file, @Nullable String environment) throws ConfigException {
    return exchange(null, source.with(file, environment));
  }

  /**
   * @param from what is given up if it is in force no longer; null for whatever is in force
   */
  private boolean exchange(@Nullable Builder from, Builder to) throws ConfigException {
    while (true) {
      Config before = config;
      Config after = to.read(before);
      synchronized (exchanging) {
        if (from != null && source != from) return false;
        if (config != before) continue; // read again: its strategies may have changed
        if (from == null && after.isSameAs(before)) return false;
        source = to;
        config = after;
      }
      reloader.watch(after.fileState());
      to.relocated.accept(after.relocated());
      logObserved(before);
      Warnings.logShadowedRules(after, log);
      return true;
    }
  }

  private void logDecision(Target target, @Nullable Rule rule) {
    try {
      String decision = rule == null ? "no rule" : rule + " (" + rule.strategyName() + ")";
      String ambiguity = PathAmbiguity.of(target.path());
      log.log(
          Log.Level.DEBUG,
          decision
              + " for "
              + target
              + (ambiguity == null
                  ? ""
                  : ", whose path can be read in two ways (it has "
                      + ambiguity
                      + ") and matches no pattern"));
    } catch (Throwable e) {
      complain("a decision cannot be logged", e);
    }
  }

  /** Returns what a line about a good start says: {@code 3 rules, 2 strategies}. */
  public String summary() {
    return counted(config.rules().rules().size(), "rule", "rules")
        + ", "
        + counted(config.strategies().size(), "strategy", "strategies")
        + (config.observation() == null ? "" : ", observing: nothing is applied");
  }

  /**
   * Returns what would have been applied so far, in lines for a log; none where credentials are
   * applied, or there was no request. {@link #close} logs them, and so does a reload, which begins
   * to count anew.
   */
  public List<String> observed() {
    Observation observation = config.observation();
    return observation == null ? Collections.emptyList() : observation.summary();
  }

  private void logObserved(Config observed) {
    Observation observation = observed.observation();
    if (observation == null) return;
    for (String line : observation.summary()) log.log(Log.Level.INFO, line);
  }

  private static String counted(int count, String one, String many) {
    return count + " " + (count == 1 ? one : many);
  }

  Config config() {
    return config;
  }

  /**
   * Ends every thread of Authgraft's and fails the logins that are under way. Says what was
   * observed, where that was asked for.
   */
  @Override
  public void close() {
    closed = true;
    logObserved(config);
    for (Strategy strategy : config.strategies().values()) strategy.close();
    config.context().close();
  }

  @Override
  public String toString() {
    return "Authgraft{" + config.files() + ", " + summary() + "}";
  }

  /** What an {@link Authgraft} can be told beside its config. */
  public static final class Builder {
    private final Path file;
    private @Nullable String environment;
    private @Nullable Log log;
    private @Nullable LoginTransport transport;
    private @Nullable ClassLoader extensions = Authgraft.class.getClassLoader();
    private @Nullable SecretSources sources;
    private boolean observe;
    private Consumer<List<String>> relocated = packages -> {};
    private Time time = Time.SYSTEM;
    private DoubleSupplier random = () -> ThreadLocalRandom.current().nextDouble();

    Builder(Path file) {
      this.file = file;
    }

    /** Returns the same for another config. */
    private Builder with(Path file, @Nullable String environment) {
      Builder other = new Builder(file);
      other.environment = environment;
      other.log = log;
      other.transport = transport;
      other.extensions = extensions;
      other.sources = sources;
      other.observe = observe;
      other.relocated = relocated;
      other.time = time;
      other.random = random;
      return other;
    }

    /** Lays the file of this environment over the config; null for none. */
    public Builder environment(@Nullable String environment) {
      this.environment = environment;
      return this;
    }

    /**
     * Says where log lines go; by default to the {@link java.util.logging.Logger} of this package.
     */
    public Builder log(Log log) {
      this.log = log;
      return this;
    }

    /**
     * Sets what sends the logins; by default the one that {@link java.util.ServiceLoader} finds.
     */
    public Builder transport(LoginTransport transport) {
      this.transport = transport;
      return this;
    }

    /**
     * Sets where {@link java.util.ServiceLoader} finds more sources of secrets; by default the
     * loader of this class, null for nowhere.
     */
    public Builder extensions(@Nullable ClassLoader loader) {
      this.extensions = loader;
      return this;
    }

    /**
     * Says whether nothing is applied, and what would be is counted and logged, even where the
     * config says {@code mode: apply}.
     */
    public Builder observe(boolean observe) {
      this.observe = observe;
      return this;
    }

    /**
     * Says who is told the packages that the config lists as {@code agent: {relocated: …}}: when it
     * has been read, and after each change.
     */
    public Builder relocated(Consumer<List<String>> relocated) {
      this.relocated = relocated;
      return this;
    }

    /** Returns the jars of the loader that was set, as far as it tells them. */
    List<Path> extensionJars() {
      List<Path> jars = new ArrayList<>();
      if (extensions == Authgraft.class.getClassLoader()) return jars;
      if (!(extensions instanceof URLClassLoader)) return jars;
      for (URL jar : ((URLClassLoader) extensions).getURLs()) {
        try {
          if (jar.getProtocol().equals("file")) jars.add(Paths.get(jar.toURI()));
        } catch (URISyntaxException | IllegalArgumentException e) {
          // No file of this machine.
        }
      }
      return jars;
    }

    Builder sources(SecretSources sources) {
      this.sources = sources;
      return this;
    }

    Builder time(Time time) {
      this.time = time;
      return this;
    }

    Builder random(DoubleSupplier random) {
      this.random = random;
      return this;
    }

    /**
     * Reads the config.
     *
     * @throws ConfigException if it cannot be used, listing every problem
     */
    public Authgraft load() throws ConfigException {
      Authgraft authgraft = new Authgraft(this, read(null));
      relocated.accept(authgraft.config.relocated());
      return authgraft;
    }

    private Config read(@Nullable Config before) throws ConfigException {
      Surroundings surroundings = new Surroundings(foundSources(), before);
      return ConfigReader.read(file, environment, surroundings, before);
    }

    private synchronized SecretSources foundSources() {
      SecretSources found = sources;
      if (found == null) sources = found = SecretSources.with(extensions);
      return found;
    }

    private final class Surroundings implements ConfigReader.ContextFactory {
      private final SecretSources sources;
      private final @Nullable Config before;

      Surroundings(SecretSources sources, @Nullable Config before) {
        this.sources = sources;
        this.before = before;
      }

      @Override
      public LoginContext create(HttpSettings http) {
        if (before != null) return before.context().with(http, transport);
        return new LoginContext(
            http, transport, log == null ? new JavaUtilLog() : log, time, random);
      }

      @Override
      public SecretSources sources() {
        return sources;
      }

      @Override
      public boolean observes() {
        return observe;
      }

      @Override
      public Time time() {
        return time;
      }
    }
  }
}
