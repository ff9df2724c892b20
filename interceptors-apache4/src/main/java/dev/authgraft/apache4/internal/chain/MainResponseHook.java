package dev.authgraft.apache4.internal.chain;

import dev.authgraft.Authgraft;
import dev.authgraft.internal.hook.AroundHook;
import dev.authgraft.internal.hook.ThreadCall;
import java.util.function.Supplier;
import org.apache.http.HttpResponse;
import org.jspecify.annotations.Nullable;

/**
 * Has HttpClient send a rejected hop again, in {@code MainClientExec.needAuthentication}, which is
 * called for each response. Only if there is no other credential is the program's {@code
 * CredentialsProvider} asked.
 */
public final class MainResponseHook implements AroundHook {
  @SuppressWarnings("unused") // every hook is made so
  public MainResponseHook(Supplier<@Nullable Authgraft> authgraft) {}

  @Override
  public @Nullable Object enter(@Nullable Object[] arguments) {
    ThreadCall call = ThreadCall.current();
    Object response = arguments[4];
    if (!(call instanceof ChainCall) || response == null) return arguments;
    try {
      return ((ChainCall) call).isSentAgain((HttpResponse) response) ? Boolean.TRUE : arguments;
    } catch (Throwable e) {
      return e;
    }
  }
}
