package dev.authgraft.internal.engine;

import dev.authgraft.admin.Explanation;
import dev.authgraft.client.Target;
import dev.authgraft.internal.config.Config;
import dev.authgraft.internal.login.Strategy;
import dev.authgraft.internal.match.PathAmbiguity;
import dev.authgraft.internal.match.PathSegments;
import dev.authgraft.internal.rule.Rule;
import dev.authgraft.internal.rule.RuleSet;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Why a target gets what it gets. Needs no secret and prints none. */
final class RuleExplanation implements Explanation {
  private final Target target;
  private final @Nullable Rule rule;
  private final List<String> passedOver;
  private final @Nullable String ambiguity;
  private final boolean observed;

  RuleExplanation(Target target, Config config) {
    RuleSet rules = config.rules();
    this.target = target;
    this.rule = rules.match(target);
    this.observed = config.observation() != null;
    List<String> path = PathSegments.of(target.path());
    this.ambiguity = PathAmbiguity.of(target.path());
    List<String> reasons = new ArrayList<>();
    for (Rule candidate : rules.rules()) {
      if (candidate == rule) break;
      reasons.add(candidate + ": " + candidate.pattern().mismatch(target, path));
    }
    this.passedOver = Collections.unmodifiableList(reasons);
  }

  @Override
  public Target target() {
    return target;
  }

  @Override
  public boolean isMatched() {
    return rule != null;
  }

  @Override
  public @Nullable String rule() {
    return rule == null ? null : rule.toString();
  }

  @Override
  public @Nullable String strategy() {
    return rule == null ? null : rule.strategyName();
  }

  @Override
  public @Nullable String applied() {
    Strategy strategy = rule == null ? null : rule.strategy();
    return strategy == null ? null : strategy.placement().toString();
  }

  @Override
  public @Nullable String rejectedBy() {
    Strategy strategy = rule == null ? null : rule.strategy();
    return strategy == null ? null : strategy.rejection().toString();
  }

  @Override
  public boolean keepsExisting() {
    return rule != null && !rule.replacesExisting();
  }

  @Override
  public boolean isObserved() {
    return observed;
  }

  @Override
  public List<String> passedOver() {
    return passedOver;
  }

  @Override
  public @Nullable String ambiguity() {
    return ambiguity;
  }
}
