package dev.authgraft.commons3.internal;

import dev.authgraft.Authgraft;
import dev.authgraft.internal.hook.AroundHook;
import dev.authgraft.internal.hook.ThreadCall;
import java.io.IOException;
import java.lang.reflect.Method;
import java.util.Objects;
import java.util.function.Supplier;
import org.apache.commons.httpclient.HttpConnection;
import org.apache.commons.httpclient.HttpMethod;
import org.apache.commons.httpclient.HttpMethodBase;
import org.jspecify.annotations.Nullable;

/** Writes a request line with a credential in its query, in {@code writeRequestLine}. */
public final class RequestLineHook implements AroundHook {
  private final Method generateRequestLine;
  private final WireLog log = new WireLog();

  @SuppressWarnings("unused") // every hook is made so
  public RequestLineHook(Supplier<@Nullable Authgraft> authgraft)
      throws ReflectiveOperationException {
    generateRequestLine =
        Members.method(
            HttpMethodBase.class,
            "generateRequestLine",
            HttpConnection.class,
            String.class,
            String.class,
            String.class,
            String.class);
  }

  @Override
  public @Nullable Object enter(@Nullable Object[] arguments) {
    ThreadCall call = ThreadCall.current();
    HttpMethodBase method = (HttpMethodBase) arguments[0];
    HttpConnection connection = (HttpConnection) arguments[2];
    if (call == null || method == null || connection == null) return arguments;
    try {
      String own = method.getQueryString();
      String query = ((HttpMethod) call.sent(method)).getQueryString();
      if (Objects.equals(own, query)) return arguments;
      log.output(line(method, own, connection));
      String charset = method.getParams().getHttpElementCharset();
      connection.print(line(method, query, connection), charset);
      return null;
    } catch (Throwable e) {
      return e;
    }
  }

  private String line(HttpMethodBase method, @Nullable String query, HttpConnection connection)
      throws IOException {
    String version = String.valueOf(method.getEffectiveVersion());
    return String.valueOf(
        Members.call(
            generateRequestLine,
            null,
            connection,
            method.getName(),
            method.getPath(),
            query,
            version));
  }
}
