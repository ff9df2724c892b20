package dev.authgraft.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP API on loopback that records and counts what it is asked, and can be told to misbehave.
 * Safe for use by several threads; its own are daemons.
 *
 * <p>A subclass names its routes with {@link #on}. Whatever arrives at one is counted under the
 * route's name before anything else happens to it, faults included.
 */
public abstract class ApiServer implements AutoCloseable {
  /** A password that arrives intact only where each format encodes it by its own rules. */
  public static final String AWKWARD_PASSWORD = "a&b=c+d% é\"";

  private final HttpServer server;
  private final ExecutorService executor = Executors.newCachedThreadPool(ApiServer::daemon);
  private final List<Route> routes = new ArrayList<>();
  private final Map<String, AtomicInteger> counters = new ConcurrentSkipListMap<>();
  private final Queue<ReceivedRequest> requests = new ConcurrentLinkedQueue<>();
  private final Map<String, Deque<Fault>> faults = new ConcurrentHashMap<>();
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile Clock clock = Clock.systemUTC();

  /** Binds a free port; {@link #start} makes it answer, once the subclass has named its routes. */
  ApiServer() {
    try {
      server = HttpServers.create();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(executor);
    server.createContext("/", this::serve);
  }

  /** Adds a route; the first that fits a request answers it. See {@link Route} for the pattern. */
  final void on(String name, String methods, String path, Handler handler) {
    counter(name);
    routes.add(new Route(name, methods, path, handler));
  }

  /** Adds a counter that is not a route's. */
  final void counter(String name) {
    counters.putIfAbsent(name, new AtomicInteger());
  }

  final void countOne(String name) {
    counterOf(name).incrementAndGet();
  }

  final void start() {
    // The dispatcher's thread is a daemon only if the one that starts it is.
    Thread starter = daemon(server::start);
    starter.start();
    try {
      starter.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Returns the absolute URL of {@code path}, which may have a query. */
  public final URI url(String path) {
    return URI.create("http://" + authority() + path);
  }

  /** Returns {@code 127.0.0.1:port}. */
  public final String authority() {
    return "127.0.0.1:" + port();
  }

  /** Returns the port. */
  public final int port() {
    return server.getAddress().getPort();
  }

  /** Returns how often {@code name} happened; the class comment of each API lists its names. */
  public final int count(String name) {
    return counterOf(name).get();
  }

  /** Returns all counters by name. */
  public final Map<String, Integer> counts() {
    Map<String, Integer> counts = new TreeMap<>();
    counters.forEach((name, count) -> counts.put(name, count.get()));
    return counts;
  }

  /** Returns every request so far, in the order of arrival. */
  public final List<ReceivedRequest> requests() {
    return List.copyOf(requests);
  }

  /** Returns every request for {@code path} so far, in the order of arrival. */
  public final List<ReceivedRequest> requests(String path) {
    return requests.stream().filter(request -> request.path().equals(path)).toList();
  }

  /** Sets the clock that expiry is judged by. The {@code Date} header always tells real time. */
  public final void useClock(Clock clock) {
    this.clock = clock;
  }

  final Instant now() {
    return clock.instant();
  }

  /** Answers the next requests for {@code path} with {@code replies}, without handling them. */
  public final void answerNext(String path, Reply... replies) {
    for (Reply reply : replies) {
      addFault(path, (request, usual) -> reply);
    }
  }

  /** Handles the next request for {@code path} as usual and drops the connection unanswered. */
  public final void answerNextAndLoseIt(String path) {
    addFault(
        path,
        (request, usual) -> {
          usual.handle(request);
          return Reply.dropped();
        });
  }

  /** Holds the next request for {@code path} until the gate is opened, or this is closed. */
  public final Gate answerNextThroughGate(String path) {
    return holdNext(path, (request, usual) -> usual.handle(request));
  }

  /** Does the same and answers with {@code reply} then, without handling the request. */
  public final Gate answerNextThroughGate(String path, Reply reply) {
    return holdNext(path, (request, usual) -> reply);
  }

  private Gate holdNext(String path, Fault then) {
    Gate gate = new Gate();
    addFault(
        path,
        (request, usual) -> {
          gate.pass(closed);
          return then.answer(request, usual);
        });
    return gate;
  }

  @Override
  public final void close() {
    closed.countDown();
    server.stop(0);
    executor.shutdownNow();
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      ReceivedRequest request = ReceivedRequest.read(exchange);
      requests.add(request);
      write(answer(request), exchange);
    }
  }

  private Reply answer(ReceivedRequest request) {
    Route route = routeOf(request);
    // Taken before the count: whoever has seen that knows that it does not meet another request.
    Fault fault = nextFault(request.path());
    if (route != null) {
      countOne(route.name());
    }
    Handler usual = route == null ? unrouted -> Reply.problem(404, "Not found") : route.handler();
    try {
      return fault == null ? usual.handle(request) : fault.answer(request, usual);
    } catch (MalformedBodyException e) {
      return Reply.problem(400, e.toString());
    }
  }

  private void write(Reply reply, HttpExchange exchange) throws IOException {
    if (reply.isDropped()) {
      return; // closing an exchange before its status closes the connection
    }
    reply.headers().forEach(header -> exchange.getResponseHeaders().add(header[0], header[1]));
    if (reply.isEndless()) {
      exchange.sendResponseHeaders(reply.status(), 0);
      trickle(exchange.getResponseBody());
      return;
    }
    boolean bodyless = reply.body().length == 0 || exchange.getRequestMethod().equals("HEAD");
    exchange.sendResponseHeaders(reply.status(), bodyless ? -1 : reply.body().length);
    if (!bodyless) {
      exchange.getResponseBody().write(reply.body());
    }
  }

  private void trickle(OutputStream body) throws IOException {
    try {
      while (!closed.await(20, TimeUnit.MILLISECONDS)) {
        body.write(' ');
        body.flush();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private @Nullable Route routeOf(ReceivedRequest request) {
    return routes.stream().filter(route -> route.fits(request)).findFirst().orElse(null);
  }

  private void addFault(String path, Fault fault) {
    Deque<Fault> queue = faults.computeIfAbsent(path, unused -> new ArrayDeque<>());
    synchronized (queue) {
      queue.add(fault);
    }
  }

  private @Nullable Fault nextFault(String path) {
    Deque<Fault> queue = faults.get(path);
    if (queue == null) {
      return null;
    }
    synchronized (queue) {
      return queue.poll();
    }
  }

  private AtomicInteger counterOf(String name) {
    AtomicInteger counter = counters.get(name);
    if (counter == null) {
      throw new IllegalArgumentException("no counter '" + name + "', only " + counters.keySet());
    }
    return counter;
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "api-server");
    thread.setDaemon(true);
    return thread;
  }

  /** Answers one request. */
  interface Handler {
    Reply handle(ReceivedRequest request) throws MalformedBodyException;
  }

  /** Stands between one request and its handler. */
  private interface Fault {
    Reply answer(ReceivedRequest request, Handler usual) throws MalformedBodyException;
  }
}
