package dev.authgraft.jdk.internal.http;

import dev.authgraft.Authgraft;
import dev.authgraft.internal.hook.ArgumentHook;
import dev.authgraft.internal.hook.ResultHook;
import dev.authgraft.internal.util.Contained;
import java.io.IOException;
import java.net.HttpRetryException;
import java.net.HttpURLConnection;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Forgets a credential that was rejected for a streamed request, in {@code getInputStream0}: the
 * JDK then throws {@code HttpRetryException} and calls nothing else.
 */
public final class StreamingHook implements ArgumentHook, ResultHook {
  public StreamingHook(@SuppressWarnings("unused") Supplier<@Nullable Authgraft> authgraft) {
    Internals.check();
  }

  @Override
  public @Nullable Object replace(@Nullable Object argument, int index) {
    return argument;
  }

  @Override
  public @Nullable Object end(@Nullable Object argument, @Nullable Object result) {
    if (!(result instanceof HttpRetryException) || argument == null) return result;
    HttpURLConnection connection = (HttpURLConnection) argument;
    Object headers = Internals.requests(connection);
    ConnectionHop hop = ConnectionHop.of(headers);
    if (hop == null) return result;
    int status = ((HttpRetryException) result).responseCode();
    try {
      hop.endStreaming(new ConnectionAnswer(connection, status), headers);
    } catch (IOException | RuntimeException e) {
      Contained.rethrowProgramsOwn(e); // The program meets the JDK's exception all the same.
    }
    return result;
  }
}
