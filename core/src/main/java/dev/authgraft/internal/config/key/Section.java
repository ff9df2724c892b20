package dev.authgraft.internal.config.key;

import dev.authgraft.internal.util.SourcePosition;
import dev.authgraft.internal.util.Suggestion;
import dev.authgraft.internal.yaml.ConfigNode;
import dev.authgraft.internal.yaml.Problems;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One map of a config while it is read: each key is asked for by its declaration, and {@link
 * #reportUnknownKeys} reports the keys that the map may not have.
 */
public final class Section {
  private final ConfigNode node;
  private final SourcePosition keyPosition;
  private final String title;
  private final Problems problems;
  private PlainTexts texts;
  private final Map<String, Key<?>> asked = new LinkedHashMap<>();

  private final MisspeltKeys misspelt = new MisspeltKeys();

  /**
   * @param title what messages call it: {@code strategy 'kyc'}
   * @param texts writes out the variables of plain texts
   */
  public Section(ConfigNode node, String title, Problems problems, PlainTexts texts) {
    this(node, node.position, title, problems, texts);
  }

  private Section(
      ConfigNode node,
      SourcePosition keyPosition,
      String title,
      Problems problems,
      PlainTexts texts) {
    this.node = node;
    this.keyPosition = keyPosition;
    this.title = title;
    this.problems = problems;
    this.texts = texts;
    if (node.kind != ConfigNode.Kind.MAP) {
      problems.add(node.position, title + " must be a map of keys, not " + node.kindName());
    }
  }

  /** Returns the section behind a name that the user gave, which is one of {@link #entries}. */
  public Section named(ConfigNode.Entry entry, String entryTitle) {
    return new Section(entry.value, entry.position, entryTitle, problems, texts);
  }

  /** Returns the section that {@code item}, an item of a list in this one, is. */
  public Section item(ConfigNode item, String itemTitle) {
    return new Section(item, itemTitle, problems, texts);
  }

  /** Sets what writes out the variables, which is known once {@code vars} are read. */
  public void readBy(PlainTexts other) {
    texts = other;
  }

  /**
   * Reads a map or a list under a misspelt key as the one of {@code keys} that {@link
   * #reportUnknownKeys} will suggest.
   */
  public Section expecting(Keys keys) {
    misspelt.add(node, keys);
    return this;
  }

  /** Returns the value of {@code key}, or null if it is missing, or wrong and reported. */
  public <T> @Nullable T get(Key<T> key) {
    asked.put(key.name(), key);
    T value = key.kind().read(this, key);
    if (key.isRequired() && !has(key) && isMap()) {
      problems.add(keyPosition, title + " has no '" + key + "' (" + key.remedy() + ")");
    }
    return value;
  }

  /** Returns the value of {@code key}, or its default if it is missing, or wrong and reported. */
  public <T> T value(Key<T> key) {
    T value = get(key);
    return value == null ? key.defaultValue() : value;
  }

  /** Returns the texts of {@code key}, none if it is missing. */
  public <T> List<T> values(Key<List<T>> key) {
    List<T> values = get(key);
    return values == null ? Collections.emptyList() : values;
  }

  /** Returns the plain text of {@code key}, or its default if it is missing or wrong. */
  public String text(Key<ConfigNode> key) {
    ConfigNode value = get(key);
    return value == null ? key.written() : value.text;
  }

  public ConfigNode self() {
    return node;
  }

  public boolean isMap() {
    return node.kind == ConfigNode.Kind.MAP;
  }

  public SourcePosition position() {
    return node.position;
  }

  public String title() {
    return title;
  }

  public void problem(SourcePosition position, String text) {
    problems.add(position, text);
  }

  public Problems problems() {
    return problems;
  }

  /** Returns what a problem calls {@code key} of this section. */
  String named(Key<?> key) {
    return "'" + key + "' of " + title;
  }

  /** Returns the position of {@code key}'s value, or of the section where it has none. */
  public SourcePosition positionOf(Key<?> key) {
    ConfigNode value = node.get(key.name());
    return value == null ? node.position : value.position;
  }

  /** Returns the keys and values as they stand, for a section whose keys are names. */
  public Map<String, ConfigNode.Entry> entries() {
    return node.entries;
  }

  /** Returns whether {@code key} has a value, be it right or wrong. */
  public boolean has(Key<?> key) {
    return node(key) != null;
  }

  /** Returns whether the value of {@code key} is a map. */
  public boolean isMap(Key<?> key) {
    ConfigNode value = node(key);
    return value != null && value.kind == ConfigNode.Kind.MAP;
  }

  @Nullable ConfigNode plain(ConfigNode scalar) {
    return texts.plain(scalar);
  }

  @Nullable ConfigNode node(Key<?> key) {
    ConfigNode value = node.get(key.name());
    ConfigNode.Entry meant = value == null ? misspelt.get(key) : null;
    return meant == null ? value : meant.value;
  }

  @Nullable Section below(Key<?> key) {
    ConfigNode value = node(key);
    if (value == null) return null;
    if (value.kind != ConfigNode.Kind.MAP) {
      wrongType(key.name(), value, "a map of keys");
      return null;
    }
    ConfigNode.Entry entry = node.entries.get(key.name());
    if (entry == null) entry = misspelt.get(key);
    SourcePosition position = entry == null ? value.position : entry.position;
    return new Section(value, position, key + " of " + title, problems, texts);
  }

  @Nullable ConfigNode scalar(Key<?> key) {
    ConfigNode value = node(key);
    if (value == null || value.isScalar()) return value;
    wrongType(key.name(), value, "text");
    return null;
  }

  /** Returns the items of {@code key}, one where it is a scalar, none where it is missing. */
  List<ConfigNode> scalars(Key<?> key) {
    ConfigNode value = node(key);
    if (value == null) return Collections.emptyList();
    if (value.isScalar()) return Collections.singletonList(value);
    List<ConfigNode> items = new ArrayList<>();
    if (value.kind != ConfigNode.Kind.LIST) {
      wrongType(key.name(), value, "text or a list");
      return items;
    }
    for (ConfigNode item : value.items) {
      if (item.isScalar()) items.add(item);
      else problems.add(item.position, named(key) + " lists text only");
    }
    if (value.items.isEmpty()) {
      problems.add(value.position, named(key) + " is an empty list (leave it out)");
    }
    return items;
  }

  /** Reports that {@code value}, which stands behind {@code key}, is not what it must be. */
  public void wrongType(String key, ConfigNode value, String expected) {
    problems.add(
        value.position,
        "'" + key + "' of " + title + " must be " + expected + ", not " + value.kindName());
  }

  /**
   * Reports every key that is none of {@code keys}, all of which have been asked for: what a reader
   * declares is what it reads.
   */
  public void reportUnknownKeys(Keys keys) {
    reportUnknownKeys(keys, "");
  }

  /**
   * Does the same.
   *
   * @param otherwise what else a key may need that is like none of them
   */
  public void reportUnknownKeys(Keys keys, String otherwise) {
    Set<Key<?>> read = Collections.newSetFromMap(new IdentityHashMap<>());
    read.addAll(asked.values());
    if (read.size() != keys.names().size() || !read.containsAll(keys.all())) {
      throw new IllegalStateException(
          title + " reads " + asked.keySet() + ", declared are " + keys);
    }
    for (Map.Entry<String, ConfigNode.Entry> entry : node.entries.entrySet()) {
      String key = entry.getKey();
      if (!asked.containsKey(key)) {
        problems.add(
            entry.getValue().position,
            "unknown key '" + key + "' in " + title + remedy(key, keys, otherwise));
      }
    }
  }

  private static String remedy(String key, Keys keys, String otherwise) {
    String holder = keys.holderOf(key);
    if (holder != null) return " (write it within '" + holder + "')";
    String meant = Suggestion.among(key, keys.names());
    return meant.isEmpty() ? Suggestion.amongOrAll(key, keys.names()) + otherwise : meant;
  }
}
