package dev.authgraft.testing.fuzz;

import dev.authgraft.testing.fuzz.Grafting.Rule;
import dev.authgraft.testing.fuzz.Grafting.Strategy;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Says what a hop may and must carry. It is written from the documents and shares nothing with the
 * code that it judges: no table, no parser, no pattern.
 */
final class Oracle {
  /** What the program sets itself begins so. */
  static final String OWN = "own-";

  private static final Pattern SECRET = Pattern.compile("canary-[\\w]+-\\w+");

  private final Grafting grafting;

  Oracle(Grafting grafting) {
    this.grafting = grafting;
  }

  /**
   * Returns what is wrong with {@code hop}, or null.
   *
   * @param mayLack whether it is no fault that it carries no credential at all
   */
  @Nullable String complaint(Hop hop, boolean mayLack) {
    Rule rule = ruleFor(hop);
    List<String> secrets =
        SECRET.matcher(hop.toString()).results().map(MatchResult::group).toList();
    Strategy strategy = rule == null ? null : rule.strategy();
    if (strategy == null)
      return secrets.isEmpty() ? null : "carries " + secrets + ", no rule says so";
    List<String> values = strategy.values(hop);
    if (secrets.isEmpty()) {
      boolean hasOwn = values.stream().anyMatch(value -> value.contains(OWN));
      if (mayLack || (hasOwn && !rule.replaces())) return null;
      return "lacks the credential of " + strategy.name() + " for " + rule.yaml().strip();
    }
    if (secrets.size() > 1) return "carries " + secrets + ", one at most is right";
    if (!secrets.get(0).startsWith(strategy.secret())) {
      return "carries " + secrets + ", and not that of " + strategy.name();
    }
    String expected = strategy.prefix() + secrets.get(0);
    return values.equals(List.of(expected))
        ? null
        : "its "
            + strategy.place()
            + " "
            + strategy.field()
            + " is "
            + values
            + ", not "
            + expected;
  }

  /**
   * Returns what is wrong with {@code hop}, whichever of {@code hosts} it was meant for, or null.
   */
  @Nullable String complaintForAnyHost(Hop hop, List<String> hosts) {
    String complaint = null;
    for (String host : hosts) {
      complaint = complaint(hop.withHost(host), true);
      if (complaint == null) return null;
    }
    return complaint;
  }

  @Nullable Rule ruleFor(Hop hop) {
    for (Rule rule : grafting.rules()) {
      if (matches(rule, hop)) return rule;
    }
    return null;
  }

  private static boolean matches(Rule rule, Hop hop) {
    return matchesHost(rule.host(), hop)
        && matchesHttp(rule, host(hop))
        && (rule.methods().isEmpty() || rule.methods().contains(hop.method()))
        && (rule.paths().isEmpty() || rule.paths().stream().anyMatch(p -> matchesPath(p, hop)));
  }

  private static String host(Hop hop) {
    return lowerCase(hop.host());
  }

  private static String lowerCase(String host) {
    String name = host.toLowerCase(Locale.ROOT);
    return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
  }

  /** A pattern without a port means the scheme's own, which none of our servers has. */
  private static boolean matchesHost(String pattern, Hop hop) {
    int colon = pattern.indexOf(':');
    if (colon < 0) return false;
    String port = pattern.substring(colon + 1);
    if (!port.equals("*") && !port.equals(Integer.toString(hop.port()))) return false;
    String name = lowerCase(pattern.substring(0, colon));
    return name.startsWith("*.") ? host(hop).endsWith(name.substring(1)) : host(hop).equals(name);
  }

  private static boolean matchesHttp(Rule rule, String host) {
    if (rule.scheme() != null) return !rule.scheme().equals("https");
    return host.equals("localhost") || host.endsWith(".localhost") || host.startsWith("127.");
  }

  private static boolean matchesPath(String pattern, Hop hop) {
    List<String> path = segments(hop.path());
    return path != null && matches(segments(pattern), path);
  }

  private static boolean matches(List<String> pattern, List<String> path) {
    if (pattern.isEmpty()) return path.isEmpty();
    List<String> rest = pattern.subList(1, pattern.size());
    if (pattern.get(0).equals("**")) {
      for (int i = 0; i <= path.size(); i++) {
        if (matches(rest, path.subList(i, path.size()))) return true;
      }
      return false;
    }
    if (path.isEmpty()) return false;
    boolean matchesFirst =
        pattern.get(0).equals("*") ? !path.get(0).isEmpty() : pattern.get(0).equals(path.get(0));
    return matchesFirst && matches(rest, path.subList(1, path.size()));
  }

  /**
   * Returns the decoded segments without dots, or null for a path that two readers may differ on.
   */
  private static @Nullable List<String> segments(String path) {
    if (path.contains("//") || path.contains(";") || path.contains("\\")) return null;
    List<String> segments = new ArrayList<>();
    List<String> raw = Arrays.asList(path.substring(1).split("/", -1));
    for (int i = 0; i < raw.size(); i++) {
      boolean isLast = i == raw.size() - 1;
      if (raw.get(i).equals(".") || raw.get(i).equals("..")) {
        if (raw.get(i).equals("..") && !segments.isEmpty()) segments.remove(segments.size() - 1);
        if (isLast) segments.add("");
        continue;
      }
      String segment = URLDecoder.decode(raw.get(i).replace("+", "%2B"), StandardCharsets.UTF_8);
      if (segment.matches("\\.\\.?|.*[/\\\\;%].*")) return null;
      segments.add(segment);
    }
    return segments;
  }
}
