package dev.authgraft.internal.match;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A pattern of path segments: {@code *} is one, {@code **} any number, none included. A trailing
 * slash is an empty last segment, which {@code *} does not match.
 */
public final class PathPattern {
  private final String text;
  private final List<String> segments;

  private PathPattern(String text, List<String> segments) {
    this.text = text;
    this.segments = segments;
  }

  /** Returns the pattern that {@code text} reads, or throws with the reason and the remedy. */
  public static PathPattern parse(String text) {
    if (!text.startsWith("/")) throw new IllegalArgumentException("must start with '/'");
    if (text.indexOf('?') >= 0 || text.indexOf('#') >= 0) {
      throw new IllegalArgumentException("has no query or fragment (leave it out)");
    }
    List<String> segments = PathSegments.once(text);
    if (segments == null) {
      throw new IllegalArgumentException(
          "must not hold ';', '\\', an encoded slash or dots, or a broken escape");
    }
    for (String segment : segments) {
      if (segment.equals("*") || segment.equals("**")) continue;
      if (segment.indexOf('*') >= 0) {
        throw new PatternException(
            "may hold '*' as a whole segment only, not as a part of ", segment, "");
      }
      if (segment.indexOf('{') >= 0 || segment.indexOf('}') >= 0) {
        throw new PatternException("may hold no braces (write * for ", segment, ")");
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

  /** Returns the pattern as a path in the form of {@link PathSegments#canonical}. */
  public String canonical() {
    return "/" + String.join("/", segments);
  }

  public List<String> segments() {
    return segments;
  }

  /** Returns why no request matches: its path could be read in two ways; null if one can. */
  public @Nullable String ambiguity() {
    return PathAmbiguity.ofPattern(segments);
  }

  public boolean matches(List<String> path) {
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
  public boolean covers(PathPattern other) {
    // covered[j]: whether the segments from i on cover those of the other from j on. By rows:
    // trying
    // each way for each ** would take time that doubles with every one.
    int length = other.segments.size();
    boolean[] covered = new boolean[length + 1];
    covered[length] = true;
    for (int i = segments.size() - 1; i >= 0; i--) {
      boolean[] row = new boolean[length + 1];
      String segment = segments.get(i);
      boolean any = segment.equals("**");
      for (int j = length; j >= 0; j--) {
        row[j] =
            any
                ? covered[j] || (j < length && row[j + 1])
                : j < length && coversOne(segment, other.segments.get(j)) && covered[j + 1];
      }
      covered = row;
    }
    return covered[0];
  }

  private static boolean coversOne(String pattern, String other) {
    return !other.equals("**") && matchesOne(pattern, other);
  }

  @Override
  public String toString() {
    return text;
  }
}
