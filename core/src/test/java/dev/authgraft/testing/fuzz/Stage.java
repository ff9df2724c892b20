package dev.authgraft.testing.fuzz;

import dev.authgraft.testing.HttpClientContractClient;
import dev.authgraft.testing.HttpClientContractClient.Call;
import dev.authgraft.testing.HttpClientContractClient.Reply;
import dev.authgraft.testing.fuzz.Chain.Step;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The servers, which play one chain at a time and record what they receive. */
final class Stage implements AutoCloseable {
  private static final int SERVERS = 4;

  private final List<RawServer> servers =
      Stream.generate(() -> new RawServer(this::answer)).limit(SERVERS).toList();
  private final RawServer logins = new RawServer(this::logIn);
  private final Map<String, AtomicInteger> issued = new ConcurrentHashMap<>();

  // Guarded by this.
  private Chain chain = new Chain("GET", "", Map.of(), null, List.of());
  private List<Hop> hops = new ArrayList<>();
  private int next;
  private boolean faultIsPast;
  private Set<Integer> faulty = new HashSet<>();

  List<Integer> ports() {
    return servers.stream().map(RawServer::port).collect(Collectors.toList());
  }

  String login() {
    return "http://127.0.0.1:" + logins.port() + "/";
  }

  /** Lets {@code client} make the call of {@code played}, and returns what everybody saw. */
  Play play(Chain played, HttpClientContractClient client) {
    synchronized (this) {
      chain = played;
      hops = new ArrayList<>();
      next = 0;
      faultIsPast = false;
      faulty = new HashSet<>();
    }
    String body = played.body();
    byte[] bytes = body == null ? null : body.getBytes(StandardCharsets.UTF_8);
    String outcome;
    try {
      Reply reply =
          client.send(new Call(played.method(), played.url(), played.headers(), bytes, false));
      outcome = Integer.toString(reply.status());
      if (reply.seen().contains("canary")) outcome += " and the program sees " + reply.seen();
    } catch (IOException | RuntimeException e) {
      outcome = e.toString();
    }
    synchronized (this) {
      return new Play(outcome, List.copyOf(hops), Set.copyOf(faulty));
    }
  }

  private synchronized @Nullable String answer(Hop hop) {
    hops.add(hop);
    if (next == chain.steps().size()) return new Step(200, null, "", null).answer();
    Step step = chain.steps().get(next);
    boolean isFault = step.fault().equals("drop");
    if (step.fault().equals("reject")) isFault = hop.toString().matches("(?s).*canary-\\w+-t\\d.*");
    if (isFault && !faultIsPast) {
      faultIsPast = true;
      faulty.add(hops.size() - 1);
      return step.fault().equals("drop") ? null : new Step(401, null, "", null).answer();
    }
    faultIsPast = false;
    next++;
    return step.answer();
  }

  private String logIn(Hop hop) {
    String name = hop.path().substring(1);
    int number = issued.computeIfAbsent(name, unused -> new AtomicInteger()).incrementAndGet();
    String token =
        "{\"access_token\": \"canary-" + name + "-t" + number + "\", \"expires_in\": 7200}";
    return "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: "
        + token.length()
        + "\r\n\r\n"
        + token;
  }

  @Override
  public void close() throws IOException {
    logins.close();
    for (RawServer server : servers) server.close();
  }

  /**
   * What came of a call.
   *
   * @param outcome the status that the program got, or what was thrown at it
   * @param faulty which hops were rejected or dropped
   */
  record Play(String outcome, List<Hop> hops, Set<Integer> faulty) {
    /**
     * Returns whether the hop before {@code i} was dropped and this one is another request. Up to
     * 5.2, HttpClient then sends the first request of the call to the server that it was redirected
     * to: its Host is not the host that it goes to.
     */
    boolean isMisdirected(int i) {
      if (!faulty.contains(i - 1)) return false;
      Hop before = hops.get(i - 1);
      Hop hop = hops.get(i);
      return !hop.path().equals(before.path()) || !hop.host().equals(before.host());
    }
  }
}
