package dev.authgraft.internal.config.key;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A kind of values: how one is read, and how the JSON Schema describes it. Immutable.
 *
 * @param <T> what a reader gets
 */
public abstract class Kind<T> {
  /** What a map behind a key has as keys. */
  public enum Below {
    NOTHING,
    /** Keys that are declared. */
    SECTION,
    /** Names that the user gives, each with a map of declared keys. */
    NAMED_SECTIONS,
    /** Names that are not ours, as the fields of a form. */
    FOREIGN_NAMES
  }

  /** Returns the value of {@code key}, or null if it is missing, or wrong and reported. */
  protected abstract @Nullable T read(Section section, Key<T> key);

  /** Returns the value that a default, which is right, stands for. */
  protected T parse(String written) {
    throw new IllegalStateException(getClass() + " has no default: " + written);
  }

  /** Returns a default as a value of JSON: text, a number or a boolean. */
  protected Object json(String written) {
    return written;
  }

  /**
   * Adds the keywords that describe a value.
   *
   * @param required whether the value cannot be left empty
   */
  protected abstract void describe(
      Map<String, Object> schema, boolean required, Definitions definitions);

  public Below below() {
    return Below.NOTHING;
  }

  /** Returns the sections of {@link #below}, in no order that means anything. */
  public List<Keys> sections() {
    return Collections.emptyList();
  }
}
