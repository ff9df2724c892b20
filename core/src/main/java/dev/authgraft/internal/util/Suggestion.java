package dev.authgraft.internal.util;

import java.util.Collection;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What somebody who wrote an unknown name may have meant. */
public final class Suggestion {
  private static final int LONGEST = 100;

  private Suggestion() {}

  /** Returns {@code " (did you mean 'x'?)"}, or nothing where no name is near. */
  public static String among(String written, Collection<String> names) {
    String nearest = nearest(written, names);
    return nearest == null ? "" : " (did you mean '" + nearest + "'?)";
  }

  /** Returns the same, or all the names where none is near. */
  public static String amongOrAll(String written, Collection<String> names) {
    String suggestion = among(written, names);
    if (!suggestion.isEmpty() || names.isEmpty()) return suggestion;
    return " (known here: " + String.join(", ", names) + ")";
  }

  /** Returns the one of {@code names} that was likely meant, or null where none is near. */
  public static @Nullable String nearest(String written, Collection<String> names) {
    if (written.length() > LONGEST) return null; // It is too long for a name.
    String wanted = plain(written);
    int best = 1 + Math.max(1, wanted.length() / 3);
    String nearest = null;
    for (String name : names) {
      if (Math.abs(name.length() - wanted.length()) >= best) continue;
      int distance = distance(wanted, plain(name));
      if (distance < best) {
        best = distance;
        nearest = name;
      }
    }
    return nearest;
  }

  private static String plain(String name) {
    return name.toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Returns the optimal string alignment distance: a swap of neighbours counts as one. */
  private static int distance(String a, String b) {
    int[][] d = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) d[i][0] = i;
    for (int j = 0; j <= b.length(); j++) d[0][j] = j;
    for (int i = 1; i <= a.length(); i++) {
      for (int j = 1; j <= b.length(); j++) {
        int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        d[i][j] = Math.min(Math.min(d[i - 1][j], d[i][j - 1]) + 1, d[i - 1][j - 1] + change);
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
        }
      }
    }
    return d[a.length()][b.length()];
  }
}
