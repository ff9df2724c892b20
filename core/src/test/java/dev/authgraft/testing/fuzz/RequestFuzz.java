package dev.authgraft.testing.fuzz;

import dev.authgraft.testing.HttpClientContractClient;
import dev.authgraft.testing.fuzz.Grafting.Rule;
import dev.authgraft.testing.fuzz.Stage.Play;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Makes calls at random by configs at random, with a client that is served and with one that is
 * not. No hop may carry what its rule does not say; each must carry what it says, once; and but for
 * that everybody sees the same of both.
 *
 * <p>{@code authgraft.fuzz.chains} says how many calls each client makes, {@code
 * authgraft.fuzz.seed} what it begins with, at random if it is empty: the seed that a failure names
 * repeats it.
 */
public final class RequestFuzz {
  private static final int CHAINS_PER_CONFIG = 25;
  private static final Pattern PLACES = Pattern.compile("(?i)authorization|x-key|x-other|cookie");

  private final Path directory;
  private final Moved moved;
  private final Opener served;
  private final Opener plain;
  private int files;

  /**
   * Whether both clients got the same cookies so far: they do not where a call broke off. OkHttp's
   * jar replaces what the program set, and so all cookies may differ then.
   */
  private boolean haveSameCookies = true;

  private RequestFuzz(Path directory, Moved moved, Opener served, Opener plain) {
    this.directory = directory;
    this.moved = moved;
    this.served = served;
    this.plain = plain;
  }

  /** What becomes of a hop that the program moves to another path after its rule was found. */
  public enum Moved {
    /** It carries what its new path wants. */
    IS_SERVED,
    /** Or nothing, where the old path wanted nothing. */
    MAY_LACK,
    /** Or it is not sent, where a login would have to be waited for. */
    MAY_FAIL
  }

  /** Opens a client that goes by a config. */
  public interface Opener {
    HttpClientContractClient open(Path config) throws Exception;
  }

  /**
   * Makes the calls.
   *
   * @param directory where the configs are written to
   * @param moved what the client is allowed
   * @param served opens a client
   * @param plain opens the same client without Authgraft
   */
  public static void run(Path directory, Moved moved, Opener served, Opener plain)
      throws Exception {
    Long given = Long.getLong("authgraft.fuzz.seed");
    long seed = given == null ? ThreadLocalRandom.current().nextInt(1 << 30) : given;
    int configs = (Integer.getInteger("authgraft.fuzz.chains", 100) - 1) / CHAINS_PER_CONFIG + 1;
    System.out.println("fuzz of requests: " + configs + " configs from seed " + seed);
    RequestFuzz fuzz = new RequestFuzz(directory, moved, served, plain);
    try (Stage stage = new Stage()) {
      for (int i = 0; i < configs; i++) fuzz.playConfig(seed + i, stage);
    }
  }

  /**
   * Returns a file of hosts that leads all names to this machine, in the spellings of the calls.
   */
  public static String hostsFile() {
    return "127.0.0.1 " + String.join(" ", Dice.HOSTS) + "\n";
  }

  private void playConfig(long seed, Stage stage) throws Exception {
    Dice dice = new Dice(seed, stage.ports());
    Grafting grafting = dice.grafting();
    Path config = write(grafting, stage);
    haveSameCookies = true;
    try (HttpClientContractClient without = plain.open(config);
        HttpClientContractClient client = served.open(config)) {
      for (int i = 1; i <= CHAINS_PER_CONFIG; i++) {
        Chain chain = dice.chain();
        String complaint = complaint(grafting, chain, stage, client, without);
        if (complaint == null) continue;
        throw new AssertionError(
            "seed " + seed + ", chain " + i + ": " + complaint + shrunk(grafting, chain, stage));
      }
    }
  }

  private Path write(Grafting grafting, Stage stage) throws IOException {
    Path config = directory.resolve("fuzz" + ++files + ".yml");
    return Files.writeString(config, grafting.yaml(stage.login()));
  }

  private @Nullable String complaint(
      Grafting grafting,
      Chain chain,
      Stage stage,
      HttpClientContractClient client,
      HttpClientContractClient plainClient) {
    Play without = stage.play(chain, plainClient);
    Play with = stage.play(chain, client);
    Oracle oracle = new Oracle(grafting);
    for (int i = 0; i < with.hops().size(); i++) {
      Hop hop = with.hops().get(i);
      String complaint =
          with.isMisdirected(i)
              ? oracle.complaintForAnyHost(hop, Dice.HOSTS)
              : oracle.complaint(hop, mayLack(chain));
      if (complaint != null)
        return "a hop " + complaint + "\n  hop " + hop + "\n  -> " + with.outcome();
    }
    if (with.outcome().contains("canary")) return with.outcome();
    if (chain.hasFault("drop") || isRejectedAtLast(with, without) || mayFail(chain, with)) {
      haveSameCookies = false;
      return null;
    }
    String expected = described(without);
    String actual = described(with);
    return actual.equals(expected) ? null : "seen were\n" + actual + "\nbut without\n" + expected;
  }

  private boolean mayLack(Chain chain) {
    return chain.movesInside() && moved != Moved.IS_SERVED;
  }

  private boolean mayFail(Chain chain, Play play) {
    return chain.movesInside()
        && moved == Moved.MAY_FAIL
        && play.outcome().contains("no credential at hand");
  }

  /** Renewing has its limits: then the answer that rejects is the last, and it stands. */
  private static boolean isRejectedAtLast(Play with, Play without) {
    return with.outcome().equals("401")
        && !with.faulty().isEmpty()
        && !without.outcome().equals("401");
  }

  /** Returns what is to be the same; a hop that was rejected is sent twice. */
  private String described(Play play) {
    List<String> hops = new ArrayList<>();
    for (int i = 0; i < play.hops().size(); i++) {
      if (!play.faulty().contains(i)) hops.add(described(play.hops().get(i)));
    }
    return String.join("\n", hops) + "\n-> " + play.outcome();
  }

  private String described(Hop hop) {
    Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (Hop.Field field : hop.fields()) {
      if (PLACES.matcher(field.name()).matches()) continue;
      headers.computeIfAbsent(field.name(), unused -> new ArrayList<>()).add(field.value());
    }
    String cookies = haveSameCookies ? others(hop.cookies()) : "";
    String parameters = others(hop.parameters());
    return hop.port()
        + " "
        + hop.method()
        + " "
        + hop.path()
        + " ? "
        + parameters
        + " "
        + headers
        + " "
        + cookies
        + " "
        + hop.body();
  }

  private String others(List<Hop.Field> fields) {
    return fields.stream()
        .filter(field -> !field.name().matches("[km]"))
        .map(Hop.Field::toString)
        .sorted()
        .collect(Collectors.joining());
  }

  /** Returns the smallest config and call that fail alike, by themselves. */
  private String shrunk(Grafting grafting, Chain chain, Stage stage) throws Exception {
    String complaint = alone(grafting, chain, stage);
    if (complaint == null) {
      return "\n(not by itself)\n" + grafting.yaml(stage.login()) + chain;
    }
    Grafting smallest = grafting;
    Chain shortest = chain;
    for (boolean found = true; found; ) {
      found = false;
      for (Grafting smaller : smaller(smallest)) {
        String still = alone(smaller, shortest, stage);
        if (still == null) continue;
        smallest = smaller;
        complaint = still;
        found = true;
        break;
      }
      for (Chain shorter : shorter(shortest)) {
        String still = alone(smallest, shorter, stage);
        if (still == null) continue;
        shortest = shorter;
        complaint = still;
        found = true;
        break;
      }
    }
    return "\nin short: " + complaint + "\n" + smallest.yaml(stage.login()) + shortest;
  }

  private @Nullable String alone(Grafting grafting, Chain chain, Stage stage) throws Exception {
    Path config = write(grafting, stage);
    haveSameCookies = true;
    try (HttpClientContractClient without = plain.open(config);
        HttpClientContractClient client = served.open(config)) {
      return complaint(grafting, chain, stage, client, without);
    }
  }

  private static List<Grafting> smaller(Grafting grafting) {
    List<Grafting> all = new ArrayList<>();
    if (grafting.rules().size() == 1) return all; // A config has one.
    for (List<Rule> rules : without(grafting.rules())) {
      all.add(new Grafting(grafting.strategies(), rules));
    }
    return all;
  }

  private static List<Chain> shorter(Chain chain) {
    List<Chain> all = new ArrayList<>();
    for (List<Chain.Step> steps : without(chain.steps())) {
      all.add(new Chain(chain.method(), chain.url(), chain.headers(), chain.body(), steps));
    }
    for (String name : chain.headers().keySet()) {
      Map<String, String> headers = new TreeMap<>(chain.headers());
      headers.remove(name);
      all.add(new Chain(chain.method(), chain.url(), headers, chain.body(), chain.steps()));
    }
    return all;
  }

  private static <T> List<List<T>> without(List<T> all) {
    List<List<T>> lists = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      List<T> fewer = new ArrayList<>(all);
      fewer.remove(i);
      lists.add(fewer);
    }
    return lists;
  }
}
