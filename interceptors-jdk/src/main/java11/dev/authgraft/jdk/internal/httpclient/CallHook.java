package dev.authgraft.jdk.internal.httpclient;

import dev.authgraft.Authgraft;
import dev.authgraft.internal.hook.AroundHook;
import dev.authgraft.internal.util.OwnWork;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Recognizes Authgraft's own calls, such as those of a vault's client inside a secret source, in
 * {@code MultiExchange.responseAsync}: only this method runs on the caller's thread.
 */
public final class CallHook implements AroundHook {
  public CallHook(@SuppressWarnings("unused") Supplier<@Nullable Authgraft> authgraft) {
    CallMembers.check();
  }

  @Override
  public @Nullable Object enter(@Nullable Object[] arguments) {
    Object call = arguments[0];
    if (call != null && OwnWork.isUnderWay()) CallHops.markAsOwnWork(call);
    return arguments;
  }
}
