package dev.authgraft.okhttp2.internal;

import com.squareup.okhttp.Connection;
import com.squareup.okhttp.Protocol;
import java.io.IOException;
import java.lang.reflect.Method;
import java.net.Socket;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/*
 * By reflection: Connection is a class up to 2.6 and an interface in 2.7, and no call of a method
 * links to both.
 */
/** The connection of a hop. */
final class Connections {
  private Connections() {}

  /** Returns whether a connection of {@code protocol} carries other calls at the same time. */
  static boolean isShared(@Nullable Protocol protocol) {
    return protocol == Protocol.HTTP_2 || protocol == Protocol.SPDY_3;
  }

  /** Closes {@code connection}, unless other calls may use it. */
  static void closeUnshared(@Nullable Connection connection) {
    if (connection == null || isShared((Protocol) call(connection, "getProtocol"))) return;
    close((Socket) call(connection, "getSocket"));
  }

  /** Makes a read of {@code connection} that is under way end, without waiting for the server. */
  static void cancel(Connection connection) {
    Socket socket = (Socket) call(connection, "getSocket");
    // To close TLS may wait for the server; the read then ends by its timeout.
    if (!(socket instanceof SSLSocket)) close(socket);
  }

  private static @Nullable Object call(Connection connection, String getter) {
    try {
      Method method = Connection.class.getMethod(getter);
      return method.invoke(connection);
    } catch (ReflectiveOperationException | RuntimeException e) {
      return null;
    }
  }

  private static void close(@Nullable Socket socket) {
    try {
      if (socket != null) socket.close();
    } catch (IOException e) {
      // It is closed, or was never open.
    }
  }
}
