package dev.authgraft;

import java.util.function.BooleanSupplier;

/** How long a caller waits for secrets that take time to read, and how old they may be. */
final class Patience {
  /** Waits, for a value that may have been kept. */
  static final Patience LONG = new Patience(true, false, () -> false);

  /** Waits, for a value that was read just now: it may have been changed, and it is to be right. */
  static final Patience FRESH = new Patience(true, true, () -> false);

  /** Waits for nothing. */
  static final Patience NONE = new Patience(false, false, () -> false);

  private final boolean waits;
  private final boolean fresh;
  private final BooleanSupplier canceled;

  private Patience(boolean waits, boolean fresh, BooleanSupplier canceled) {
    this.waits = waits;
    this.fresh = fresh;
    this.canceled = canceled;
  }

  /** Returns the same, which ends once {@code canceled} answers true. */
  Patience until(BooleanSupplier canceled) {
    return new Patience(waits, fresh, canceled);
  }

  /** Returns the same, which waits for nothing. */
  Patience withoutWaiting() {
    return new Patience(false, fresh, canceled);
  }

  boolean waits() {
    return waits;
  }

  boolean isFresh() {
    return fresh;
  }

  boolean isCanceled() {
    return canceled.getAsBoolean();
  }
}
