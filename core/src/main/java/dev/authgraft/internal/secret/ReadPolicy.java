package dev.authgraft.internal.secret;

import java.util.HashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** How long a caller waits for secrets that take time to read, and how old they may be. */
public final class ReadPolicy {
  /** Waits; a cached value may be returned. */
  public static final ReadPolicy WAIT = new ReadPolicy(true, false, () -> false, null, false);

  /** Waits for a value that is read anew, since it may have changed. */
  public static final ReadPolicy FRESH = new ReadPolicy(true, true, () -> false, null, false);

  /** Does not wait. */
  public static final ReadPolicy NO_WAIT = new ReadPolicy(false, false, () -> false, null, false);

  private final boolean waits;
  private final boolean fresh;
  private final BooleanSupplier canceled;
  private final @Nullable Map<Object, Object> own;
  private final boolean comparing;

  private ReadPolicy(
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
  public static ReadPolicy ofLogin() {
    return new ReadPolicy(true, true, () -> false, new HashMap<>(), false);
  }

  /** Returns a copy that stops waiting once {@code canceled} returns true. */
  public ReadPolicy until(BooleanSupplier canceled) {
    return new ReadPolicy(waits, fresh, canceled, own, comparing);
  }

  /** Returns a copy that does not wait. */
  public ReadPolicy withoutWaiting() {
    return new ReadPolicy(false, fresh, canceled, own, comparing);
  }

  /** Returns a copy for comparing secrets only: nothing that is read is sent. */
  public ReadPolicy comparing() {
    return new ReadPolicy(waits, fresh, canceled, own, true);
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
