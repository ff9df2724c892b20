package dev.authgraft.testing;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** Makes the JDK's HTTP server keep to what a test may rely on, however slow the machine is. */
public final class HttpServers {
  /** So many clients may connect at once without one being dropped and waiting a second. */
  private static final int BACKLOG = 1000;

  static {
    // Read when the first server of the JVM is made.
    // Otherwise a keep-alive connection waits 40 ms for a delayed ACK.
    System.setProperty("sun.net.httpserver.nodelay", "true");
    // It closes a connection that is idle for 30 s, or the 201st: a client may be sending by it.
    System.setProperty("sun.net.httpserver.idleInterval", "3600");
    System.setProperty("sun.net.httpserver.maxIdleConnections", "10000");
  }

  private HttpServers() {}

  /** Returns a server on a free port of loopback, which does nothing until it is started. */
  public static HttpServer create() throws IOException {
    InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    return HttpServer.create(new InetSocketAddress(loopback, 0), BACKLOG);
  }
}
