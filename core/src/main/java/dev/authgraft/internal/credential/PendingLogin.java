package dev.authgraft.internal.credential;

import dev.authgraft.internal.secret.ReadPolicy;
import dev.authgraft.internal.util.Contained;
import dev.authgraft.internal.util.OwnWork;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** One login, by whatever exchanges it takes. Safe for use by several threads. */
final class PendingLogin implements Runnable {
  private final PrincipalLogins logins;
  private final CredentialSource source;
  private final LoginThreads threads;
  private final LoginDeadline deadline;
  private final @Nullable Credential replaced;
  private final boolean usable;
  private final CompletableFuture<Credential> outcome = new CompletableFuture<>();
  private final AtomicBoolean running = new AtomicBoolean();

  /**
   * @param logins takes what comes of it
   * @param replaced the last credential there was, or null
   * @param usable whether that can still be used
   */
  PendingLogin(
      PrincipalLogins logins,
      CredentialSource source,
      LoginThreads threads,
      LoginDeadline deadline,
      @Nullable Credential replaced,
      boolean usable) {
    this.logins = logins;
    this.source = source;
    this.threads = threads;
    this.deadline = deadline;
    this.replaced = replaced;
    this.usable = usable;
  }

  /** Returns the stage that callers wait for. */
  CompletableFuture<Credential> outcome() {
    return outcome;
  }

  /** Returns the credential that this is to replace, or null if there was none. */
  @Nullable Credential replaced() {
    return replaced;
  }

  /** Returns whether some thread runs this, or has run it. */
  boolean isRunning() {
    return running.get();
  }

  /**
   * Fails those who wait once the time for the login is over, whatever its thread does: looking up
   * a name, say, may hang beyond any timeout.
   */
  void failIfOverdue() {
    if (deadline.isLongOver() && !outcome.isDone()) logins.failOverdue(this);
  }

  void start() {
    try {
      threads.execute(this);
    } catch (Throwable e) { // No thread would ever run this.
      try {
        String reason =
            e instanceof RejectedExecutionException
                ? "closed"
                : "there is no thread for the login: " + e.getClass().getName();
        logins.failed(this, LoginFailure.trouble(reason), null);
      } catch (Throwable worse) {
        logins.abandon(this, worse);
      }
    }
  }

  @Override
  public void run() {
    if (running.compareAndSet(false, true)) runOrAbandon();
  }

  /** Runs on the calling thread if all threads for logins are busy. */
  void runIfStuck() {
    if (!threads.isStuck(this) || !running.compareAndSet(false, true)) return;
    runOrAbandon();
    if (Thread.currentThread().isInterrupted() && !outcome.isDone()) {
      running.set(false);
      start();
    }
  }

  private void runOrAbandon() {
    try {
      runAndForget();
    } catch (Throwable e) { // A login that never ends would keep its callers waiting for ever.
      logins.abandon(this, e);
    }
  }

  private void runAndForget() {
    try {
      logIn();
    } finally {
      logins.returned(this);
    }
  }

  private void logIn() {
    if (outcome.isDone()) return; // Closed before its turn came.
    LoginFailure failed;
    String digest = null;
    try {
      // Taken first: secrets that change while these are refused deserve a try of their own.
      digest = logins.secretsDigest(ReadPolicy.FRESH);
      logins.succeeded(this, OwnWork.get(() -> source.fetch(replaced, usable, deadline)));
      return;
    } catch (LoginFailure e) {
      failed = e;
    } catch (Throwable e) { // Whatever it is, those who wait must hear of it.
      // Not as a cause: messages of whatever was called may quote what it was given.
      failed = LoginFailure.trouble("failed: " + Contained.describe(e));
      failed.setStackTrace(e.getStackTrace());
    }
    // A refusal counts whichever thread receives it: handing the login back would send the same
    // secrets once more.
    if (!failed.isAboutSecrets() && isInterruptedHelper()) return;
    logins.failed(this, failed, digest);
  }

  /** Returns whether an interrupt was meant for a caller that helped out, not for the login. */
  private boolean isInterruptedHelper() {
    return Thread.currentThread().isInterrupted() && !threads.owns(Thread.currentThread());
  }
}
