package dev.authgraft.commons3.internal;

import dev.authgraft.Authgraft;
import dev.authgraft.internal.hook.AroundHook;
import dev.authgraft.internal.hook.ThreadCall;
import java.io.IOException;
import java.lang.reflect.Method;
import java.util.function.Supplier;
import org.apache.commons.httpclient.Header;
import org.apache.commons.httpclient.HttpConnection;
import org.apache.commons.httpclient.HttpMethod;
import org.apache.commons.httpclient.HttpMethodBase;
import org.apache.commons.httpclient.HttpState;
import org.jspecify.annotations.Nullable;

/**
 * Writes a copy of the headers with the credential, in {@code writeRequestHeaders}. The method that
 * the program reads never has it, nor has the log of what is written.
 */
public final class HeadersHook implements AroundHook {
  private final Method addRequestHeaders;
  private final WireLog log = new WireLog();

  @SuppressWarnings("unused") // every hook is made so
  public HeadersHook(Supplier<@Nullable Authgraft> authgraft) throws ReflectiveOperationException {
    addRequestHeaders =
        Members.method(
            HttpMethodBase.class, "addRequestHeaders", HttpState.class, HttpConnection.class);
  }

  @Override
  public @Nullable Object enter(@Nullable Object[] arguments) {
    ThreadCall call = ThreadCall.current();
    HttpMethodBase method = (HttpMethodBase) arguments[0];
    HttpConnection connection = (HttpConnection) arguments[2];
    if (call == null || method == null || connection == null) return arguments;
    try {
      if (call.sent(method) == method) return arguments;
      Members.call(addRequestHeaders, method, arguments[1], connection);
      // Once more: there are cookies now, or a credential that a subclass adds.
      write(method, (HttpMethod) call.sent(method), connection);
      return null;
    } catch (Throwable e) {
      return e;
    }
  }

  private void write(HttpMethodBase method, HttpMethod sent, HttpConnection connection)
      throws IOException {
    for (Header header : method.getRequestHeaders()) log.output(header.toExternalForm());
    String charset = method.getParams().getHttpElementCharset();
    for (Header header : sent.getRequestHeaders()) {
      connection.print(header.toExternalForm(), charset);
    }
  }
}
