package dev.authgraft.internal.rule;

import dev.authgraft.client.Target;
import dev.authgraft.internal.login.Strategy;
import dev.authgraft.spi.Log;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Counts the credentials that would be applied in observe mode, one for each hop, including
 * redirects and the client's own retries. Safe for use by several threads.
 */
public final class Observation {
  private static final int MOST_NAMED = 20;

  private final RuleSet rules;
  private final LongAdder[] counts;
  private final LongAdder unmatched = new LongAdder();
  private final AtomicIntegerArray told;

  public Observation(RuleSet rules) {
    this.rules = rules;
    counts = new LongAdder[rules.rules().size()];
    for (int i = 0; i < counts.length; i++) counts[i] = new LongAdder();
    told = new AtomicIntegerArray(counts.length);
  }

  /** Counts a hop, and says what {@code rule} would do: at info the first time, else at debug. */
  public void note(Target target, @Nullable Rule rule, Log log) {
    if (rule == null) {
      unmatched.increment();
      return;
    }
    counts[rule.number() - 1].increment();
    tell(target, rule, log);
  }

  /** Counts a hop that was noted for {@code before} for {@code rule} instead. */
  public void correct(@Nullable Rule before, @Nullable Rule rule, Target target, Log log) {
    if (before == rule) return;
    if (before == null) unmatched.decrement();
    else counts[before.number() - 1].decrement();
    note(target, rule, log);
  }

  private void tell(Target target, Rule rule, Log log) {
    int index = rule.number() - 1;
    boolean first = told.get(index) == 0 && told.compareAndSet(index, 0, 1);
    Log.Level level = first ? Log.Level.INFO : Log.Level.DEBUG;
    if (log.isEnabled(level)) {
      log.log(level, "observed: " + rule + " would " + effect(rule) + " for " + target);
    }
  }

  private static String effect(Rule rule) {
    Strategy strategy = rule.strategy();
    if (strategy == null) return "apply nothing";
    return "set " + strategy.placement() + " by " + strategy;
  }

  /** Returns the counts in lines for a log, none if nothing was observed. */
  public List<String> summary() {
    List<String> lines = new ArrayList<>();
    List<String> unused = new ArrayList<>();
    long matched = 0;
    for (Rule rule : rules.rules()) {
      long count = counts[rule.number() - 1].sum();
      matched += count;
      if (count == 0) unused.add(rule.toString());
      else lines.add("observed: " + rule + " would " + effect(rule) + ": " + count);
    }
    long without = unmatched.sum();
    if (matched + without == 0) return Collections.emptyList();
    lines.add(0, "observed: " + matched + " requests that a rule matches, " + without + " others");
    if (!unused.isEmpty()) {
      int named = Math.min(unused.size(), MOST_NAMED);
      int more = unused.size() - named;
      lines.add(
          "observed: nothing matched "
              + String.join(", ", unused.subList(0, named))
              + (more == 0 ? "" : " and " + more + " more"));
    }
    return lines;
  }
}
