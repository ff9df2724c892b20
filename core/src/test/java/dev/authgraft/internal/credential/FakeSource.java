package dev.authgraft.internal.credential;

import dev.authgraft.internal.secret.ReadPolicy;
import dev.authgraft.internal.util.Time;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A source that counts its fetches, can be held at a gate, and answers as it is told. */
final class FakeSource implements CredentialSource {
  private final Time time;
  private final AtomicInteger fetches = new AtomicInteger();
  private final List<@Nullable Credential> replaced = new ArrayList<>();
  private volatile @Nullable CountDownLatch arrived;
  private volatile @Nullable CountDownLatch gate;
  private volatile @Nullable LoginFailure failure;
  private volatile @Nullable RuntimeException unchecked;
  private volatile @Nullable Thread fetcher;
  private volatile boolean interrupting;
  private volatile boolean interruptible = true;
  volatile long lifeMillis = Duration.ofHours(1).toMillis();

  /** What the next login would send; null makes asking for its digest fail. */
  volatile @Nullable String secret = "first";

  FakeSource(Time time) {
    this.time = time;
  }

  int fetches() {
    return fetches.get();
  }

  /** Returns the thread that fetched last. */
  @Nullable Thread fetcher() {
    return fetcher;
  }

  /** Holds the fetches from now on until {@link #open}. */
  void hold() {
    arrived = new CountDownLatch(1);
    gate = new CountDownLatch(1);
  }

  /** The same, as a socket does that blocks: an interrupt is seen only once it is opened. */
  void holdEvenIfInterrupted() {
    hold();
    interruptible = false;
  }

  void awaitArrival() throws InterruptedException {
    arrived.await();
  }

  void open() {
    CountDownLatch held = gate;
    gate = null;
    held.countDown();
  }

  void failWith(@Nullable LoginFailure thrown) {
    failure = thrown;
  }

  void throwUnchecked(RuntimeException thrown) {
    unchecked = thrown;
  }

  /** Makes each fetch end with its thread interrupted. */
  void interruptsItself() {
    interrupting = true;
  }

  @Override
  public Credential fetch(@Nullable Credential before, boolean usable, LoginDeadline deadline)
      throws LoginFailure {
    int number = fetches.incrementAndGet();
    fetcher = Thread.currentThread();
    synchronized (replaced) {
      replaced.add(before);
    }
    CountDownLatch held = gate;
    if (held != null) {
      arrived.countDown();
      try {
        await(held);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw LoginFailure.trouble("interrupted", e);
      }
    }
    if (interrupting) Thread.currentThread().interrupt();
    if (unchecked != null) throw unchecked;
    LoginFailure thrown = failure;
    if (thrown != null) throw thrown;
    TokenLife life =
        lifeMillis < 0
            ? TokenLife.unknown(time.millis())
            : TokenLife.of(time.millis(), lifeMillis, null, 0);
    return Credential.ofToken("token-" + number, life, null);
  }

  private void await(CountDownLatch held) throws InterruptedException {
    if (interruptible) {
      held.await();
      return;
    }
    boolean interrupted = false;
    while (held.getCount() > 0) {
      try {
        held.await();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) Thread.currentThread().interrupt();
  }

  @Override
  public String secretsDigest(ReadPolicy policy) {
    String present = secret;
    if (present == null) throw new IllegalArgumentException("no path");
    return present;
  }

  @Override
  public Duration timeout() {
    return Duration.ofSeconds(15);
  }
}
