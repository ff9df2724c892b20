package dev.authgraft.okhttp.internal;

import dev.authgraft.Authgraft;
import dev.authgraft.internal.hook.ArgumentHook;
import java.util.function.Supplier;

/** Meets a release of the client that it does not know. */
public final class ChainHook implements ArgumentHook {
  public ChainHook(Supplier<Authgraft> authgraft) {}

  @Override
  public Object replace(Object argument, int index) {
    throw new NoSuchMethodError("okhttp3.Request.url()");
  }
}
