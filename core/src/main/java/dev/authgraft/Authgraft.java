package dev.authgraft;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The rules and strategies of one config, and the credentials that they hold. Safe for use by
 * several threads.
 */
public final class Authgraft implements AutoCloseable {
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
   * then the request is sent untouched. Does no I/O.
   */
  public @Nullable Attempt attempt(Target target) {
    throw new IllegalStateException();
  }

  /** Ends every thread of Authgraft's and fails the logins that are under way. */
  @Override
  public void close() {}

  /** What an {@link Authgraft} can be told beside its config. */
  public static final class Builder {
    Builder(Path file) {}

    /** Lays the file of this environment over the config. */
    public Builder environment(@Nullable String environment) {
      return this;
    }

    /**
     * Says where log lines go; by default to the {@link java.util.logging.Logger} of this package.
     */
    public Builder log(Log log) {
      return this;
    }

    /**
     * Sets what sends the logins; by default the one that {@link java.util.ServiceLoader} finds.
     */
    public Builder transport(LoginTransport transport) {
      return this;
    }

    /**
     * Reads the config.
     *
     * @throws ConfigException if it cannot be used, listing every problem
     */
    public Authgraft load() throws ConfigException {
      throw new ConfigException(java.util.Collections.emptyList());
    }
  }
}
