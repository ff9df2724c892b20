import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocket;

/** A server on loopback that answers byte by byte as a case says, and says what it is sent. */
final class Wire implements Closeable {
  private final Stage stage;
  private final String name;
  private final ServerSocket server;
  private final Map<String, Deque<Answer>> answers = new HashMap<>();
  private volatile int lastPort;
  private volatile boolean numbered = true;
  private volatile Answer greeting;
  private final Set<String> masked = ConcurrentHashMap.newKeySet();
  private final List<Connection> connections = new CopyOnWriteArrayList<>();
  private final Thread acceptor = new Thread(this::accept, "wire");

  Wire(Stage stage, String name, ServerSocket unbound) throws IOException {
    this.stage = stage;
    this.name = name;
    server = unbound;
    server.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0));
    acceptor.setDaemon(true);
    acceptor.start();
  }

  int port() {
    return server.getLocalPort();
  }

  String name() {
    return name;
  }

  String url(String path) {
    return "http://127.0.0.1:" + port() + path;
  }

  /** Answers the requests for {@code path} with these in turn, then with the last of them. */
  synchronized Wire on(String path, Answer... inTurn) {
    answers.put(path, new ArrayDeque<>(Arrays.asList(inTurn)));
    return this;
  }

  /** Says {@code greeting} to whoever connects, before reading a word. */
  synchronized Wire greets(Answer greeting) {
    this.greeting = greeting;
    return this;
  }

  /** Does not say which connection sees what. */
  synchronized Wire unnumbered() {
    numbered = false;
    return this;
  }

  /** Does not say the value of the header {@code name}: it is another one each time. */
  synchronized Wire mask(String name) {
    masked.add(name);
    return this;
  }

  /** Waits until this end of every connection so far is closed. */
  void awaitClosed() throws InterruptedException {
    for (Connection connection : connections) connection.thread.join(Stage.MILLIS);
  }

  /** Waits for the clients to close their connections, if they can, and closes the others. */
  @Override
  public void close() throws IOException {
    try (Socket last = new Socket()) {
      last.bind(null);
      lastPort = last.getLocalPort();
      last.connect(server.getLocalSocketAddress()); // after whatever waits to be accepted
      acceptor.join(Stage.MILLIS);
      long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(Settings.SHORT);
      for (Connection connection : connections) {
        if (stage.clientCloses()) {
          connection.thread.join(1 + Math.max(0, (end - System.nanoTime()) / 1_000_000));
        } else {
          connection.awaitIdle(end);
        }
        connection.socket.close();
        connection.thread.join(Settings.SHORT); // it may say what broke off
      }
    } catch (InterruptedException e) {
      throw new IOException(e);
    } finally {
      server.close();
    }
  }

  private void accept() {
    try {
      for (Socket socket; (socket = server.accept()).getPort() != lastPort; ) {
        Connection connection = new Connection(socket, connections.size() + 1);
        connections.add(connection);
        if (numbered) stage.server(connection + " opens");
        connection.thread.setDaemon(true);
        connection.thread.start();
      }
    } catch (IOException e) {
      // closed
    }
  }

  private synchronized Answer answer(String target) {
    String path = target.replaceFirst("^http://[^/]*", "").replaceFirst("\\?.*", "");
    Deque<Answer> inTurn = answers.get(path);
    if (inTurn == null) return Answer.text("404 Not Found", "no answer to " + path);
    return inTurn.size() > 1 ? inTurn.poll() : inTurn.peek();
  }

  /** A connection; its thread serves it. */
  final class Connection {
    volatile Socket socket;
    private final int number;
    private final Thread thread = new Thread(this::serve, "wire");
    private InputStream in;
    private String method = "";
    private Map<String, String> headers = new HashMap<>();

    /** Whether nothing of a request has come. */
    private volatile boolean isIdle;

    Connection(Socket socket, int number) {
      this.socket = socket;
      this.number = number;
    }

    void write(byte[] bytes) throws IOException {
      OutputStream out = socket.getOutputStream();
      out.write(bytes);
      out.flush();
    }

    /** Goes on in TLS, of which {@code tls} is this end. */
    void secure(SSLSocket tls) throws IOException {
      socket = tls;
      tls.startHandshake();
      in = tls.getInputStream();
    }

    /** Returns whether the request wants no body in its answer. */
    boolean isHead() {
      return method.equals("HEAD");
    }

    /** Returns a header of the request by its name in lower case. */
    String header(String name) {
      return headers.get(name);
    }

    /** Returns whether the request has a credential of the program's, of {@code scheme}. */
    boolean sends(String scheme) {
      return headers.getOrDefault("authorization", "").startsWith(scheme + " ");
    }

    /** Reads until the client closes its end. */
    void drain() throws IOException {
      byte[] buffer = new byte[8192];
      while (in.read(buffer) >= 0) {}
    }

    /** Reads the body of the request and says what it was. */
    void readBody() throws IOException {
      String length = headers.get("content-length");
      boolean chunked = "chunked".equals(headers.get("transfer-encoding"));
      if (length == null && !chunked) return;
      byte[] body;
      try {
        body = chunked ? chunks() : read(Integer.parseInt(length));
      } catch (IOException e) {
        stage.server(this + "   body that breaks off");
        throw e;
      }
      stage.server(this + "   body " + Stage.summary(body));
    }

    @Override
    public String toString() {
      return numbered ? name + "#" + number : name;
    }

    private void serve() {
      try {
        socket.setTcpNoDelay(true);
        in = socket.getInputStream();
        if (greeting != null) greeting.run(this);
        for (String line; (line = nextRequest()) != null && !socket.isClosed(); ) {
          stage.server(this + " " + line);
          method = line.split(" ")[0];
          headers.clear();
          for (String header; !(header = line()).isEmpty(); ) {
            String[] pair = header.split(": ?", 2);
            stage.server(this + "   " + (masked.contains(pair[0]) ? pair[0] : header));
            headers.put(pair[0].toLowerCase(Locale.ROOT), pair[1]);
          }
          stage.headRead();
          answer(line.split(" ")[1]).run(this);
        }
      } catch (IOException | RuntimeException e) {
        // The client has gone, or the case closed the connection.
      } finally {
        try {
          socket.close();
        } catch (IOException e) {
          // is of no interest
        }
      }
    }

    private byte[] chunks() throws IOException {
      ByteArrayOutputStream body = new ByteArrayOutputStream();
      for (int size; (size = Integer.parseInt(line(), 16)) > 0; line()) body.write(read(size));
      for (String trailer; !(trailer = line()).isEmpty(); ) {
        stage.server(this + "   trailer " + trailer);
      }
      return body.toByteArray();
    }

    byte[] read(int size) throws IOException {
      byte[] bytes = new byte[size];
      for (int at = 0; at < size; ) {
        int read = in.read(bytes, at, size - at);
        if (read < 0) throw new EOFException();
        at += read;
      }
      return bytes;
    }
    private String nextRequest() throws IOException {
      isIdle = true;
      return line();
    }

    /** Waits until nothing of a request is there, or the connection has ended. */
    void awaitIdle(long end) throws InterruptedException {
      while (!isIdle && thread.isAlive() && System.nanoTime() < end) thread.join(1);
    }

    /** Returns a line without its end, or null where a request could begin and none does. */
    private String line() throws IOException {
      ByteArrayOutputStream line = new ByteArrayOutputStream();
      for (int read; (read = in.read()) != '\n'; ) {
        if (read < 0 && line.size() == 0) return null;
        isIdle = false;
        if (read < 0) throw new EOFException();
        if (read != '\r') line.write(read);
      }
      return new String(line.toByteArray(), StandardCharsets.UTF_8);
    }
  }
}
