package dev.authgraft.internal.config.key;

import dev.authgraft.internal.yaml.ConfigNode;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One section or a list of them: the reader gets the value as it is, and tells them apart. */
public final class SectionsKind extends Kind<ConfigNode> {
  private enum Shape {
    ONE,
    LIST,
    ONE_OR_LIST,
    ONE_OR_MORE
  }

  private final Keys keys;
  private final Shape shape;

  private SectionsKind(Keys keys, Shape shape) {
    this.keys = keys;
    this.shape = shape;
  }

  /** Returns one section. */
  public static SectionsKind one(Keys keys) {
    return new SectionsKind(keys, Shape.ONE);
  }

  /** Returns a list of any number of sections. */
  public static SectionsKind list(Keys keys) {
    return new SectionsKind(keys, Shape.LIST);
  }

  /** Returns one section, or a list of any number. */
  public static SectionsKind oneOrList(Keys keys) {
    return new SectionsKind(keys, Shape.ONE_OR_LIST);
  }

  /** Returns one section, or a list of at least one. */
  public static SectionsKind oneOrMore(Keys keys) {
    return new SectionsKind(keys, Shape.ONE_OR_MORE);
  }

  @Override
  protected @Nullable ConfigNode read(Section section, Key<ConfigNode> key) {
    return section.node(key);
  }

  @Override
  protected void describe(Map<String, Object> schema, boolean required, Definitions definitions) {
    Map<String, Object> one = definitions.reference(keys);
    Map<String, Object> list = new LinkedHashMap<>();
    list.put("type", "array");
    if (shape == Shape.ONE_OR_MORE) list.put("minItems", 1);
    list.put("items", one);
    if (shape == Shape.LIST) schema.putAll(list);
    else if (shape == Shape.ONE) schema.put("anyOf", Arrays.asList(one, SectionKind.NOTHING));
    else schema.put("anyOf", Arrays.asList(one, list, SectionKind.NOTHING));
  }

  @Override
  public Below below() {
    return Below.SECTION;
  }

  @Override
  public List<Keys> sections() {
    return Collections.singletonList(keys);
  }
}
