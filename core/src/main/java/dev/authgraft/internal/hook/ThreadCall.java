package dev.authgraft.internal.hook;

import org.jspecify.annotations.Nullable;

/*
 * A thread-local, because the classes of one client that are hooked share no class of the module
 * that serves them: the agent loads the module anew for each. A mark in the client's own objects
 * would show where the program prints them.
 */
/**
 * A call that a blocking client makes on the current thread, for a hook in another class of the
 * client that is called on the way. Calls nest: a client may be used while another one sends.
 */
public abstract class ThreadCall {
  private static final ThreadLocal<@Nullable ThreadCall> CURRENT = new ThreadLocal<>();

  private @Nullable ThreadCall outer;

  /** Returns the innermost call that is under way on this thread, or null if there is none. */
  public static @Nullable ThreadCall current() {
    return CURRENT.get();
  }

  /** Makes this the current call of the thread, until {@link #end}. */
  protected final void begin() {
    outer = CURRENT.get();
    CURRENT.set(this);
  }

  /** Makes the call around this one the current one. */
  protected final void end() {
    ThreadCall current = outer;
    outer = null;
    if (current == null) CURRENT.remove(); // Nothing may keep the program's class loader alive.
    else CURRENT.set(current);
  }

  /**
   * Returns what the client sends in place of {@code request}: itself, unless it belongs to this
   * call and gets a credential.
   *
   * @throws Exception what the call fails with
   */
  public abstract Object sent(Object request) throws Exception;
}
