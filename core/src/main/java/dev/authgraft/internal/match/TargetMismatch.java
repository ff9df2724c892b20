package dev.authgraft.internal.match;

import dev.authgraft.client.Target;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Explains to the author of a config why a pattern does not match a target. */
final class TargetMismatch {
  /** A rule may have hundreds of hosts; a message lists this many. */
  private static final int MOST_LISTED = 4;

  private final TargetPattern pattern;
  private final Target target;

  TargetMismatch(TargetPattern pattern, Target target) {
    this.pattern = pattern;
    this.target = target;
  }

  /**
   * Returns the reason, or null if the pattern matches.
   *
   * @param path the target's segments, or null if they are ambiguous
   */
  @Nullable String reason(@Nullable List<String> path) {
    if (!pattern.matchesHost(target)) return host();
    SchemePattern scheme = pattern.scheme();
    if (!scheme.matches(target)) {
      return "the scheme is "
          + target.scheme()
          + (scheme == SchemePattern.SECURE
              ? "; the rule says nothing of it, so it means https"
              : "");
    }
    if (!pattern.matchesMethod(target)) {
      return "the method is " + target.method() + ", not " + either(pattern.methods());
    }
    if (pattern.paths().isEmpty()) return null;
    if (path == null) return "the path can be read in two ways";
    for (PathPattern own : pattern.paths()) {
      if (own.matches(path)) return null;
    }
    return "the path is not " + either(pattern.paths());
  }

  private String host() {
    for (HostPattern host : pattern.hosts()) {
      if (host.matchesHost(target.host())) {
        return "the port is " + target.port() + ", which '" + host + "' does not mean";
      }
    }
    return "the host is not " + either(pattern.hosts());
  }

  private static String either(List<?> items) {
    StringBuilder text = new StringBuilder();
    int listed = items.size() > MOST_LISTED ? MOST_LISTED - 1 : items.size();
    for (int i = 0; i < listed; i++) {
      text.append(i == 0 ? "" : i == items.size() - 1 ? " or " : ", ").append(items.get(i));
    }
    if (listed < items.size()) {
      text.append(" or one of ").append(items.size() - listed).append(" more");
    }
    return text.toString();
  }
}
