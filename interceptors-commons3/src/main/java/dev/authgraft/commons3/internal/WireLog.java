package dev.authgraft.commons3.internal;

import java.io.IOException;
import java.lang.reflect.Method;
import org.apache.commons.httpclient.HttpClient;

/** HttpClient's log of the headers that it writes. */
final class WireLog {
  private final Object wire;
  private final Method enabled;
  private final Method output;

  WireLog() throws ReflectiveOperationException {
    Class<?> type =
        Class.forName(
            "org.apache.commons.httpclient.Wire", true, HttpClient.class.getClassLoader());
    wire = Members.field(type, "HEADER_WIRE").get(null);
    enabled = Members.method(type, "enabled");
    output = Members.method(type, "output", String.class);
  }

  /** Logs a line, with its end, as HttpClient does. */
  void output(String line) throws IOException {
    if (Boolean.TRUE.equals(Members.call(enabled, wire))) Members.call(output, wire, line);
  }
}
