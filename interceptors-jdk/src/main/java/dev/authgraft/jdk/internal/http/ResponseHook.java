package dev.authgraft.jdk.internal.http;

import dev.authgraft.Authgraft;
import dev.authgraft.internal.hook.AroundHook;
import dev.authgraft.internal.util.Contained;
import java.net.HttpURLConnection;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Has the JDK send a rejected hop again, in {@code followRedirect}: the JDK calls it for each
 * response that is not a challenge, and if it answers true the JDK sends the request once more.
 */
public final class ResponseHook implements AroundHook {
  public ResponseHook(@SuppressWarnings("unused") Supplier<@Nullable Authgraft> authgraft) {
    Internals.check();
  }

  @Override
  public @Nullable Object enter(@Nullable Object[] arguments) {
    HttpURLConnection connection = (HttpURLConnection) arguments[0];
    Object headers = Internals.requests(connection);
    ConnectionHop hop = ConnectionHop.of(headers);
    if (hop == null) return arguments;
    try {
      ConnectionAnswer answer = new ConnectionAnswer(connection, connection.getResponseCode());
      if (!hop.isSentAgain(answer, !Internals.isStreaming(connection), headers)) return arguments;
      Internals.dropResponse(connection);
      return Boolean.TRUE;
    } catch (Throwable e) {
      return Contained.failure(e);
    }
  }
}
