package dev.authgraft.internal.rule;

import dev.authgraft.internal.login.Strategy;
import dev.authgraft.internal.match.TargetPattern;
import dev.authgraft.internal.util.SourcePosition;
import org.jspecify.annotations.Nullable;

/** A pattern of targets and the strategy it chooses. Immutable. */
public final class Rule {
  private final int number;
  private final SourcePosition position;
  private final TargetPattern pattern;
  private final @Nullable Strategy strategy;
  private final boolean replacesExisting;
  private final boolean passesOnFailure;

  private Rule(Builder builder) {
    this.number = builder.number;
    this.position = builder.position;
    this.pattern = builder.pattern;
    this.strategy = builder.strategy;
    this.replacesExisting = builder.replacesExisting;
    this.passesOnFailure = builder.passesOnFailure;
  }

  /**
   * Returns a builder of a rule that applies no strategy.
   *
   * @param number counted from 1, in the order of the file
   */
  public static Builder builder(int number, SourcePosition position, TargetPattern pattern) {
    return new Builder(number, position, pattern);
  }

  /** Builds a rule. For use by one thread. */
  public static final class Builder {
    private final int number;
    private final SourcePosition position;
    private final TargetPattern pattern;
    private @Nullable Strategy strategy;
    private boolean replacesExisting;
    private boolean passesOnFailure;

    private Builder(int number, SourcePosition position, TargetPattern pattern) {
      this.number = number;
      this.position = position;
      this.pattern = pattern;
    }

    /**
     * @param strategy null for {@code strategy: none}
     */
    public Builder strategy(@Nullable Strategy strategy) {
      this.strategy = strategy;
      return this;
    }

    /** Sets whether a credential that the program itself sends is replaced. */
    public Builder replacesExisting(boolean replacesExisting) {
      this.replacesExisting = replacesExisting;
      return this;
    }

    /** Sets whether a request is sent without a credential if none can be obtained. */
    public Builder passesOnFailure(boolean passesOnFailure) {
      this.passesOnFailure = passesOnFailure;
      return this;
    }

    public Rule build() {
      return new Rule(this);
    }
  }

  public int number() {
    return number;
  }

  public SourcePosition position() {
    return position;
  }

  public TargetPattern pattern() {
    return pattern;
  }

  public @Nullable Strategy strategy() {
    return strategy;
  }

  public String strategyName() {
    return strategy == null ? "none" : strategy.name();
  }

  public boolean replacesExisting() {
    return replacesExisting;
  }

  public boolean passesOnFailure() {
    return passesOnFailure;
  }

  /** Returns {@code rule 2 (authgraft.yml:38:5)}. */
  @Override
  public String toString() {
    return "rule " + number + " (" + position + ")";
  }
}
