package dev.authgraft.internal.config;

import dev.authgraft.internal.util.HttpToken;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** The declaration of one key: whether its value may be shown, and what may stand below it. */
final class Key {
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

  /** What a map behind a key has as keys. */
  private enum Below {
    NOTHING,
    /** Keys that are declared. */
    SECTION,
    /** Names that the user gives, each with a map of declared keys. */
    NAMED_SECTIONS,
    /** Names that are not ours, as the fields of a form. */
    FOREIGN_NAMES
  }

  final String name;
  private final Display display;
  private final Below below;
  private final List<Keys> sections;
  final boolean required;

  private Key(String name, Display display, Below below, List<Keys> sections, boolean required) {
    this.name = name;
    this.display = display;
    this.below = below;
    this.sections = sections;
    this.required = required;
  }

  /** Returns a key whose value may be a secret. */
  static Key hidden(String name) {
    return value(name, Display.HIDDEN);
  }

  /** Returns a key whose value is no secret. */
  static Key shown(String name) {
    return value(name, Display.SHOWN);
  }

  /** Returns a key whose value is the name of a header, a cookie or a parameter. */
  static Key name(String name) {
    return value(name, Display.NAME);
  }

  /** Returns a key whose value is a JSON Pointer. */
  static Key pointer(String name) {
    return value(name, Display.POINTER);
  }

  /** Returns a key behind which a map, or a list of maps, has the keys of {@code section}. */
  static Key section(String name, Keys section) {
    return new Key(name, Display.HIDDEN, Below.SECTION, Collections.singletonList(section), false);
  }

  /** Returns a key whose map has names as keys, each with one of {@code sections}. */
  static Key named(String name, Keys... sections) {
    return new Key(name, Display.HIDDEN, Below.NAMED_SECTIONS, Arrays.asList(sections), false);
  }

  /** Returns a key whose map has names that are not ours, with values that may be secrets. */
  static Key foreign(String name) {
    return new Key(name, Display.HIDDEN, Below.FOREIGN_NAMES, Collections.emptyList(), false);
  }

  private static Key value(String name, Display display) {
    return new Key(name, display, Below.NOTHING, Collections.emptyList(), false);
  }

  /** Returns the same key, without which its section is wrong. */
  Key required() {
    return new Key(name, display, below, sections, true);
  }

  /** Returns the same key, of which text in the place of its map may be shown. */
  Key orShownText() {
    return new Key(name, Display.SHOWN, below, sections, required);
  }

  /** Returns the declarations of the maps below, in no order that means anything. */
  List<Keys> sections() {
    return sections;
  }

  boolean holdsNamedSections() {
    return below == Below.NAMED_SECTIONS;
  }

  boolean holdsForeignNames() {
    return below == Below.FOREIGN_NAMES;
  }

  /** Returns whether {@code value} is known to be no secret. */
  boolean shows(String value) {
    if (display == Display.HIDDEN || value.indexOf('@') >= 0 || value.indexOf('?') >= 0) {
      return false;
    }
    if (display == Display.NAME) return HttpToken.isToken(value);
    return display != Display.POINTER || value.startsWith("/");
  }
}
