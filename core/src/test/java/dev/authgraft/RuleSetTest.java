package dev.authgraft;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The index finds what trying every rule in turn finds. */
@Timeout(60)
final class RuleSetTest {
  private static final String[] HOSTS = {
    "a.example", "*.example", "*.a.example", "b.a.example", "c.example:8443", "a.example:*", "*.com"
  };
  private static final String[] NAMES = {
    "a.example", "b.a.example", "c.example", "x.com", "example", "d.example"
  };
  private static final String[] SEGMENTS = {"x", "y", "*", "**"};
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
    List<HostPattern> hosts = new ArrayList<>();
    for (int i = random.nextInt(2); i >= 0; i--) hosts.add(HostPattern.parse(any(HOSTS)));
    List<PathPattern> paths = new ArrayList<>();
    for (int i = random.nextInt(3); i > 0; i--) paths.add(PathPattern.parse(path(4)));
    List<String> methods = random.nextInt(3) == 0 ? List.of(any(METHODS)) : List.of();
    return new Rule(
        number,
        Place.ofFile("x"),
        any(Rule.Scheme.values()),
        hosts,
        paths,
        methods,
        null,
        false,
        false);
  }

  private Target target() {
    return Target.of(
        random.nextInt(4) == 0 ? "http" : "https",
        any(NAMES),
        random.nextInt(4) == 0 ? 8443 : -1,
        random.nextInt(20) == 0 ? "/x/%2e" : path(2),
        any(METHODS));
  }

  @Test
  void theIndexDecidesAsTheListWould() {
    for (int round = 0; round < 2_000; round++) {
      List<Rule> rules = new ArrayList<>();
      for (int i = 1; i <= 1 + random.nextInt(12); i++) rules.add(rule(i));
      RuleSet set = new RuleSet(rules);
      for (int i = 0; i < 30; i++) {
        Target target = target();
        List<String> path = PathSegments.of(target.path());
        Rule expected = null;
        for (Rule rule : rules) {
          if (expected == null && rule.mismatch(target, path) == null) expected = rule;
        }
        assertThat(set.match(target)).as("%s", target).isSameAs(expected);
      }
    }
  }

  @Test
  void aRuleThatIsSaidToBeShadowedIsNeverReached() {
    int shadowed = 0;
    for (int round = 0; round < 300; round++) {
      List<Rule> rules = new ArrayList<>();
      for (int i = 1; i <= 8; i++) rules.add(rule(i));
      RuleSet set = new RuleSet(rules);
      List<Rule> unreachable = new ArrayList<>();
      for (Rule rule : rules) {
        Rule naive = null;
        for (Rule earlier : rules) {
          boolean before = earlier.number() < rule.number();
          if (naive == null && before && earlier.covers(rule)) naive = earlier;
        }
        assertThat(set.shadowOf(rule)).isSameAs(naive);
        if (naive != null) unreachable.add(rule);
      }
      for (int i = 0; i < 100; i++) assertThat(set.match(target())).isNotIn(unreachable);
      shadowed += unreachable.size();
    }
    assertThat(shadowed).isPositive();
  }

  @Test
  void tenThousandRulesAreNotTriedInTurn() {
    PathTrie trie = new PathTrie();
    List<Rule> rules = new ArrayList<>();
    for (int i = 1; i <= 10_000; i++) {
      PathPattern path = PathPattern.parse("/v1/resource" + i + "/**");
      Rule rule =
          new Rule(
              i,
              Place.ofFile("x"),
              Rule.Scheme.SECURE,
              List.of(HostPattern.parse("a.example")),
              List.of(path),
              List.of(),
              null,
              false,
              false);
      rules.add(rule);
      trie.add(rule, path);
    }
    List<Rule> tried = new ArrayList<>();
    Rule found = trie.first(List.of("v1", "resource10000", "x"), tried::add, null);
    assertThat(found).isSameAs(rules.get(9_999));
    assertThat(tried).containsExactly(found);
    RuleSet set = new RuleSet(rules);
    for (Rule rule : rules) assertThat(set.shadowOf(rule)).isNull();
  }
}
