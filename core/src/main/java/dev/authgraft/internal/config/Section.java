package dev.authgraft.internal.config;

import dev.authgraft.internal.util.Durations;
import dev.authgraft.internal.util.SourcePosition;
import dev.authgraft.internal.util.Suggestion;
import dev.authgraft.internal.yaml.ConfigNode;
import dev.authgraft.internal.yaml.Problems;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One map of a config while it is read: each key is asked for by the type it must have, and {@link
 * #end} reports the keys that it may not have.
 */
final class Section {
  private final ConfigNode node;
  private final SourcePosition home;
  private final String title;
  private final Problems problems;
  private final Set<String> asked = new LinkedHashSet<>();

  /** The entries of misspelt keys, by the key that each is read as. */
  private final Map<String, ConfigNode.Entry> misspelt = new HashMap<>();

  /**
   * @param title what messages call it: {@code strategy 'kyc'}
   */
  Section(ConfigNode node, String title, Problems problems) {
    this(node, node.place, title, problems);
  }

  private Section(ConfigNode node, SourcePosition home, String title, Problems problems) {
    this.node = node;
    this.home = home;
    this.title = title;
    this.problems = problems;
    if (node.kind != ConfigNode.Kind.MAP) {
      problems.add(node.place, title + " must be a map of keys, not " + node.kindName());
    }
  }

  /** Returns a section that stands behind a key. */
  static Section of(ConfigNode.Entry entry, String title, Problems problems) {
    return new Section(entry.value, entry.place, title, problems);
  }

  /**
   * Reads a map or a list under a misspelt key as the one of {@code keys} that {@link #end} will
   * suggest, so that the mistakes in it are reported together with the key. A scalar is not read: a
   * second problem at the same value would say nothing new.
   */
  Section expecting(Keys keys) {
    for (Map.Entry<String, ConfigNode.Entry> entry : node.entries.entrySet()) {
      String written = entry.getKey();
      ConfigNode value = entry.getValue().value;
      boolean container = value.kind == ConfigNode.Kind.MAP || value.kind == ConfigNode.Kind.LIST;
      if (!container || keys.names().contains(written) || keys.holderOf(written) != null) continue;
      String meant = Suggestion.nearest(written, keys.names());
      if (meant != null && !node.entries.containsKey(meant)) {
        misspelt.putIfAbsent(meant, entry.getValue());
      }
    }
    return this;
  }

  ConfigNode self() {
    return node;
  }

  SourcePosition place() {
    return node.place;
  }

  /** Returns the place of the key that it stands behind: what it lacks is said there. */
  SourcePosition home() {
    return home;
  }

  String title() {
    return title;
  }

  void problem(SourcePosition place, String text) {
    problems.add(place, text);
  }

  /** Returns the place of {@code key}'s value, or of the section where it has none. */
  SourcePosition placeOf(String key) {
    ConfigNode value = node.get(key);
    return value == null ? node.place : value.place;
  }

  Problems problems() {
    return problems;
  }

  /** Returns the keys and values as they stand, for a section whose keys are names. */
  Map<String, ConfigNode.Entry> entries() {
    return node.entries;
  }

  @Nullable ConfigNode node(String key) {
    asked.add(key);
    ConfigNode value = node.get(key);
    ConfigNode.Entry meant = value == null ? misspelt.get(key) : null;
    return meant == null ? value : meant.value;
  }

  @Nullable Section section(String key) {
    ConfigNode value = node(key);
    if (value == null) return null;
    if (value.kind != ConfigNode.Kind.MAP) {
      wrongType(key, value, "a map of keys");
      return null;
    }
    ConfigNode.Entry entry = node.entries.getOrDefault(key, misspelt.get(key));
    SourcePosition home = entry == null ? value.place : entry.place;
    return new Section(value, home, key + " of " + title, problems);
  }

  @Nullable ConfigNode scalar(String key) {
    ConfigNode value = node(key);
    if (value == null || value.isScalar()) return value;
    wrongType(key, value, "text");
    return null;
  }

  /** Returns the scalar of {@code key}; a missing one is a problem. */
  @Nullable ConfigNode required(String key, String remedy) {
    ConfigNode value = scalar(key);
    if (value == null && node(key) == null && node.kind == ConfigNode.Kind.MAP) {
      problems.add(home, title + " has no '" + key + "' (" + remedy + ")");
    }
    return value;
  }

  /** Returns the items of {@code key}, one where it is a scalar, none where it is missing. */
  List<ConfigNode> scalars(String key) {
    ConfigNode value = node(key);
    if (value == null) return Collections.emptyList();
    if (value.isScalar()) return Collections.singletonList(value);
    List<ConfigNode> items = new ArrayList<>();
    if (value.kind != ConfigNode.Kind.LIST) {
      wrongType(key, value, "text or a list");
      return items;
    }
    for (ConfigNode item : value.items) {
      if (item.isScalar()) items.add(item);
      else problems.add(item.place, "'" + key + "' of " + title + " lists text only");
    }
    if (value.items.isEmpty()) {
      problems.add(value.place, "'" + key + "' of " + title + " is an empty list (leave it out)");
    }
    return items;
  }

  boolean bool(String key, boolean fallback) {
    ConfigNode value = node(key);
    if (value == null) return fallback;
    if (value.kind == ConfigNode.Kind.BOOLEAN) return value.text.equalsIgnoreCase("true");
    wrongType(key, value, "true or false");
    return fallback;
  }

  @Nullable Duration duration(String key) {
    return duration(key, false);
  }

  /** Returns the duration {@code key}, which may be none at all. */
  Duration durationOrNone(String key, Duration fallback) {
    Duration duration = duration(key, true);
    return duration == null ? fallback : duration;
  }

  private @Nullable Duration duration(String key, boolean mayBeZero) {
    ConfigNode value = scalar(key);
    if (value == null) return null;
    Duration duration = Durations.parse(value.text);
    if (duration == null) {
      problems.add(
          value.place,
          "'"
              + key
              + "' of "
              + title
              + " is not a duration: "
              + value.text
              + " (write 500ms, 30s, 2h45m or ISO-8601)");
      return null;
    }
    if (mayBeZero && duration.isZero()) return duration;
    if (duration.isZero() || duration.isNegative()) {
      problems.add(value.place, key + " must be positive: " + value.text + " (" + title + ")");
      return null;
    }
    return duration;
  }

  Duration duration(String key, Duration fallback) {
    Duration duration = duration(key);
    return duration == null ? fallback : duration;
  }

  /** Returns the index of {@code key}'s text in {@code choices}, 0 where it is missing or wrong. */
  int choice(String key, String... choices) {
    return choice(key, scalar(key), choices);
  }

  /** Does the same for what the text of {@code key} stands for. */
  int choice(String key, @Nullable ConfigNode value, String... choices) {
    if (value == null) return 0;
    int index = Arrays.asList(choices).indexOf(value.text);
    if (index >= 0) return index;
    problems.add(
        value.place,
        "'"
            + key
            + "' of "
            + title
            + " is '"
            + value.text
            + "'; it can be "
            + String.join(", ", choices)
            + Suggestion.among(value.text, Arrays.asList(choices)));
    return 0;
  }

  void wrongType(String key, ConfigNode value, String expected) {
    problems.add(
        value.place,
        "'" + key + "' of " + title + " must be " + expected + ", not " + value.kindName());
  }

  /**
   * Reports every key that is none of {@code keys}, all of which have been asked for: what a reader
   * declares is what it reads.
   */
  void end(Keys keys) {
    end(keys, "");
  }

  /**
   * Does the same.
   *
   * @param otherwise what else a key may need that is like none of them
   */
  void end(Keys keys, String otherwise) {
    if (!keys.names().containsAll(asked) || asked.size() != keys.names().size()) {
      throw new IllegalStateException(title + " reads " + asked + ", declared are " + keys);
    }
    for (Map.Entry<String, ConfigNode.Entry> entry : node.entries.entrySet()) {
      if (asked.contains(entry.getKey())) continue;
      String unknown = "unknown key '" + entry.getKey() + "' in " + title;
      String holder = keys.holderOf(entry.getKey());
      String meant =
          holder == null
              ? Suggestion.among(entry.getKey(), keys.names())
              : " (write it within '" + holder + "')";
      String remedy =
          meant.isEmpty() ? Suggestion.amongOrAll(entry.getKey(), keys.names()) + otherwise : meant;
      problems.add(entry.getValue().place, unknown + remedy);
    }
  }
}
