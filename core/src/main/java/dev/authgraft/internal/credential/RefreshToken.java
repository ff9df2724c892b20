package dev.authgraft.internal.credential;

import java.util.concurrent.atomic.AtomicBoolean;

/** What a refresh presents. Where it is single-use, it is handed out once. */
public final class RefreshToken {
  private final String value;
  private final boolean singleUse;
  private final AtomicBoolean spent = new AtomicBoolean();

  public RefreshToken(String value, boolean singleUse) {
    this.value = value;
    this.singleUse = singleUse;
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
  public String toString() {
    return "RefreshToken{██}";
  }
}
