package dev.authgraft.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * A loopback server at the level of the socket: it counts each request that arrived whole, and can
 * end the connection at any point of the answer. It listens on every loopback address there is, and
 * keeps each connection open for whatever comes next.
 */
public final class RawLoginServer implements AutoCloseable {
  private final List<ServerSocket> sockets = new ArrayList<>();
  private final List<Socket> open = new CopyOnWriteArrayList<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final Answering answering;
  private final @Nullable SSLContext tls;

  /** Answers one request. */
  public interface Answering {
    void answer(String request, Wire wire) throws IOException;
  }

  public RawLoginServer(Answering answering) throws IOException {
    this(null, answering);
  }

  /** Returns one whose connections are secured by {@code tls}. */
  public static RawLoginServer secured(SSLContext tls, Answering answering) throws IOException {
    return new RawLoginServer(tls, answering);
  }

  private RawLoginServer(@Nullable SSLContext tls, Answering answering) throws IOException {
    this.tls = tls;
    this.answering = answering;
    bind();
    sockets.forEach(this::listen);
  }

  /** Binds one port of both loopback addresses, which must be nobody else's at either. */
  private void bind() throws IOException {
    for (int attempt = 0; ; attempt++) {
      ServerSocket socket = new ServerSocket(0, 99, InetAddress.getByName("127.0.0.1"));
      InetAddress other = InetAddress.getByName("::1");
      try {
        sockets.add(new ServerSocket(socket.getLocalPort(), 99, other));
      } catch (SocketException e) {
        if (attempt < 100 && isThere(other)) {
          socket.close();
          continue;
        }
        // This machine has no IPv6: then there is one address less to fail over to.
      }
      sockets.add(0, socket);
      return;
    }
  }

  private static boolean isThere(InetAddress address) throws IOException {
    try (ServerSocket any = new ServerSocket(0, 1, address)) {
      return any.isBound();
    } catch (SocketException e) {
      return false;
    }
  }

  public int port() {
    return sockets.get(0).getLocalPort();
  }

  /** Returns a URL of {@code path} whose host may have two addresses. */
  public String url(String path) {
    return "http://localhost:" + port() + path;
  }

  /** Returns the requests for {@code path} so far, each as it arrived. */
  public List<String> requests(String path) {
    return requests.stream().filter(request -> request.contains(path + " HTTP/1.1\r\n")).toList();
  }

  public List<String> requests() {
    return requests;
  }

  @Override
  public void close() throws IOException {
    for (ServerSocket socket : sockets) socket.close();
    for (Socket connection : open) connection.close();
  }

  private void listen(ServerSocket socket) {
    start(
        () -> {
          while (!socket.isClosed()) serve(socket.accept());
        });
  }

  private void serve(Socket connection) {
    open.add(connection);
    start(
        () -> {
          try (connection;
              Socket secured = secured(connection)) {
            Wire wire = new Wire(secured, connection);
            for (String request; !(request = read(secured)).isEmpty(); ) {
              requests.add(request);
              answering.answer(request, wire);
            }
          }
        });
  }

  private Socket secured(Socket connection) throws IOException {
    if (tls == null) return connection;
    return tls.getSocketFactory().createSocket(connection, null, true); // The server's side.
  }

  private static void start(Serving serving) {
    Thread thread =
        new Thread(
            () -> {
              try {
                serving.run();
              } catch (IOException e) {
                // The client went away, or this server is closed.
              }
            });
    thread.setDaemon(true);
    thread.start();
  }

  /** Returns a whole request, or an empty string if there comes none. */
  static String read(Socket connection) throws IOException {
    InputStream in = connection.getInputStream();
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    String text = "";
    while (!text.endsWith("\r\n\r\n")) {
      int next = in.read();
      if (next < 0) return "";
      head.write(next);
      text = head.toString(StandardCharsets.ISO_8859_1);
    }
    String lower = text.toLowerCase(Locale.ROOT);
    if (lower.contains("\r\nexpect: 100-continue\r\n")) {
      new Wire(connection, connection).send("HTTP/1.1 100 Continue\r\n\r\n");
    }
    int start = lower.indexOf("\r\ncontent-length:");
    if (start < 0) return text;
    String length = text.substring(start + 17, text.indexOf("\r\n", start + 2)).trim();
    byte[] body = in.readNBytes(Integer.parseInt(length));
    return text + new String(body, StandardCharsets.UTF_8);
  }

  private interface Serving {
    void run() throws IOException;
  }

  /** The connection that a request came by. */
  public static final class Wire {
    private final Socket connection;
    private final Socket tcp;

    Wire(Socket connection, Socket tcp) {
      this.connection = connection;
      this.tcp = tcp;
    }

    public void send(String text) throws IOException {
      send(text.getBytes(StandardCharsets.UTF_8));
    }

    public void send(byte[] bytes) throws IOException {
      connection.getOutputStream().write(bytes);
    }

    public void answer(String statusAndHeaders, String body) throws IOException {
      send("HTTP/1.1 " + statusAndHeaders + "\r\nContent-Length: " + body.length() + "\r\n\r\n");
      send(body);
    }

    /** Ends the connection with a RST. */
    public void reset() throws IOException {
      tcp.setSoLinger(true, 0);
      tcp.close();
    }

    /** Ends the connection with a FIN, after a close_notify where it is secured. */
    public void close() throws IOException {
      connection.close();
    }

    /** Ends the connection with a FIN alone. */
    public void cut() throws IOException {
      tcp.close();
    }
  }
}
