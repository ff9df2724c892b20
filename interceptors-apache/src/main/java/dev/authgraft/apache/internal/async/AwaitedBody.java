package dev.authgraft.apache.internal.async;

import dev.authgraft.internal.util.Timeouts;
import java.util.Arrays;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** The beginning of a response's body, for a response whose head alone does not decide. */
final class AwaitedBody {
  // Guarded by this. Taking the beginning sets wanted to 0, so that only one thread takes it.
  private int wanted;
  private @Nullable Future<?> timeout;

  /**
   * Starts to wait for {@code bytes}.
   *
   * @param onTimeout run after {@code millis} if not enough has come
   */
  synchronized void await(int bytes, long millis, Runnable onTimeout) {
    wanted = bytes;
    timeout = Timeouts.after(millis, onTimeout);
  }

  /** Returns how many bytes are to be received still; 0 or less if nothing is awaited. */
  synchronized int missing(BufferedAnswer response) {
    return wanted - response.size();
  }

  /** Returns the beginning if all of it has come; null if it has not, or nothing is awaited. */
  synchronized byte @Nullable [] takeWhole(BufferedAnswer response) {
    return response.size() < wanted ? null : take(response);
  }

  /** Returns what has come of the beginning, and stops waiting; null if nothing is awaited. */
  synchronized byte @Nullable [] take(BufferedAnswer response) {
    if (wanted == 0) return null;
    byte[] bytes = response.bytes();
    byte[] beginning = bytes.length > wanted ? Arrays.copyOf(bytes, wanted) : bytes;
    cancel();
    return beginning;
  }

  synchronized void cancel() {
    wanted = 0;
    if (timeout != null) timeout.cancel(false);
    timeout = null;
  }
}
