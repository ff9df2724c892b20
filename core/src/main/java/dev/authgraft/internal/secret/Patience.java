package dev.authgraft.internal.secret;

import java.util.HashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** How long a caller waits for secrets that take time to read, and how old they may be. */
public final class Patience {
  /** Waits, for a value that may have been kept. */
  public static final Patience LONG = new Patience(true, false, () -> false, null, false);

  /** Waits, for a value that was read just now: it may have been changed, and it is to be right. */
  public static final Patience FRESH = new Patience(true, true, () -> false, null, false);

  /** Waits for nothing. */
  public static final Patience NONE = new Patience(false, false, () -> false, null, false);

  private final boolean waits;
  private final boolean fresh;
  private final BooleanSupplier canceled;
  private final @Nullable Map<Object, Object> own;
  private final boolean comparing;

  private Patience(
      boolean waits,
      boolean fresh,
      BooleanSupplier canceled,
      @Nullable Map<Object, Object> own,
      boolean comparing) {
    this.waits = waits;
    this.fresh = fresh;
    this.canceled = canceled;
    this.own = own;
    this.comparing = comparing;
  }

  /**
   * Returns that of one login, or of one refresh, for use by one thread: like {@link #FRESH}, and
   * what may be meant for one use is no other login's, however often this one asks.
   */
  public static Patience ofLogin() {
    return new Patience(true, true, () -> false, new HashMap<>(), false);
  }

  /** Returns the same, which ends once {@code canceled} answers true. */
  public Patience until(BooleanSupplier canceled) {
    return new Patience(waits, fresh, canceled, own, comparing);
  }

  /** Returns the same, which waits for nothing. */
  public Patience withoutWaiting() {
    return new Patience(false, fresh, canceled, own, comparing);
  }

  /** Returns the same for who sends nothing, and only tells whether secrets have changed. */
  public Patience comparing() {
    return new Patience(waits, fresh, canceled, own, true);
  }

  boolean waits() {
    return waits;
  }

  public boolean isFresh() {
    return fresh;
  }

  boolean isCanceled() {
    return canceled.getAsBoolean();
  }

  /** Returns what the login of this has read for itself, by its secret; null for no login. */
  @Nullable Map<Object, Object> own() {
    return own;
  }

  boolean isComparing() {
    return comparing;
  }
}
