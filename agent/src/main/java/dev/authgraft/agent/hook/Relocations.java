package dev.authgraft.agent.hook;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The packages that the config lists under {@code agent: relocated}: libraries carry copies of a
 * client there. Safe for use by several threads.
 */
public final class Relocations {
  /** The packages, each with a dot at its end; null until the config has been read. */
  private volatile @Nullable List<String> prefixes;

  /** Sets the packages that the config lists; returns false if they are the same as before. */
  boolean set(List<String> packages) {
    List<String> named = new ArrayList<>();
    for (String name : packages) named.add(name + ".");
    if (named.equals(prefixes)) return false;
    prefixes = Collections.unmodifiableList(named);
    return true;
  }

  boolean isKnown() {
    return prefixes != null;
  }

  /** Returns whether classes whose names begin with {@code prefix} are to be served. */
  boolean contains(String prefix) {
    return prefixes().contains(prefix);
  }

  /** Returns the prefixes, {@code first} before the others. */
  List<String> startingWith(String first) {
    List<String> ordered = new ArrayList<>(prefixes());
    ordered.remove(first);
    ordered.add(0, first);
    return ordered;
  }

  private List<String> prefixes() {
    List<String> known = prefixes;
    return known == null ? Collections.<String>emptyList() : known;
  }
}
