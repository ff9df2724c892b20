package dev.authgraft.internal.credential;

import dev.authgraft.internal.secret.Patience;
import dev.authgraft.internal.util.Contained;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** One login, by whatever exchanges it takes. Safe for use by several threads. */
final class LoginFlight implements Runnable {
  private final CredentialCache cache;
  private final CredentialSource source;
  private final LoginThreads threads;
  private final LoginDeadline deadline;
  private final @Nullable Credential replaced;
  private final boolean usable;
  private final CompletableFuture<Credential> landing = new CompletableFuture<>();
  private final AtomicBoolean running = new AtomicBoolean();

  /**
   * @param cache is told what came of it
   * @param replaced the last credential there was, or null
   * @param usable whether that can still be used
   */
  LoginFlight(
      CredentialCache cache,
      CredentialSource source,
      LoginThreads threads,
      LoginDeadline deadline,
      @Nullable Credential replaced,
      boolean usable) {
    this.cache = cache;
    this.source = source;
    this.threads = threads;
    this.deadline = deadline;
    this.replaced = replaced;
    this.usable = usable;
  }

  /** Returns what those wait for who need its outcome. */
  CompletableFuture<Credential> landing() {
    return landing;
  }

  /** Returns the credential that this is to replace, or null if there was none. */
  @Nullable Credential replaced() {
    return replaced;
  }

  /** Returns whether some thread flies this, or has flown it. */
  boolean isRunning() {
    return running.get();
  }

  /**
   * Fails those who wait once the time for the login is over, whatever its thread does: looking up
   * a name, say, may hang beyond any timeout.
   */
  void landIfOverdue() {
    if (deadline.isLongOver() && !landing.isDone()) cache.landOverdue(this);
  }

  void takeOff() {
    try {
      threads.execute(this);
    } catch (Throwable e) { // Nobody would ever fly this.
      try {
        String reason =
            e instanceof RejectedExecutionException
                ? "closed"
                : "there is no thread for the login: " + e.getClass().getName();
        cache.land(this, LoginFailure.trouble(reason), null);
      } catch (Throwable worse) {
        cache.abandon(this, worse);
      }
    }
  }

  @Override
  public void run() {
    if (running.compareAndSet(false, true)) flyAndLand();
  }

  /** Flies on the calling thread if there is no thread that would. */
  void runIfStuck() {
    if (!threads.isStuck(this) || !running.compareAndSet(false, true)) return;
    flyAndLand();
    if (Thread.currentThread().isInterrupted() && !landing.isDone()) {
      running.set(false);
      takeOff();
    }
  }

  private void flyAndLand() {
    try {
      fly();
    } catch (Throwable e) { // A flight that is lost would keep everybody waiting for ever.
      cache.abandon(this, e);
    }
  }

  private void fly() {
    try {
      logIn();
    } finally {
      cache.forget(this);
    }
  }

  private void logIn() {
    if (landing.isDone()) return; // Closed before its turn came.
    LoginFailure failed;
    String digest = null;
    try {
      // Taken first: secrets that change while these are refused deserve a try of their own.
      digest = cache.secretsDigest(Patience.FRESH);
      cache.land(this, source.fetch(replaced, usable, deadline));
      return;
    } catch (LoginFailure e) {
      failed = e;
    } catch (Throwable e) { // Whatever it is, those who wait must hear of it.
      // Not as a cause: messages of whatever was called may quote what it was given.
      failed = LoginFailure.trouble("failed: " + Contained.describe(e));
      failed.setStackTrace(e.getStackTrace());
    }
    // A refusal is one whoever hears it: to hand it back would send the same secrets once more.
    if (!failed.isAboutSecrets() && isInterruptedHelper()) return;
    cache.land(this, failed, digest);
  }

  /** Returns whether an interrupt was meant for a caller that helped out, not for the login. */
  private boolean isInterruptedHelper() {
    return Thread.currentThread().isInterrupted() && !threads.owns(Thread.currentThread());
  }
}
