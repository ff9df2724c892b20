package dev.authgraft.internal.body;

import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What was read of a body ahead of the program: bytes, and the end or the failure that followed.
 * For use under the body's lock.
 */
final class ReadAheadBuffer {
  private byte[] bytes = new byte[0];
  private int start;
  private int end;
  private boolean over;
  private @Nullable Throwable failure;

  void allocate(int capacity) {
    bytes = new byte[capacity];
  }

  void add(byte[] piece, int count) {
    if (end + count > bytes.length)
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, end + count));
    System.arraycopy(piece, 0, bytes, end, count);
    end += count;
  }

  /**
   * Notes that nothing more comes.
   *
   * @param thrown what the last read failed with, or null if the body is complete
   */
  void end(@Nullable Throwable thrown) {
    over = true;
    failure = thrown;
  }

  boolean isOver() {
    return over;
  }

  boolean hasFailed() {
    return failure != null;
  }

  boolean isComplete() {
    return over && failure == null;
  }

  /** Returns how many bytes have been added, whether they have been read or not. */
  int added() {
    return end;
  }

  /** Returns how many bytes can be read. */
  int left() {
    return end - start;
  }

  int read(byte[] into, int offset, int length) {
    int count = Math.min(length, left());
    System.arraycopy(bytes, start, into, offset, count);
    start += count;
    return count;
  }

  /** Returns all that was added. To be called before the first read. */
  byte[] copy() {
    return Arrays.copyOf(bytes, end);
  }

  /** Drops what is left to be read. */
  void skip() {
    start = end;
  }

  /**
   * Frees the memory, once all bytes have been read.
   *
   * @return -1 at the end of the body, 0 if more may come of it
   * @throws IOException what reading ahead failed with, and so any unchecked exception or error
   */
  int release() throws IOException {
    bytes = new byte[0];
    if (failure instanceof RuntimeException) throw (RuntimeException) failure;
    if (failure instanceof Error) throw (Error) failure;
    if (failure != null) throw (IOException) failure;
    return over ? -1 : 0;
  }
}
