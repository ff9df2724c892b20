package dev.authgraft.okhttp.internal;

import dev.authgraft.Authgraft;
import dev.authgraft.internal.hook.ArgumentHook;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Leaves a mark in the list that it is handed. */
public final class ChainHook implements ArgumentHook {
  private final Supplier<Authgraft> authgraft;

  public ChainHook(Supplier<Authgraft> authgraft) {
    this.authgraft = authgraft;
  }

  @Override
  @SuppressWarnings("unchecked")
  public Object replace(Object argument, int index) {
    List<String> marked = new ArrayList<>((List<String>) argument);
    marked.add("hooked at " + index + (authgraft.get() == null ? " without" : " with") + " config");
    return marked;
  }
}
