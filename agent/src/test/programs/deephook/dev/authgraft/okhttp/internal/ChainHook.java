package dev.authgraft.okhttp.internal;

import dev.authgraft.Authgraft;
import dev.authgraft.internal.hook.ArgumentHook;
import java.util.Collections;
import java.util.function.Supplier;

/** Finds no stack left twice: when it is made first, and then when it is to serve. */
public final class ChainHook implements ArgumentHook {
  private int calls;

  public ChainHook(Supplier<Authgraft> authgraft) {
    if (System.getProperty("deephook.made") == null) {
      System.setProperty("deephook.made", "once");
      throw new StackOverflowError();
    }
  }

  @Override
  public Object replace(Object argument, int index) {
    if (calls++ == 0) throw new StackOverflowError();
    return Collections.singletonList("hooked");
  }
}
