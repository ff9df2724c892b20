package dev.authgraft.internal.credential;

import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The token that a refresh presents (RFC 6749, section 6). A single-use token is handed out once.
 */
public final class RefreshToken {
  private final String value;
  private final boolean singleUse;
  private final AtomicBoolean spent = new AtomicBoolean();

  public RefreshToken(String value, boolean singleUse) {
    this.value = value;
    this.singleUse = singleUse;
  }

  /** Returns a token of the same value and state, whose state then goes its own way. */
  RefreshToken copy() {
    RefreshToken copy = new RefreshToken(value, singleUse);
    copy.spent.set(spent.get());
    return copy;
  }

  boolean isSpent() {
    return spent.get();
  }

  /**
   * Returns whether it may be sent now. A single-use token is spent by asking, before it is sent:
   * if the answer is lost, nobody knows whether the server has rotated it.
   */
  public boolean spend() {
    return singleUse ? spent.compareAndSet(false, true) : !spent.get();
  }

  /** Notes that the server does not accept it any more: it is not sent again. */
  public void refuse() {
    spent.set(true);
  }

  public boolean isSingleUse() {
    return singleUse;
  }

  public String value() {
    return value;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    if (!(other instanceof RefreshToken)) return false;
    RefreshToken that = (RefreshToken) other;
    return value.equals(that.value) && singleUse == that.singleUse && isSpent() == that.isSpent();
  }

  @Override
  public int hashCode() {
    return value.hashCode();
  }

  @Override
  public String toString() {
    return "RefreshToken{██}";
  }
}
