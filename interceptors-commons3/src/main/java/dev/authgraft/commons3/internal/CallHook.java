package dev.authgraft.commons3.internal;

import dev.authgraft.Authgraft;
import dev.authgraft.internal.hook.AroundHook;
import java.util.function.Supplier;
import org.apache.commons.httpclient.HttpMethod;
import org.jspecify.annotations.Nullable;

/** Begins a call, in {@code HttpMethodDirector.executeMethod}. */
public final class CallHook implements AroundHook {
  private final Supplier<@Nullable Authgraft> authgraft;
  private final Director members;

  public CallHook(Supplier<@Nullable Authgraft> authgraft) throws ReflectiveOperationException {
    this.authgraft = authgraft;
    this.members = new Director();
  }

  @Override
  public @Nullable Object enter(@Nullable Object[] arguments) {
    Object director = arguments[0];
    HttpMethod method = (HttpMethod) arguments[1];
    MethodCall current = MethodCall.current(director);
    if (current != null && current.enters()) return arguments;
    Authgraft served = authgraft.get();
    if (served == null || director == null || method == null) return arguments;
    try {
      new MethodCall(served, members, director, method).execute();
      return null;
    } catch (Throwable e) {
      return e;
    }
  }
}
