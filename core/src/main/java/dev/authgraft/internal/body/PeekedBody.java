package dev.authgraft.internal.body;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The body of an answer, whose beginning can be read ahead. The program then reads the whole body
 * from its start, and meets its errors. One thread may read while another closes.
 */
public final class PeekedBody extends InputStream {
  /*
   * A blocking read can only be ended by closing the connection. So a thread of its own reads
   * ahead, and the caller waits for it until a deadline. There is never more than one read at a
   * time: the program gets the bytes that have been read, then waits for a read that is still in
   * progress, and from then on reads the body directly.
   */
  private static final int PIECE = 8192;

  /*
   * How long reading ahead may take, two seconds; a close waits as long for the end of a read that
   * it aborts. The wait is split into pieces, so that on a busy machine the reader gets its turn
   * within each.
   */
  private static final int MOST_POLLS = 20;

  private static final int PIECES_OF_DRAINING = 2;
  private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private final InputStream body;
  private final Runnable abort;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition readAheadEnded = lock.newCondition();
  private final Condition readEnded = lock.newCondition();

  /* All guarded by the lock. */
  private final ReadAheadBuffer buffer = new ReadAheadBuffer();
  private int wanted;
  private @Nullable Thread reader;
  private boolean closesAfterRead;

  /** Whether the program reads the body itself from now on: then nothing else here matters. */
  private volatile boolean direct;

  /**
   * @param abort ends a read of {@code body} that is under way on another thread, if that takes
   *     more than an interrupt; run when the program closes the body meanwhile, and throws nothing
   */
  public PeekedBody(InputStream body, Runnable abort) {
    this.body = body;
    this.abort = abort;
  }

  /**
   * Returns what comes of the body within two seconds, {@code limit} bytes at most; nothing where
   * it cannot be read, or there is no thread to read it on. Throws nothing: the program meets the
   * error where it reads. To be called once, before the program reads.
   */
  public byte[] peek(int limit) {
    readAhead(limit, MOST_POLLS);
    return beginning();
  }

  /**
   * Reads up to {@code limit} bytes of the body for up to 200 ms. Returns whether it has been read
   * to its end. Throws nothing. To be called instead of {@link #peek}, for a body that nobody
   * reads.
   */
  public boolean drain(int limit) {
    readAhead(limit, PIECES_OF_DRAINING);
    lock.lock();
    try {
      return buffer.isComplete();
    } finally {
      lock.unlock();
    }
  }

  private void readAhead(int limit, int polls) {
    lock.lock();
    try {
      wanted = limit;
      buffer.allocate(Math.min(limit, PIECE));
      if (!PeekThreads.run(this::readAhead)) wanted = 0;
      for (int i = 0; wanted > 0 && i < polls; i++) {
        readAheadEnded.awaitNanos(POLL_NANOS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // The program's own business, later.
    } finally {
      wanted = 0;
      lock.unlock();
    }
  }

  private byte[] beginning() {
    lock.lock();
    try {
      return buffer.hasFailed() ? new byte[0] : buffer.copy();
    } finally {
      lock.unlock();
    }
  }

  private void readAhead() {
    byte[] piece = new byte[PIECE];
    for (int length; (length = beginRead()) > 0; ) {
      int read = -1;
      Throwable thrown = null;
      try {
        read = body.read(piece, 0, length);
      } catch (Throwable e) { // The program meets it when it reads.
        thrown = e;
      }
      if (endRead(piece, read, thrown)) close(body);
    }
  }

  /** Returns how much is to be read, 0 for no more. */
  private int beginRead() {
    lock.lock();
    try {
      int length = buffer.isOver() ? 0 : Math.min(wanted - buffer.added(), PIECE);
      if (length > 0) {
        reader = Thread.currentThread();
        return length;
      }
      wanted = 0;
      readAheadEnded.signalAll();
      return 0;
    } finally {
      lock.unlock();
    }
  }

  /** Returns whether the body is to be closed now. */
  private boolean endRead(byte[] piece, int read, @Nullable Throwable thrown) {
    lock.lock();
    try {
      reader = null;
      if (thrown != null || read < 0) buffer.end(thrown);
      else if (!closesAfterRead) buffer.add(piece, read);
      readEnded.signalAll();
      return closesAfterRead;
    } finally {
      lock.unlock();
    }
  }

  private static void close(InputStream body) {
    Thread.interrupted(); // It has done what it was for.
    try {
      body.close();
    } catch (IOException | RuntimeException e) {
      // Nobody is left who could be told.
    }
  }

  /** Returns whether the program may read the body without this: nothing of it is buffered here. */
  public boolean isDirect() {
    return direct;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    if (length == 0) return 0;
    int read = direct ? 0 : readBuffered(bytes, offset, length);
    return read != 0 ? read : body.read(bytes, offset, length);
  }

  /** Returns what was read here already, waiting for the read under way, or 0 if there is none. */
  private int readBuffered(byte[] bytes, int offset, int length) throws IOException {
    lock.lock();
    try {
      // Not interruptible, as the program's own read would not be.
      while (buffer.left() == 0 && reader != null) readEnded.awaitUninterruptibly();
      if (buffer.left() > 0) return buffer.read(bytes, offset, length);
      direct = true;
      return buffer.release();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public int available() throws IOException {
    lock.lock();
    try {
      int here = buffer.left();
      return reader != null ? here : here + body.available();
    } finally {
      lock.unlock();
    }
  }

  /** Closes the body, breaking off a read that is still under way. */
  @Override
  public void close() throws IOException {
    if (!direct && isReading()) abort.run();
    if (direct || endsReading()) body.close();
  }

  private boolean isReading() {
    lock.lock();
    try {
      wanted = 0;
      buffer.skip();
      return reader != null;
    } finally {
      lock.unlock();
    }
  }

  /** Returns whether no read is under way. If one is, the reading thread closes the body. */
  private boolean endsReading() {
    boolean interrupted = false;
    lock.lock();
    try {
      if (reader != null) reader.interrupt();
      for (int i = 0; reader != null && i < MOST_POLLS; i++) {
        try {
          readEnded.awaitNanos(POLL_NANOS);
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
      closesAfterRead = reader != null;
      buffer.skip();
      return reader == null;
    } finally {
      lock.unlock();
      if (interrupted) Thread.currentThread().interrupt();
    }
  }
}
