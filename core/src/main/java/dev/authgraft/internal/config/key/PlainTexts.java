package dev.authgraft.internal.config.key;

import dev.authgraft.internal.yaml.ConfigNode;
import org.jspecify.annotations.Nullable;

/** Writes out the variables in texts that are no secret. */
@FunctionalInterface
public interface PlainTexts {
  /** Returns texts as they are, where there are no variables. */
  static PlainTexts unchanged() {
    return scalar -> scalar;
  }

  /**
   * Returns {@code scalar} with its variables written out; or null, with a problem reported, if it
   * holds another placeholder: what it says is shown, so it must be no secret.
   */
  @Nullable ConfigNode plain(ConfigNode scalar);
}
