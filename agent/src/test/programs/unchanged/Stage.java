import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** What one case has: servers, a client, and the transcript of what was seen at either end. */
final class Stage implements Closeable {
  /** How long anything is waited for that is sure to come. */
  static final long MILLIS = 60_000;

  private final Unchanged suite;
  private final List<String> program = Collections.synchronizedList(new ArrayList<>());
  private final List<String> server = Collections.synchronizedList(new ArrayList<>());
  private final Map<String, Wire> wires = new LinkedHashMap<>();
  private volatile Full full;
  private final List<Closeable> toClose = new ArrayList<>();
  private volatile Client client;
  private final Object aside = new Object();
  private final Semaphore heads = new Semaphore(0);
  private volatile boolean closed;
  private boolean unordered;
  private boolean byConnection;
  private final Caller caller = new Caller(this, Thread.currentThread());

  Stage(Unchanged suite) {
    this.suite = suite;
  }

  /** Returns the server {@code name}, which is there from now on. */
  synchronized Wire wire(String name) throws IOException {
    Wire wire = wires.get(name);
    if (wire == null) wires.put(name, wire = new Wire(this, name, new ServerSocket()));
    return wire;
  }

  Wire a() throws IOException {
    return wire("A");
  }

  Wire b() throws IOException {
    return wire("B");
  }

  /** Returns the URL of a server that nobody can connect to. */
  String full() throws IOException {
    full = closing(new Full());
    return "http://127.0.0.1:" + full.port() + "/";
  }

  Client client(Settings settings) throws Exception {
    return client = closing(suite.open(this, settings));
  }

  /** Sends the errands with a client of the default settings. */
  void send(Errand... errands) throws Exception {
    send(new Settings(), errands);
  }

  void send(Settings settings, Errand... errands) throws Exception {
    Client opened = client(settings);
    for (Errand errand : errands) opened.send(errand);
  }

  /** Cancels the call that runs. */
  void cancel() throws IOException {
    aside(
        () -> {
          say("(canceled)");
          client.cancel();
        });
  }

  /** Does what ends the call that runs: it may end before all of that is done. */
  void aside(Closeable action) throws IOException {
    synchronized (aside) {
      action.close();
    }
  }

  /** Waits until what another thread does {@link #aside} is done. */
  void settle() {
    synchronized (aside) {
      return;
    }
  }

  /** Returns the thread of the case. */
  Caller caller() {
    return caller;
  }

  /** Cancels the call that runs on the thread of the case, once that reads from its socket. */
  void cancelReading() throws IOException {
    caller.awaitReading();
    cancel();
  }

  /** Cancels the call that runs on the thread of the case, once that writes to its socket. */
  void cancelWriting() throws IOException {
    caller.awaitWriting();
    cancel();
  }

  /** Cancels the next call on the thread of the case, from another one, once that connects. */
  void cancelConnecting() {
    Thread canceling =
        new Thread(
            () -> {
              caller.awaitConnecting();
              try {
                cancel();
              } catch (IOException e) {
                threw(e);
              }
            });
    canceling.setDaemon(true);
    canceling.start();
  }

  /** Closes {@code resource} at the end, last opened first. */
  <C extends Closeable> C closing(C resource) {
    toClose.add(0, resource);
    return resource;
  }

  /** Leaves the order out: what this case sees, several threads of the program's see. */
  void unordered() {
    unordered = true;
  }

  /** Leaves out in which order the connections of a server see what they see. */
  void byConnection() {
    byConnection = true;
  }

  /** Takes down what the program sees. */
  void say(String line) {
    if (closed) return; // what closing does to calls, no program waits for
    String normal = normal(line);
    synchronized (program) {
      program.add(normal);
      program.notifyAll();
    }
  }

  /** Waits until the program has seen {@code line}, which another thread says. */
  void awaitSaid(String line) throws InterruptedException {
    long end = System.nanoTime() + MILLIS * 1_000_000;
    synchronized (program) {
      while (!program.contains(line) && System.nanoTime() < end) program.wait(1000);
    }
  }

  /** Takes down what a server sees. */
  void server(String line) {
    server.add(normal(line));
  }

  /** Notes that a server has read the headers of a request. */
  void headRead() {
    heads.release();
  }

  boolean clientCloses() {
    return suite.clientCloses();
  }

  /** Waits until a server has read the headers of one more request. */
  void awaitHead() throws IOException {
    try {
      if (!heads.tryAcquire(MILLIS, TimeUnit.MILLISECONDS)) say("(no request)");
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  void threw(Throwable thrown) {
    threw("threw ", thrown, Collections.newSetFromMap(new IdentityHashMap<>()));
  }

  private void threw(String role, Throwable thrown, Set<Throwable> said) {
    say(role + thrown.getClass().getName() + ": " + thrown.getMessage());
    if (!said.add(thrown) || thrown instanceof SocketTimeoutException) return;
    for (Throwable suppressed : thrown.getSuppressed()) threw("  suppressed ", suppressed, said);
    if (thrown.getCause() != null) threw("  caused by ", thrown.getCause(), said);
  }

  /** Returns how many bytes {@code body} has, and which. */
  static String summary(byte[] body) {
    if (body.length > 200) return body.length + " bytes, hash " + Arrays.hashCode(body);
    return body.length + " bytes " + new String(body, StandardCharsets.UTF_8);
  }

  /** Resolves the names of the cases without asking anybody. */
  static List<InetAddress> resolve(String host) throws UnknownHostException {
    switch (host) {
      case "127.0.0.1":
      case "localhost":
      case "one.test":
      case "other.test":
        return Collections.singletonList(address(host, 1));
      case "two.test": // Nothing listens at the first.
        return Arrays.asList(address(host, 2), address(host, 1));
      default:
        throw new UnknownHostException(host);
    }
  }

  private static InetAddress address(String host, int last) throws UnknownHostException {
    return InetAddress.getByAddress(host, new byte[] {127, 0, 0, (byte) last});
  }

  List<String> transcript() {
    if (byConnection) server.sort(Comparator.comparing(line -> line.split(" ")[0]));
    List<String> transcript = new ArrayList<>(program);
    if (unordered) Collections.sort(transcript); // before the server's lines
    for (String line : server) transcript.add("@ " + line);
    return transcript;
  }

  @Override
  public void close() throws IOException {
    closed = true;
    for (Closeable resource : toClose) resource.close();
    for (Wire wire : wires.values()) wire.close();
  }

  /** Returns {@code line} without what differs from one run to the next. */
  private synchronized String normal(String line) {
    String normal = line.replaceAll("[\r\n]+", " | ").replaceAll("[^ -~]", "?");
    for (Wire wire : wires.values()) {
      normal = normal.replaceAll("(\\b|:)" + wire.port() + "\\b", "$1" + wire.name());
    }
    if (full != null) normal = normal.replaceAll("\\b" + full.port() + "\\b", "full");
    return normal
        // OkHttp has two timers for the same wait; either may be the first.
        .replace("SocketTimeoutException: Read timed out", "SocketTimeoutException: timeout")
        .replaceAll("from /[\\d.]+ \\(port \\d+\\)", "from here")
        .replaceAll("\\b[\\d.]+:\\d+<->", "here<->")
        .replaceAll("actual: \\d+ MILLISECONDS", "actually more")
        .replaceAll("localport=\\d+", "localport")
        .replaceAll("/127\\.0\\.0\\.1:\\d+", "/here")
        .replaceAll("(@|\\$\\$Lambda)[/$\\w]+", "$1")
        .replaceAll("ThreadPoolExecutor@\\[[^\\]]*\\]", "ThreadPoolExecutor")
        .replaceAll("(cnonce|response)=\"\\w+\"", "$1=once")
        .replaceAll("'[\\w+/]{27}='", "'a hash'")
        .replaceAll("(pool-|thread-|Thread-)\\d+", "$1n");
  }
}
