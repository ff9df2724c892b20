package dev.authgraft.internal.config.key;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One section. */
final class SectionKind extends Kind<Section> {
  static final Map<String, Object> NOTHING = Collections.singletonMap("type", "null");

  private final Keys keys;

  SectionKind(Keys keys) {
    this.keys = keys;
  }

  @Override
  protected @Nullable Section read(Section section, Key<Section> key) {
    return section.below(key);
  }

  @Override
  protected void describe(Map<String, Object> schema, boolean required, Definitions definitions) {
    Map<String, Object> reference = definitions.reference(keys);
    if (required) schema.putAll(reference);
    else schema.put("anyOf", Arrays.asList(reference, NOTHING));
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
