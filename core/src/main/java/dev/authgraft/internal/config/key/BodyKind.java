package dev.authgraft.internal.config.key;

import dev.authgraft.internal.yaml.ConfigNode;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The content of a request, whose keys are the server's: its reader decides what can stand. */
public final class BodyKind extends Kind<ConfigNode> {
  /** Any document. */
  public static final BodyKind JSON = new BodyKind();

  /** A map of texts. */
  public static final BodyKind FORM = new BodyKind();

  private BodyKind() {}

  @Override
  protected @Nullable ConfigNode read(Section section, Key<ConfigNode> key) {
    return section.node(key);
  }

  @Override
  protected void describe(Map<String, Object> schema, boolean required, Definitions definitions) {
    if (this == FORM) NamesKind.describe(schema, null, TextFormat.STEP_TEMPLATE);
  }

  @Override
  public Below below() {
    return Below.FOREIGN_NAMES;
  }
}
