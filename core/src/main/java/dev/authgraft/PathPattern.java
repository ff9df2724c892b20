package dev.authgraft;

import java.util.ArrayList;
import java.util.List;

/**
 * A pattern of path segments: {@code *} is one, {@code **} any number, none included. A trailing
 * slash is an empty last segment, which {@code *} does not match.
 */
final class PathPattern {
  private final String text;
  private final List<String> segments;

  private PathPattern(String text, List<String> segments) {
    this.text = text;
    this.segments = segments;
  }

  /** Returns the pattern that {@code text} reads, or throws with the reason and the remedy. */
  static PathPattern parse(String text) {
    if (!text.startsWith("/")) throw new IllegalArgumentException("must start with '/'");
    if (text.indexOf('?') >= 0 || text.indexOf('#') >= 0) {
      throw new IllegalArgumentException("has no query or fragment (leave it out)");
    }
    List<String> segments = PathSegments.of(text);
    if (segments == null) {
      throw new IllegalArgumentException(
          "must not hold ';', '\\', an encoded slash or dots, or a broken escape");
    }
    for (String segment : segments) {
      if (segment.equals("*") || segment.equals("**")) continue;
      if (segment.indexOf('*') >= 0) {
        throw new IllegalArgumentException(
            "'*' stands for a whole segment, not for a part of one: '" + segment + "'");
      }
      if (segment.indexOf('{') >= 0 || segment.indexOf('}') >= 0) {
        throw new IllegalArgumentException("braces are not supported (write *): '" + segment + "'");
      }
    }
    return new PathPattern(text, withoutRepeats(segments));
  }

  /** Two {@code **} in a row match what one does. */
  private static List<String> withoutRepeats(List<String> segments) {
    List<String> kept = new ArrayList<>();
    for (String segment : segments) {
      boolean repeats =
          segment.equals("**") && !kept.isEmpty() && kept.get(kept.size() - 1).equals("**");
      if (!repeats) kept.add(segment);
    }
    return kept;
  }

  List<String> segments() {
    return segments;
  }

  boolean matches(List<String> path) {
    // One ** is retried at a time, the last one met: enough for segments, and linear in practice.
    int p = 0;
    int s = 0;
    int star = -1;
    int starAt = 0;
    while (s < path.size()) {
      if (p < segments.size() && segments.get(p).equals("**")) {
        star = p++;
        starAt = s;
      } else if (p < segments.size() && matchesOne(segments.get(p), path.get(s))) {
        p++;
        s++;
      } else if (star >= 0) {
        p = star + 1;
        s = ++starAt;
      } else {
        return false;
      }
    }
    while (p < segments.size() && segments.get(p).equals("**")) p++;
    return p == segments.size();
  }

  private static boolean matchesOne(String pattern, String segment) {
    return pattern.equals("*") ? !segment.isEmpty() : pattern.equals(segment);
  }

  /** Returns whether this matches whatever {@code other} matches; false where that is unclear. */
  boolean covers(PathPattern other) {
    return covers(0, other.segments, 0);
  }

  private boolean covers(int i, List<String> other, int j) {
    if (i == segments.size()) return j == other.size();
    if (segments.get(i).equals("**")) {
      return covers(i + 1, other, j) || (j < other.size() && covers(i, other, j + 1));
    }
    if (j == other.size() || other.get(j).equals("**")) return false;
    boolean one =
        segments.get(i).equals("*")
            ? !other.get(j).isEmpty()
            : segments.get(i).equals(other.get(j));
    return one && covers(i + 1, other, j + 1);
  }

  @Override
  public String toString() {
    return text;
  }
}
