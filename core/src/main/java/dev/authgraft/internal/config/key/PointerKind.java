package dev.authgraft.internal.config.key;

import com.fasterxml.jackson.core.JsonPointer;
import dev.authgraft.internal.yaml.ConfigNode;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A JSON Pointer (RFC 6901), in which variables are written out. */
public final class PointerKind extends Kind<String> {
  public static final PointerKind INSTANCE = new PointerKind();

  private PointerKind() {}

  @Override
  protected @Nullable String read(Section section, Key<String> key) {
    ConfigNode scalar = section.scalar(key);
    ConfigNode node = scalar == null ? null : section.plain(scalar);
    if (node == null) return null;
    try {
      JsonPointer.compile(node.text);
      return node.text;
    } catch (IllegalArgumentException e) {
      section.problem(
          node.position,
          section.named(key)
              + " is not a JSON Pointer (it starts with '/', as /access_token: RFC 6901)");
      return null;
    }
  }

  @Override
  protected String parse(String written) {
    return written;
  }

  @Override
  protected void describe(Map<String, Object> schema, boolean required, Definitions definitions) {
    schema.put("type", TextKind.types(required));
    TextFormat.POINTER.describe(schema);
  }
}
