package dev.authgraft;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Why a target gets what it gets. Needs no secret and prints none. */
public final class Explanation {
  private final Target target;
  private final @Nullable Rule rule;
  private final List<String> passedOver;
  private final @Nullable String ambiguity;
  private final boolean observed;

  Explanation(Target target, Config config) {
    RuleSet rules = config.rules();
    this.target = target;
    this.rule = rules.match(target);
    this.observed = config.observation() != null;
    List<String> path = PathSegments.of(target.path());
    this.ambiguity = PathAmbiguity.of(target.path());
    List<String> reasons = new ArrayList<>();
    for (Rule candidate : rules.rules()) {
      if (candidate == rule) break;
      reasons.add(candidate + ": " + candidate.mismatch(target, path));
    }
    this.passedOver = Collections.unmodifiableList(reasons);
  }

  /** Returns what was asked about. */
  public Target target() {
    return target;
  }

  /** Returns whether a rule decides, be it that nothing is applied. */
  public boolean isMatched() {
    return rule != null;
  }

  /** Returns {@code rule 2 (authgraft.yml:38:5)}, or null if none decides. */
  public @Nullable String rule() {
    return rule == null ? null : rule.toString();
  }

  /** Returns the name of the rule's strategy, {@code none} among them, or null without a rule. */
  public @Nullable String strategy() {
    return rule == null ? null : rule.strategyName();
  }

  /** Returns what would be set, the secret redacted, or null if nothing would. */
  public @Nullable String applied() {
    Strategy strategy = rule == null ? null : rule.strategy();
    return strategy == null ? null : strategy.placement().toString();
  }

  /** Returns which answers reject what is set, or null if nothing would be. */
  public @Nullable String rejectedBy() {
    Strategy strategy = rule == null ? null : rule.strategy();
    return strategy == null ? null : strategy.rejection().toString();
  }

  /** Returns whether a credential that the program sets there itself is sent in its place. */
  public boolean keepsExisting() {
    return rule != null && !rule.replacesExisting();
  }

  /** Returns whether nothing is set, because the config only observes. */
  public boolean isObserved() {
    return observed;
  }

  /** Returns, for each rule before the one that decides, why it does not. */
  public List<String> passedOver() {
    return passedOver;
  }

  /** Returns whether the path can be read in two ways, so that it matches no rule with a path. */
  public boolean hasAmbiguousPath() {
    return ambiguity != null;
  }

  /** Returns what it is in the path that can be read in two ways, or null. */
  public @Nullable String ambiguity() {
    return ambiguity;
  }
}
