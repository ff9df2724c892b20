package dev.authgraft.testing.fuzz;

import dev.authgraft.testing.fuzz.Chain.Step;
import dev.authgraft.testing.fuzz.Grafting.Rule;
import dev.authgraft.testing.fuzz.Grafting.Strategy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Makes configs and calls at random: the same for the same seed, but for the servers' ports. */
final class Dice {
  static final List<String> HOSTS =
      List.of(
          "127.0.0.1",
          "localhost",
          "a.localhost",
          "api.example",
          "v1.api.example",
          "API.Example",
          "api.example.");
  private static final List<String> PATTERNS =
      List.of(
          "127.0.0.1",
          "localhost",
          "*.localhost",
          "api.example",
          "*.example",
          "*.api.example",
          "Api.Example.");

  private static final int SPELLINGS = 12;
  private static final List<String> SEGMENTS = List.of("a", "b", "pub", "admin");
  private static final List<String> FIELDS = List.of("Authorization", "X-Key", "x-other", "k", "m");

  private final Random random;
  private final List<Integer> ports;

  Dice(long seed, List<Integer> ports) {
    this.random = new Random(seed);
    this.ports = ports;
  }

  private boolean oneIn(int n) {
    return random.nextInt(n) == 0;
  }

  private <T> T oneOf(List<T> all) {
    return all.get(random.nextInt(all.size()));
  }

  private <T> List<T> some(List<T> all) {
    List<T> some = new ArrayList<>();
    for (T one : all) if (oneIn(3)) some.add(one);
    return some;
  }

  Grafting grafting() {
    List<Strategy> strategies = new ArrayList<>();
    String world = Integer.toString(random.nextInt(1 << 20), 36);
    for (int i = 0; i < 4; i++) strategies.add(strategy(world + "x" + i));
    List<Rule> rules = new ArrayList<>();
    for (int i = 3 + random.nextInt(6); i > 0; i--) rules.add(rule(strategies));
    return new Grafting(strategies, rules);
  }

  private Strategy strategy(String name) {
    boolean logsIn = oneIn(2);
    String place =
        oneOf(logsIn ? List.of("header", "query") : List.of("header", "query", "cookie"));
    boolean isHeader = place.equals("header");
    String field = oneOf(isHeader ? FIELDS.subList(0, 3) : FIELDS.subList(3, 5));
    return new Strategy(name, logsIn, place, field, isHeader ? oneOf(List.of("", "Bearer ")) : "");
  }

  private Rule rule(List<Strategy> strategies) {
    String pattern = oneOf(PATTERNS);
    boolean isLoopback = pattern.matches("127.*|.*localhost");
    List<String> schemes =
        isLoopback ? List.of("http", "any") : List.of("http", "any", "any", "https");
    String port = oneIn(20) ? "" : oneIn(2) ? ":*" : ":" + oneOf(ports);
    List<String> paths = new ArrayList<>();
    for (int i = oneIn(4) ? 0 : 1 + random.nextInt(2); i > 0; i--) paths.add(pathPattern());
    return new Rule(
        pattern + port,
        oneIn(isLoopback ? 2 : 8) ? null : oneOf(schemes),
        paths,
        oneIn(3) ? some(List.of("GET", "POST", "PUT", "DELETE", "HEAD")) : List.of(),
        oneIn(4) ? null : oneOf(strategies),
        oneIn(3));
  }

  private String pathPattern() {
    StringBuilder path = new StringBuilder();
    for (int i = random.nextInt(3); i >= 0; i--) {
      path.append('/').append(oneIn(5) ? "*" : oneIn(6) ? "**" : oneOf(SEGMENTS));
    }
    return path + (oneIn(2) ? "/**" : "");
  }

  Chain chain() {
    Map<String, String> headers = new LinkedHashMap<>();
    for (String field : FIELDS.subList(0, 3)) if (oneIn(6)) headers.put(field, own());
    if (oneIn(4)) headers.put("Cookie", "theme=" + own() + (oneIn(2) ? "; k=" + own() : ""));
    if (oneIn(3)) headers.put(Chain.REWRITE, rewrite());
    List<Step> steps = new ArrayList<>();
    for (int i = random.nextInt(6); i > 0; i--) steps.add(step());
    String method = oneOf(List.of("GET", "GET", "POST", "PUT", "DELETE", "HEAD"));
    String body = method.startsWith("P") ? "the body" : null;
    return new Chain(method, origin() + path() + query(), headers, body, steps);
  }

  private String own() {
    return Oracle.OWN + random.nextInt(100);
  }

  private String rewrite() {
    String stage = oneOf(List.of("outer", "first", "last", "inner"));
    if (oneIn(2)) return stage + " path " + path();
    return stage + oneOf(List.of(" set ", " add ")) + oneOf(FIELDS.subList(0, 3)) + " " + own();
  }

  private Step step() {
    String fault = oneIn(8) ? "reject" : oneIn(30) ? "drop" : "";
    String cookie =
        oneIn(6) ? oneOf(List.of("k", "m", "session")) + "=jar-" + random.nextInt(9) : null;
    if (oneIn(8)) return new Step(oneOf(List.of(200, 404, 403, 500)), null, fault, cookie);
    return new Step(oneOf(List.of(301, 302, 303, 307, 308)), location(), fault, cookie);
  }

  private @Nullable String location() {
    switch (random.nextInt(6)) {
      case 0:
        return path().substring(1) + query(); // Relative to the path before it.
      case 1:
        return "?" + oneOf(List.of("page=1", "k=" + own()));
      case 2:
        return path() + query();
      case 3:
        return "../" + oneOf(SEGMENTS);
      default:
        return origin() + path() + query();
    }
  }

  private String origin() {
    return "http://" + oneOf(HOSTS) + ":" + oneOf(ports);
  }

  private String query() {
    return oneIn(3) ? "?page=" + random.nextInt(9) + (oneIn(2) ? "&" + parameter() : "") : "";
  }

  private String parameter() {
    return oneOf(List.of("k", "m", "other")) + "=" + own();
  }

  private String path() {
    StringBuilder path = new StringBuilder();
    for (int i = random.nextInt(4); i >= 0; i--) path.append('/').append(oneOf(SEGMENTS));
    return oneIn(4) ? oddly(path.toString()) : path.toString();
  }

  private String oddly(String path) {
    int slash = path.lastIndexOf('/');
    String before = path.substring(0, slash);
    String last = path.substring(slash + 1);
    switch (random.nextInt(SPELLINGS)) {
      case 0:
        return before + "/./" + last;
      case 1:
        return before + "/zz/../" + last;
      case 2:
        return before + "/%" + Integer.toHexString(last.charAt(0)) + last.substring(1);
      case 3:
        return path + "/";
      case 4:
        return before + "//" + last;
      case 5:
        return before + "/zz/%2e%2E/" + last;
      case 6:
        return before + "/zz/%252e%252e/" + last;
      case 7:
        return path + ";v=1";
      case 8:
        return before + "/" + oneOf(SEGMENTS) + "%2f" + last;
      case 9:
        return before + "/zz;/" + last;
      case 10:
        return before + "/%5c" + last;
      default:
        return before + "/%2561" + last;
    }
  }
}
