package dev.authgraft.internal.rule;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.authgraft.client.Target;
import dev.authgraft.internal.match.HostPattern;
import dev.authgraft.internal.match.PathPattern;
import dev.authgraft.internal.match.PathSegments;
import dev.authgraft.internal.match.SchemePattern;
import dev.authgraft.internal.match.TargetPattern;
import dev.authgraft.internal.util.SourcePosition;
import java.lang.management.ManagementFactory;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The index finds what trying every rule in turn finds. */
@Timeout(600)
final class RuleSetTest {
  private static final String[] HOSTS = {
    "a.example",
    "*.example",
    "*.a.example",
    "b.a.example",
    "c.example:8443",
    "*.example:8443",
    "a.example:443",
    "a.example:*",
    "*.com",
    "localhost"
  };
  private static final String[] NAMES = {
    "a.example", "b.a.example", "c.example", "x.com", "example", "d.example", "localhost"
  };
  private static final String[] SEGMENTS = {"x", "y", "*", "**"};

  /** Paths as they go over the wire, and as they are read; "" where there is no telling. */
  private static final Map<String, String> ODD =
      Map.ofEntries(
          Map.entry("/x/%2e", ""),
          Map.entry("/x//y", ""),
          Map.entry("//x", ""),
          Map.entry("/x/./y", "/x/y"),
          Map.entry("/x/../y", "/y"),
          Map.entry("/y/..", "/"),
          Map.entry("/../x", "/x"),
          Map.entry("/x/.", "/x/"),
          Map.entry("/%78/y", "/x/y"),
          Map.entry("/x/y;a", ""),
          Map.entry("/x%2fy", ""),
          Map.entry("/x/.y", "/x/.y"),
          Map.entry("/..x/y", "/..x/y"));

  /** In an order: that of such a map is another in each JVM. */
  private static final String[] ODD_PATHS = ODD.keySet().stream().sorted().toArray(String[]::new);

  private static final String[] METHODS = {"GET", "POST"};

  private final Random random = new Random(7);

  private <T> T any(T[] choices) {
    return choices[random.nextInt(choices.length)];
  }

  private String path(int segments) {
    StringBuilder path = new StringBuilder();
    int count = random.nextInt(5);
    for (int i = 0; i < count; i++) path.append('/').append(SEGMENTS[random.nextInt(segments)]);
    return path.length() == 0 || random.nextInt(5) == 0 ? path + "/" : path.toString();
  }

  private Rule rule(int number) {
    return written(number).rule();
  }

  private Written written(int number) {
    List<String> hosts = new ArrayList<>();
    for (int i = random.nextInt(2); i >= 0; i--) hosts.add(any(HOSTS));
    List<String> paths = new ArrayList<>();
    for (int i = random.nextInt(3); i > 0; i--) paths.add(path(4));
    List<String> methods = random.nextInt(3) == 0 ? List.of(any(METHODS)) : List.of();
    return new Written(number, any(SchemePattern.values()), hosts, paths, methods);
  }

  /** A rule as it is written, matched by regular expressions: nothing of ours is asked. */
  private record Written(
      int number,
      SchemePattern scheme,
      List<String> hosts,
      List<String> paths,
      List<String> methods) {

    Rule rule() {
      return RuleSetTest.rule(
          number,
          new TargetPattern(
              scheme,
              hosts.stream().map(HostPattern::parse).toList(),
              paths.stream().map(PathPattern::parse).toList(),
              methods));
    }

    boolean matches(Target target, @Nullable String path) {
      String https = "https://.*";
      String loopback = "http://localhost:.*";
      String expression =
          switch (scheme) {
            case HTTP -> "http://.*";
            case HTTPS -> https;
            case ANY -> "https?://.*";
            case SECURE -> https + "|" + loopback;
          };
      String origin = target.scheme() + "://" + target.host() + ":" + target.port();
      return origin.matches(expression)
          && (methods.isEmpty() || methods.contains(target.method()))
          && hosts.stream().anyMatch(host -> origin.matches(hostExpression(host)))
          && (paths.isEmpty()
              || (path != null
                  && paths.stream().anyMatch(each -> path.matches(pathExpression(each)))));
    }

    private static String hostExpression(String host) {
      String name = host.replaceFirst(":.*", "");
      String ports =
          host.endsWith(":*")
              ? ":\\d+"
              : host.contains(":") ? host.substring(host.indexOf(':')) : null;
      String labels =
          name.startsWith("*.")
              ? "([^.:/]+[.])+" + Pattern.quote(name.substring(2))
              : Pattern.quote(name);
      return ports != null
          ? "https?://" + labels + ports
          : "https://" + labels + ":443|http://" + labels + ":80";
    }

    private static String pathExpression(String pattern) {
      StringBuilder expression = new StringBuilder();
      for (String segment : pattern.substring(1).split("/", -1)) {
        expression.append(
            switch (segment) {
              case "*" -> "/[^/]+";
              case "**" -> "(/[^/]*)*";
              default -> "/" + Pattern.quote(segment);
            });
      }
      return expression.toString();
    }
  }

  private Target target() {
    return Target.of(
        random.nextInt(4) == 0 ? "http" : "https",
        any(NAMES),
        random.nextInt(4) == 0 ? 8443 : -1,
        random.nextInt(10) == 0 ? any(ODD_PATHS) : path(2),
        any(METHODS));
  }

  @Test
  void theIndexDecidesAsTheListWouldAndAsExpressionsWould() {
    int matched = 0;
    for (int round = 0; round < 2_000; round++) {
      List<Written> written = new ArrayList<>();
      for (int i = 1; i <= 1 + random.nextInt(12); i++) written.add(written(i));
      List<Rule> rules = written.stream().map(Written::rule).toList();
      RuleSet set = new RuleSet(rules);
      for (int i = 0; i < 30; i++) {
        Target target = target();
        String read = ODD.getOrDefault(target.path(), target.path());
        String path = read.isEmpty() ? null : read;
        List<String> segments = PathSegments.of(target.path());
        Rule listed = null;
        Rule expected = null;
        for (Rule rule : rules) {
          if (listed == null && rule.pattern().mismatch(target, segments) == null) listed = rule;
          boolean matches = written.get(rule.number() - 1).matches(target, path);
          if (expected == null && matches) expected = rule;
        }
        assertThat(set.match(target)).as("%s", target).isSameAs(listed).isSameAs(expected);
        if (expected != null) matched++;
      }
    }
    assertThat(matched).isBetween(6_000, 54_000); // Neither outcome is the exception.
  }

  @Test
  void aRuleThatIsSaidToBeShadowedIsNeverReached() {
    int shadowed = 0;
    int byMany = 0;
    for (int round = 0; round < 300; round++) {
      List<Rule> rules = new ArrayList<>();
      for (int i = 1; i <= 8; i++) rules.add(rule(i));
      RuleSet set = new RuleSet(rules);
      List<Rule> unreachable = new ArrayList<>();
      for (Rule rule : rules) {
        Rule naive = null;
        for (Rule earlier : rules) {
          boolean before = earlier.number() < rule.number();
          if (naive == null && before && earlier.pattern().covers(rule.pattern())) naive = earlier;
        }
        assertThat(set.shadowOf(rule)).isSameAs(naive);
        List<Rule> together = set.shadowsOf(rule);
        if (naive != null) assertThat(together).containsExactly(naive);
        if (together.size() > 1) byMany++;
        if (!together.isEmpty()) unreachable.add(rule);
      }
      for (int i = 0; i < 100; i++) assertThat(set.match(target())).isNotIn(unreachable);
      shadowed += unreachable.size();
    }
    assertThat(shadowed).isPositive();
    assertThat(byMany).isPositive();
  }

  /** How often a rule was looked at, by the hosts that it was asked for. */
  private final AtomicInteger compared = new AtomicInteger();

  private Rule rule(int number, String host, @Nullable String path, String... methods) {
    HostPattern pattern = HostPattern.parse(host);
    List<HostPattern> hosts =
        new AbstractList<>() {
          @Override
          public HostPattern get(int index) {
            compared.incrementAndGet();
            return pattern;
          }

          @Override
          public int size() {
            return 1;
          }
        };
    return rule(
        number,
        new TargetPattern(
            SchemePattern.SECURE,
            hosts,
            path == null ? List.of() : List.of(PathPattern.parse(path)),
            List.of(methods)));
  }

  private static Rule rule(int number, TargetPattern pattern) {
    return Rule.builder(number, SourcePosition.ofFile("x"), pattern).build();
  }

  /** Ten thousand rules that differ in {@code kind}. */
  private List<Rule> rules(String kind, int count) {
    List<Rule> rules = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      switch (kind) {
        case "path" -> rules.add(rule(i, "a.example", "/v1/resource" + i + "/**"));
        case "host" -> rules.add(rule(i, "host" + i + ".example", "/v1/**"));
        case "suffix" -> rules.add(rule(i, "*.host" + i + ".example", null));
        case "port" -> rules.add(rule(i, "a.example:" + (i + 443), "/v1/**"));
        case "wildcard" -> rules.add(rule(i, "a.example", "/*/resource" + i + "/**/x"));
        default -> throw new IllegalArgumentException(kind);
      }
    }
    return rules;
  }

  private static Target target(String kind, int i) {
    return switch (kind) {
      case "path" -> Target.of("https", "a.example", -1, "/v1/resource" + i + "/x", "GET");
      case "host" -> Target.of("https", "host" + i + ".example", -1, "/v1/x", "GET");
      case "suffix" -> Target.of("https", "x.host" + i + ".example", -1, "/v1/x", "GET");
      case "port" -> Target.of("https", "a.example", i + 443, "/v1/x", "GET");
      default -> Target.of("https", "a.example", -1, "/v1/resource" + i + "/y/x", "GET");
    };
  }

  @ParameterizedTest
  @ValueSource(strings = {"path", "host", "suffix", "port", "wildcard"})
  void tenThousandRulesAreNotTriedInTurn(String kind) {
    List<Rule> rules = rules(kind, 10_000);
    RuleSet set = new RuleSet(rules);
    compared.set(0);
    for (Rule rule : rules) {
      assertThat(set.match(target(kind, rule.number()))).isSameAs(rule);
    }
    assertThat(compared).hasValue(10_000); // The one that matches, and no other.
    compared.set(0);
    for (Rule rule : rules) assertThat(set.shadowOf(rule)).isNull();
    assertThat(compared).hasValueLessThan(40_000);
  }

  /** Rules that nothing but their methods tell apart are the worst: even so, not all with all. */
  @Test
  void findingShadowedRulesTakesNoQuadraticTime() {
    List<Rule> rules = new ArrayList<>();
    for (int i = 1; i <= 10_000; i++) rules.add(rule(i, "a.example", "/x", "M" + i));
    RuleSet set = new RuleSet(rules);
    compared.set(0);
    for (Rule rule : rules) assertThat(set.shadowOf(rule)).isNull();
    assertThat(compared).hasValueLessThan(10_000 * 500);
    rules.replaceAll(rule -> rule(rule.number(), "a.example", "/x", "M" + rule, "N" + rule));
    RuleSet pairs = new RuleSet(rules);
    compared.set(0);
    for (Rule rule : rules) assertThat(pairs.shadowsOf(rule)).isEmpty();
    assertThat(compared).hasValueLessThan(10_000 * 1_000);
  }

  /** A request that no rule is about, and one that a rule is about, cost no garbage at all. */
  @ParameterizedTest
  @ValueSource(strings = {"path", "host", "suffix", "port", "wildcard"})
  void aLookUpCreatesNoObject(String kind) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long self = Thread.currentThread().getId();
    RuleSet set = new RuleSet(rules(kind, 1_000));
    Target[] targets = {
      target(kind, 500),
      target(kind, 2_000), // The host is known, or one label of it.
      Target.of("https", "deep.down.in.another.example", -1, "/v1/x/y/z", "GET"),
      Target.of("https", "a.example", -1, "/v1", "GET"),
      Target.of("https", "a.example", -1, "/v1/resource5000/x/y/z/", "POST"),
      Target.of("https", "a.example", -1, "/v1;x/resource5", "GET"),
    };
    long allocated = -1;
    for (int round = 0; allocated != 0 && round < 20; round++) { // The first ones load classes.
      long before = threads.getThreadAllocatedBytes(self);
      for (int i = 0; i < 1_000; i++) {
        for (Target target : targets) set.match(target);
      }
      allocated = threads.getThreadAllocatedBytes(self) - before;
    }
    assertThat(allocated).isZero();
  }
}
