package dev.authgraft.admin;

import dev.authgraft.client.Target;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Why a target gets what it gets. Needs no secret and prints none. */
public interface Explanation {
  /** Returns what was asked about. */
  Target target();

  /** Returns whether a rule decides, be it that nothing is applied. */
  boolean isMatched();

  /** Returns {@code rule 2 (authgraft.yml:38:5)}, or null if none decides. */
  @Nullable String rule();

  /** Returns the name of the rule's strategy, {@code none} among them, or null without a rule. */
  @Nullable String strategy();

  /** Returns what would be set, the secret redacted, or null if nothing would. */
  @Nullable String applied();

  /** Returns which answers reject what is set, or null if nothing would be. */
  @Nullable String rejectedBy();

  /** Returns whether a credential that the program sets there itself is sent in its place. */
  boolean keepsExisting();

  /** Returns whether nothing is set, because the config only observes. */
  boolean isObserved();

  /** Returns, for each rule before the one that decides, why it does not. */
  List<String> passedOver();

  /** Returns whether the path can be read in two ways, so that it matches no rule with a path. */
  boolean hasAmbiguousPath();

  /** Returns what it is in the path that can be read in two ways, or null. */
  @Nullable String ambiguity();
}
