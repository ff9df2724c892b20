package dev.authgraft;

import dev.authgraft.admin.Inspector;
import dev.authgraft.client.Attempt;
import dev.authgraft.client.Target;
import dev.authgraft.internal.engine.Engine;
import dev.authgraft.internal.engine.EngineSettings;
import dev.authgraft.internal.secret.SecretSourceRegistry;
import dev.authgraft.internal.util.Time;
import dev.authgraft.internal.yaml.InvalidConfigException;
import dev.authgraft.spi.AuthListener;
import dev.authgraft.spi.Log;
import dev.authgraft.spi.LoginTransport;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The rules and strategies of one config, and the credentials that they hold. Safe for use by
 * several threads.
 */
public final class Authgraft implements AutoCloseable {
  private final Engine engine;

  private Authgraft(Engine engine) {
    this.engine = engine;
  }

  /**
   * Loads the config {@code file} and returns an instance that applies it.
   *
   * @throws ConfigException if it cannot be used, listing every problem
   */
  public static Authgraft load(Path file) throws ConfigException {
    return builder(file).load();
  }

  /**
   * Loads the config {@code file} with the file of {@code environment} laid over it and returns an
   * instance that applies both: {@code authgraft-prod.yml} beside {@code authgraft.yml} for {@code
   * prod}.
   *
   * @throws ConfigException if it cannot be used, listing every problem
   */
  public static Authgraft load(Path file, String environment) throws ConfigException {
    return builder(file).environment(environment).load();
  }

  /** Returns a builder of an instance that applies the config {@code file}. */
  public static Builder builder(Path file) {
    return new Builder(new EngineSettings(file));
  }

  /**
   * Returns the attempt for a hop to {@code target}, or null if no rule wants a credential there or
   * the config only observes: then the request is sent unchanged. Does not block.
   */
  public @Nullable Attempt attempt(Target target) {
    return engine.attempt(target);
  }

  /**
   * Returns the attempt for a hop that is about to be sent to {@code sent}, after the program may
   * have rewritten the request for which {@link #attempt} was asked. The target that is sent
   * decides.
   *
   * @param current the attempt so far, or null if there is none
   * @param matched what the attempt so far was matched with
   * @return {@code current} where the target is the same; null if no rule wants a credential at
   *     {@code sent}; otherwise a new attempt, which {@linkplain Attempt#isObtained has its
   *     credential already} if its rule chooses the same strategy
   */
  public @Nullable Attempt rematch(@Nullable Attempt current, Target matched, Target sent) {
    return engine.rematch(current, matched, sent);
  }

  /**
   * Returns whether the agent serves an HTTP client, by {@code agent: {clients: …}} of the config.
   *
   * @param client a word that the config's key takes, for example {@code okhttp}
   */
  public boolean serves(String client) {
    return engine.serves(client);
  }

  /**
   * Replaces the config by {@code file}, with that of {@code environment} laid over it. A strategy
   * that means the same in both keeps its tokens; calls that have begun end with the old config.
   *
   * @return false if nothing changes: the files are the same, and mean the same
   * @throws ConfigException if it cannot be used, listing every problem; the config before stays in
   *     force then
   */
  public boolean replaceConfig(Path file, @Nullable String environment) throws ConfigException {
    try {
      return engine.replaceConfig(file, environment);
    } catch (InvalidConfigException e) {
      throw new ConfigException(e.problems());
    }
  }

  Engine engine() {
    return engine;
  }

  /** Returns a summary for the log: {@code 3 rules, 2 strategies}. */
  public String summary() {
    return engine.summary();
  }

  /**
   * Returns lines for a log about the credentials that would have been applied so far; none if
   * credentials are applied or no request was made. {@link #close} logs them, and so does a reload,
   * after which counting starts again.
   */
  public List<String> observed() {
    return engine.observed();
  }

  /** Returns the config in force now as an operator sees it. Closing the inspector closes this. */
  public Inspector inspector() {
    return engine.inspector();
  }

  /** Ends all of Authgraft's threads and fails the logins in progress. Logs {@link #observed}. */
  @Override
  public void close() {
    engine.close();
  }

  @Override
  public String toString() {
    return "Authgraft{" + engine + "}";
  }

  /** Builds an {@link Authgraft} from a config and further settings. For use by one thread. */
  public static final class Builder {
    private final EngineSettings settings;

    private Builder(EngineSettings settings) {
      this.settings = settings;
    }

    /** Lays the file of this environment over the config; null for none. */
    public Builder environment(@Nullable String environment) {
      settings.environment(environment);
      return this;
    }

    /** Sets the log; by default, the {@link java.util.logging.Logger} of this package. */
    public Builder log(Log log) {
      settings.log(log);
      return this;
    }

    /**
     * Adds a listener to the events of logins and of the config. Each listener is called on a
     * thread of its own; {@link AuthListener} says what it may do.
     */
    public Builder listener(AuthListener listener) {
      settings.listener(listener);
      return this;
    }

    /**
     * Sets the transport that sends the logins; by default the one that {@link
     * java.util.ServiceLoader} finds.
     */
    public Builder transport(LoginTransport transport) {
      settings.transport(transport);
      return this;
    }

    /**
     * Sets where {@link java.util.ServiceLoader} finds more sources of secrets; by default the
     * loader of this class, null for nowhere.
     */
    public Builder extensions(@Nullable ClassLoader loader) {
      settings.extensions(loader);
      return this;
    }

    /**
     * Sets whether credentials are only counted and logged instead of applied, even if the config
     * has {@code mode: apply}.
     */
    public Builder observe(boolean observe) {
      settings.observe(observe);
      return this;
    }

    /**
     * Sets the receiver of the packages that the config lists under {@code agent: {relocated: …}}.
     * It is called after the config has been read and after each change.
     */
    public Builder relocated(Consumer<List<String>> relocated) {
      settings.relocated(relocated);
      return this;
    }

    Builder sources(SecretSourceRegistry sources) {
      settings.sources(sources);
      return this;
    }

    Builder time(Time time) {
      settings.time(time);
      return this;
    }

    Builder random(DoubleSupplier random) {
      settings.random(random);
      return this;
    }

    /**
     * Reads the config.
     *
     * @throws ConfigException if it cannot be used, listing every problem
     */
    public Authgraft load() throws ConfigException {
      try {
        return new Authgraft(Engine.open(settings));
      } catch (InvalidConfigException e) {
        throw new ConfigException(e.problems());
      }
    }

    /**
     * Reads the config for an operator. Nothing is applied to requests.
     *
     * @throws ConfigException if it cannot be used, listing every problem
     */
    public Inspector inspect() throws ConfigException {
      return load().inspector();
    }
  }
}
