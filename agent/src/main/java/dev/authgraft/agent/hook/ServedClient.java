package dev.authgraft.agent.hook;

import dev.authgraft.Authgraft;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP client of the table, as its hooks see it: the supplier answers null while the config has
 * the agent leave this client alone. Safe for use by several threads.
 */
final class ServedClient implements Supplier<@Nullable Authgraft> {
  private final String name;
  private final Supplier<@Nullable Authgraft> authgraft;

  /**
   * @param name a word of {@code agent: {clients: …}}
   */
  ServedClient(String name, Supplier<@Nullable Authgraft> authgraft) {
    this.name = name;
    this.authgraft = authgraft;
  }

  @Override
  public @Nullable Authgraft get() {
    Authgraft served = authgraft.get();
    return served == null || served.serves(name) ? served : null;
  }

  boolean isSwitchedOff() {
    Authgraft served = authgraft.get();
    return served != null && !served.serves(name);
  }
}
