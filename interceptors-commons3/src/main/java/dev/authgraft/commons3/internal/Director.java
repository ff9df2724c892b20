package dev.authgraft.commons3.internal;

import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import org.apache.commons.httpclient.HostConfiguration;
import org.apache.commons.httpclient.HttpClient;
import org.apache.commons.httpclient.HttpConnection;
import org.apache.commons.httpclient.HttpMethod;
import org.jspecify.annotations.Nullable;

/** The members of {@code HttpMethodDirector}, which is not public. */
final class Director {
  private final Method executeMethod;
  private final Method executeWithRetry;
  private final Field hostConfiguration;
  private final Field connection;
  private final Field releaseConnection;

  Director() throws ReflectiveOperationException {
    Class<?> type =
        Class.forName(
            "org.apache.commons.httpclient.HttpMethodDirector",
            false,
            HttpClient.class.getClassLoader());
    executeMethod = Members.method(type, "executeMethod", HttpMethod.class);
    executeWithRetry = Members.method(type, "executeWithRetry", HttpMethod.class);
    hostConfiguration = Members.field(type, "hostConfiguration");
    connection = Members.field(type, "conn");
    releaseConnection = Members.field(type, "releaseConnection");
  }

  void executeMethod(Object director, HttpMethod method) throws IOException {
    Members.call(executeMethod, director, method);
  }

  void executeWithRetry(Object director, HttpMethod method) throws IOException {
    Members.call(executeWithRetry, director, method);
  }

  HostConfiguration hostConfiguration(Object director) throws IllegalAccessException {
    return (HostConfiguration) hostConfiguration.get(director);
  }

  @Nullable HttpConnection connection(Object director) throws IllegalAccessException {
    return (HttpConnection) connection.get(director);
  }

  /** Has {@code executeMethod} release its connection at its end, as after a failure of its own. */
  void releaseConnection(Object director) throws IllegalAccessException {
    releaseConnection.setBoolean(director, true);
  }
}
