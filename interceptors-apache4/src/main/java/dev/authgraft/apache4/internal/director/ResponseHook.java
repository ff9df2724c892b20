package dev.authgraft.apache4.internal.director;

import dev.authgraft.Authgraft;
import dev.authgraft.internal.hook.AroundHook;
import dev.authgraft.internal.hook.ResultHook;
import java.util.function.Supplier;
import org.apache.http.HttpResponse;
import org.apache.http.impl.client.RoutedRequest;
import org.jspecify.annotations.Nullable;

/**
 * Has a director send a rejected hop again, in {@code handleResponse}: what that returns is sent
 * next. Only if there is no other credential is the program's {@code CredentialsProvider} asked.
 * For a redirect, obtains the credential of the next hop.
 */
@SuppressWarnings("deprecation") // what it serves is, from 4.3 on
public final class ResponseHook implements AroundHook, ResultHook {
  @SuppressWarnings("unused") // every hook is made so
  public ResponseHook(Supplier<@Nullable Authgraft> authgraft) {}

  @Override
  public @Nullable Object enter(@Nullable Object[] arguments) {
    DirectorCall call = DirectorCall.current(arguments[0]);
    RoutedRequest sent = (RoutedRequest) arguments[1];
    HttpResponse response = (HttpResponse) arguments[2];
    if (call == null || sent == null || response == null) return arguments;
    try {
      return call.isSentAgain(sent.getRequest(), response) ? sent : arguments;
    } catch (Throwable e) {
      return e;
    }
  }

  @Override
  public @Nullable Object end(@Nullable Object director, @Nullable Object result) {
    DirectorCall call = DirectorCall.current(director);
    if (call == null || !(result instanceof RoutedRequest)) return result;
    RoutedRequest next = (RoutedRequest) result;
    call.prepareEarly(next.getRoute().getTargetHost(), next.getRequest());
    return result;
  }
}
