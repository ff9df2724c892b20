package dev.authgraft.admin;

import dev.authgraft.client.Target;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Explains which rule decides about a target and which credential it applies. Needs no secret and
 * prints none. Immutable.
 */
public interface Explanation {
  /** Returns the target that was asked about. */
  Target target();

  /** Returns whether a rule decides, even one that applies no credential. */
  boolean isMatched();

  /** Returns {@code rule 2 (authgraft.yml:38:5)}, or null if none decides. */
  @Nullable String rule();

  /** Returns the name of the rule's strategy, {@code none} among them, or null without a rule. */
  @Nullable String strategy();

  /**
   * Returns the header, parameter or cookie that would be set, the secret redacted, or null if none
   * would.
   */
  @Nullable String applied();

  /** Returns which answers reject the credential, or null if none would be set. */
  @Nullable String rejectedBy();

  /** Returns whether a credential that the program sets itself is kept ({@code existing: keep}). */
  boolean keepsExisting();

  /** Returns whether nothing is set, because the config only observes. */
  boolean isObserved();

  /** Returns, for each rule before the one that decides, why it does not. */
  List<String> passedOver();

  /**
   * Returns the part of the path that can be read in two ways, so that the path matches no rule
   * with a path; null if there is none.
   */
  @Nullable String ambiguity();
}
