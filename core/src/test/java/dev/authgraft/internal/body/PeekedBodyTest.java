package dev.authgraft.internal.body;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.authgraft.testing.Await;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A body that a test sends bit by bit, looked at and read. */
@Timeout(300)
final class PeekedBodyTest {
  private static final int LIMIT = 64 * 1024;

  private final List<Sent> opened = new ArrayList<>();
  private final Sent sent = body();
  private final PeekedBody peeked = new PeekedBody(sent, sent::abort);

  private Sent body() {
    Sent body = new Sent();
    opened.add(body);
    return body;
  }

  /** No thread of a look outlives its test. */
  @AfterEach
  void endEveryRead() {
    for (Sent each : opened) each.abort();
    Await.until(
        "end of every read", () -> opened.stream().allMatch(each -> each.readers.get() == 0));
  }

  private String look() {
    return new String(peeked.peek(LIMIT), UTF_8);
  }

  private String read() throws IOException {
    byte[] bytes = new byte[100];
    int read = peeked.read(bytes, 0, bytes.length);
    return read < 0 ? null : new String(bytes, 0, read, UTF_8);
  }

  @Test
  void theWholeBodyIsSeenAndReadOnceMore() throws IOException {
    sent.send("Token has ").send("expired").end();
    assertThat(look()).isEqualTo("Token has expired");
    assertThat(peeked.readAllBytes()).asString(UTF_8).isEqualTo("Token has expired");
    assertThat(peeked.read()).isNegative();
    assertThat(peeked.isDirect()).isTrue();
  }

  @Test
  void noMoreThanTheLimitIsRead() throws IOException {
    sent.send("x".repeat(LIMIT)).send("beyond").end();
    assertThat(look()).hasSize(LIMIT);
    assertThat(sent.reads.get()).isEqualTo(LIMIT / 8192);
    assertThat(peeked.readAllBytes()).hasSize(LIMIT + 6);
  }

  @Test
  void aReadUnderWayYieldsItsBytesToTheProgram() throws Exception {
    sent.send("first");
    assertThat(look()).isEqualTo("first");
    assertThat(read()).isEqualTo("first");
    assertThat(peeked.isDirect()).isFalse();
    CompletableFuture<String> next = CompletableFuture.supplyAsync(this::readUnchecked);
    sent.send("second").send("third").end();
    assertThat(next.get()).isEqualTo("second");
    assertThat(read()).isEqualTo("third");
    assertThat(peeked.isDirect()).isTrue();
    assertThat(read()).isNull();
    assertThat(sent.mostReaders.get()).isEqualTo(1);
  }

  private String readUnchecked() {
    try {
      return read();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void anErrorComesWhereTheProgramReads() throws IOException {
    IOException broken = new IOException("broken off");
    sent.send("Token has expired").fail(broken);
    assertThat(look()).isEmpty();
    assertThat(read()).isEqualTo("Token has expired");
    assertThatThrownBy(this::read).isSameAs(broken);
  }

  @Test
  void anErrorOfTheStreamReachesTheProgram() {
    Error error = new AssertionError("of the program's own stream");
    sent.fail(error);
    assertThat(look()).isEmpty();
    assertThatThrownBy(this::read).isSameAs(error);
  }

  @Test
  void theErrorOfAReadUnderWayReachesTheProgram() throws IOException {
    assertThat(look()).isEmpty();
    IOException timeout = new java.net.SocketTimeoutException("timeout");
    sent.fail(timeout);
    assertThatThrownBy(this::read).isSameAs(timeout);
  }

  @Test
  void closingBreaksOffTheReadUnderWayAndClosesAfterIt() throws IOException {
    sent.send("first");
    assertThat(look()).isEqualTo("first");
    peeked.close();
    assertThat(sent.aborted).isTrue();
    assertThat(sent.closed.get()).isEqualTo(1);
    assertThat(sent.closedWhileRead).isFalse();
    assertThatThrownBy(this::read).isInstanceOf(IOException.class);
  }

  @Test
  void anInterruptIsEnoughWhereNothingElseEndsARead() throws IOException {
    PeekedBody uncancelable = new PeekedBody(sent, () -> {});
    assertThat(uncancelable.peek(LIMIT)).isEmpty();
    uncancelable.close();
    assertThat(sent.closed.get()).isEqualTo(1);
    assertThat(sent.closedWhileRead).isFalse();
  }

  /** The thread that reads is the last to know of the body, so that it closes it. */
  @Test
  void aReadThatNothingEndsDoesNotHoldUpTheProgram() throws IOException {
    sent.stubborn = true;
    PeekedBody uncancelable = new PeekedBody(sent, () -> {});
    assertThat(uncancelable.peek(LIMIT)).isEmpty();
    uncancelable.close();
    assertThat(sent.closed.get()).isZero();
    sent.send("late");
    Await.until("the close", () -> sent.closed.get() == 1);
    assertThat(sent.closedWhileRead).isFalse();
  }

  @Test
  void closingABodyThatWasReadDoesNotAbortIt() throws IOException {
    sent.send("all").end();
    look();
    peeked.close();
    assertThat(sent.aborted).isFalse();
    assertThat(sent.closed.get()).isEqualTo(1);
  }

  @Test
  void anInterruptedProgramStaysInterrupted() throws IOException {
    Thread.currentThread().interrupt();
    assertThat(look()).isEmpty();
    assertThat(Thread.interrupted()).isTrue();
    sent.send("body").end();
    assertThat(peeked.readAllBytes()).asString(UTF_8).isEqualTo("body");
  }

  /** A server that stalls cannot make us create threads without end. */
  @Test
  void bodyIsNotReadIfNoThreadIsFree() throws Exception {
    List<PeekedBody> stalled = new ArrayList<>();
    List<CompletableFuture<byte[]>> looks = new ArrayList<>();
    CountDownLatch done = new CountDownLatch(64);
    for (int i = 0; i < 64; i++) {
      Sent body = body();
      stalled.add(new PeekedBody(body, body::abort));
      looks.add(new CompletableFuture<>());
      int index = i;
      new Thread(
              () -> {
                looks.get(index).complete(stalled.get(index).peek(LIMIT));
                done.countDown();
              })
          .start();
    }
    Await.until(
        "64 looks", () -> opened.stream().filter(each -> each.reads.get() == 1).count() == 64);
    sent.send("Token has expired").end();
    assertThat(look()).isEmpty();
    assertThat(sent.reads.get()).isZero();
    assertThat(peeked.readAllBytes()).asString(UTF_8).isEqualTo("Token has expired");
    for (PeekedBody each : stalled) each.close();
    done.await();
    Await.until("a thread", () -> new PeekedBody(ended(), () -> {}).peek(LIMIT).length > 0);
  }

  private Sent ended() {
    return new Sent().send("x").end();
  }

  /** Yields what it is sent, a read each, and blocks until then. */
  private static final class Sent extends InputStream {
    private static final Object END = new Object();

    private final BlockingQueue<Object> coming = new LinkedBlockingQueue<>();
    final AtomicInteger reads = new AtomicInteger();
    final AtomicInteger readers = new AtomicInteger();
    final AtomicInteger mostReaders = new AtomicInteger();
    final AtomicInteger closed = new AtomicInteger();
    volatile boolean closedWhileRead;
    volatile boolean aborted;
    volatile boolean stubborn;
    private byte[] rest = {};

    Sent send(String text) {
      coming.add(text.getBytes(UTF_8));
      return this;
    }

    Sent end() {
      coming.add(END);
      return this;
    }

    void fail(Throwable thrown) {
      coming.add(thrown);
    }

    void abort() {
      aborted = true;
      coming.add(new IOException("aborted"));
    }

    @Override
    public int read() {
      throw new AssertionError("byte by byte");
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      if (closed.get() > 0) throw new IOException("closed");
      reads.incrementAndGet();
      mostReaders.accumulateAndGet(readers.incrementAndGet(), Math::max);
      try {
        if (rest.length == 0) {
          Object next = take();
          if (next == END) {
            coming.add(END);
            return -1;
          }
          if (next instanceof IOException) throw (IOException) next;
          if (next instanceof Error) throw (Error) next;
          rest = (byte[]) next;
        }
        int count = Math.min(length, rest.length);
        System.arraycopy(rest, 0, bytes, offset, count);
        rest = java.util.Arrays.copyOfRange(rest, count, rest.length);
        return count;
      } finally {
        readers.decrementAndGet();
      }
    }

    private Object take() throws IOException {
      while (true) {
        try {
          return coming.take();
        } catch (InterruptedException e) {
          if (!stubborn) throw new java.io.InterruptedIOException();
        }
      }
    }

    @Override
    public void close() {
      if (readers.get() > 0) closedWhileRead = true;
      closed.incrementAndGet();
    }
  }
}
