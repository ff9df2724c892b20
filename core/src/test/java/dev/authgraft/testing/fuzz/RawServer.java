package dev.authgraft.testing.fuzz;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A loopback server that shows each request as it came over the wire: the JDK's takes {@code //a/b}
 * for a host and a path, and refuses what is no URI.
 */
final class RawServer implements AutoCloseable {
  private final ServerSocket listening;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final Function<Hop, @Nullable String> answers;

  /**
   * @param answers the whole answer for a request, or null to close the connection unanswered
   */
  RawServer(Function<Hop, @Nullable String> answers) {
    this.answers = answers;
    try {
      listening = new ServerSocket(0, 1000, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    start(this::accept);
  }

  int port() {
    return listening.getLocalPort();
  }

  private static void start(Runnable task) {
    Thread thread = new Thread(task, "raw-server");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = listening.accept();
        socket.setTcpNoDelay(true);
        open.add(socket);
        start(() -> serve(socket));
      }
    } catch (IOException e) {
      // closed
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      InputStream in = new BufferedInputStream(socket.getInputStream());
      for (Hop hop; (hop = read(in)) != null; ) {
        String answer = answers.apply(hop);
        if (answer == null) return;
        socket.getOutputStream().write(answer.getBytes(StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      // The client has gone.
    } finally {
      open.remove(socket);
    }
  }

  private @Nullable Hop read(InputStream in) throws IOException {
    String first = line(in);
    if (first == null) return null;
    String[] words = first.split(" ", 3);
    List<Hop.Field> fields = new ArrayList<>();
    for (String line; (line = line(in)) != null && !line.isEmpty(); ) {
      int colon = line.indexOf(':');
      fields.add(new Hop.Field(line.substring(0, colon), line.substring(colon + 1).strip()));
    }
    return new Hop(port(), words[0], words[1], List.copyOf(fields), body(in, fields));
  }

  private static String body(InputStream in, List<Hop.Field> fields) throws IOException {
    List<String> length = Hop.values("Content-Length", fields);
    if (!length.isEmpty()) return text(in.readNBytes(Integer.parseInt(length.get(0))));
    if (Hop.values("Transfer-Encoding", fields).isEmpty()) return "";
    StringBuilder body = new StringBuilder();
    while (true) {
      int size = Integer.parseInt(String.valueOf(line(in)), 16);
      body.append(text(in.readNBytes(size)));
      line(in);
      if (size == 0) return body.toString();
    }
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static @Nullable String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b; (b = in.read()) != '\n'; ) {
      if (b < 0) return null;
      if (b != '\r') line.write(b);
    }
    return text(line.toByteArray());
  }

  @Override
  public void close() throws IOException {
    listening.close();
    for (Socket socket : open) socket.close();
  }
}
