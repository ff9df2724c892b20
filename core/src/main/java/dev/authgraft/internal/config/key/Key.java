package dev.authgraft.internal.config.key;

import dev.authgraft.internal.util.HttpToken;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The declaration of one key: its name, the kind of its value, whether messages may show the value,
 * its default, and a sentence for people. The reader of its section, the redaction of config lines
 * and the JSON Schema all use it. Immutable.
 *
 * <p>The value of a key may be a secret, and is hidden, unless the declaration says otherwise.
 *
 * @param <T> what a reader gets
 */
public final class Key<T> {
  /** Whether a problem may show the value of a key. */
  private enum Display {
    /** Never: the value may be a secret. */
    HIDDEN,
    /** Unless it looks as if it carried a user, a password or a query. */
    SHOWN,
    /** Only if it is a token of RFC 9110: anything else may be a whole header. */
    NAME,
    /** Only if it starts as a JSON Pointer: anything else may be the token itself. */
    POINTER
  }

  private final String name;
  private final Kind<T> kind;
  private final String sentence;
  private Display display = Display.HIDDEN;
  private @Nullable String remedy;
  private @Nullable String written;
  private boolean namesFile;
  private boolean takesStrayKeys = true;

  private Key(String name, Kind<T> kind, String sentence) {
    this.name = name;
    this.kind = kind;
    this.sentence = sentence;
  }

  /**
   * Returns an optional key.
   *
   * @param sentence what the schema and an editor say of it; reference.yml has the same words
   */
  public static <T> Key<T> of(String name, Kind<T> kind, String sentence) {
    return new Key<>(name, kind, sentence);
  }

  /** Returns a key whose value is a duration of more than nothing. */
  public static Key<Duration> duration(String name, String sentence) {
    return of(name, DurationKind.POSITIVE, sentence);
  }

  /** Returns a key that holds one section. */
  public static Key<Section> section(String name, Keys keys, String sentence) {
    return of(name, new SectionKind(keys), sentence);
  }

  private Key<T> with(Consumer<Key<T>> change) {
    Key<T> copy = new Key<>(name, kind, sentence);
    copy.display = display;
    copy.remedy = remedy;
    copy.written = written;
    copy.namesFile = namesFile;
    copy.takesStrayKeys = takesStrayKeys;
    change.accept(copy);
    return copy;
  }

  /** Returns this key, whose value is no secret. */
  public Key<T> shown() {
    return with(key -> key.display = Display.SHOWN);
  }

  /** Returns this key, whose value is the name of a header, a cookie or a parameter. */
  public Key<T> shownIfName() {
    return with(key -> key.display = Display.NAME);
  }

  /** Returns this key, whose value is a JSON Pointer. */
  public Key<T> shownIfPointer() {
    return with(key -> key.display = Display.POINTER);
  }

  /**
   * Returns this key, without which its section is wrong.
   *
   * @param remedy what to write, for the message: {@code write ${env:NAME}}
   */
  public Key<T> required(String remedy) {
    return with(key -> key.remedy = remedy);
  }

  /** Returns this key with a default, written as in a config. */
  public Key<T> byDefault(String value) {
    return with(key -> key.written = value);
  }

  /**
   * Returns this key, whose value names a file or a program, relative to the config's directory.
   */
  public Key<T> namingFile() {
    return with(key -> key.namesFile = true);
  }

  /**
   * Returns this key, whose section is not suggested to somebody who writes one of its keys beside
   * it: another section has keys of the same names, or no one is meant more than the other.
   */
  public Key<T> withoutStrayKeys() {
    return with(key -> key.takesStrayKeys = false);
  }

  public String name() {
    return name;
  }

  public Kind<T> kind() {
    return kind;
  }

  public boolean isRequired() {
    return remedy != null;
  }

  @Nullable String remedy() {
    return remedy;
  }

  public boolean namesFile() {
    return namesFile;
  }

  /** Returns the sections that a value of this key consists of, or that its entries are. */
  public List<Keys> sections() {
    return kind.sections();
  }

  /** Returns whether {@code stray}, written beside this key, belongs into its section. */
  boolean takes(String stray) {
    return takesStrayKeys
        && kind.below() == Kind.Below.SECTION
        && kind.sections().stream().anyMatch(keys -> keys.get(stray) != null);
  }

  /** Returns the default as it is written in a config. */
  public String written() {
    if (written == null) throw new IllegalStateException(name + " has no default");
    return written;
  }

  /** Returns the default as it is written in a config, or {@code other} if there is none. */
  public String writtenOr(String other) {
    return written == null ? other : written;
  }

  /** Returns the default as a reader gets it. */
  public T defaultValue() {
    return kind.parse(written());
  }

  /** Returns whether {@code value} is known to be no secret. */
  public boolean shows(String value) {
    if (display == Display.HIDDEN || value.indexOf('@') >= 0 || value.indexOf('?') >= 0) {
      return false;
    }
    if (display == Display.NAME) return HttpToken.isToken(value);
    return display != Display.POINTER || value.startsWith("/");
  }

  /** Returns the schema of a value. */
  Map<String, Object> schema(Definitions definitions) {
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("description", sentence);
    kind.describe(schema, isRequired(), definitions);
    if (written != null) schema.put("default", kind.json(written));
    return schema;
  }

  @Override
  public String toString() {
    return name;
  }
}
