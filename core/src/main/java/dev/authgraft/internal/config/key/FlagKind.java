package dev.authgraft.internal.config.key;

import dev.authgraft.internal.yaml.ConfigNode;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code true} or {@code false}. */
public final class FlagKind extends Kind<Boolean> {
  public static final FlagKind INSTANCE = new FlagKind();

  private FlagKind() {}

  @Override
  protected @Nullable Boolean read(Section section, Key<Boolean> key) {
    ConfigNode value = section.node(key);
    if (value == null) return null;
    if (value.kind == ConfigNode.Kind.BOOLEAN) return parse(value.text);
    section.wrongType(key.name(), value, "true or false");
    return null;
  }

  @Override
  protected Boolean parse(String written) {
    return written.equalsIgnoreCase("true");
  }

  @Override
  protected Object json(String written) {
    return parse(written);
  }

  @Override
  protected void describe(Map<String, Object> schema, boolean required, Definitions definitions) {
    schema.put("type", Arrays.asList("boolean", "null"));
  }
}
