package dev.authgraft.internal.engine;

import dev.authgraft.client.Answer;
import dev.authgraft.client.Attempt;
import dev.authgraft.client.CredentialException;
import dev.authgraft.client.RequestEditor;
import dev.authgraft.client.Target;
import dev.authgraft.internal.credential.Credential;
import dev.authgraft.internal.login.Strategy;
import dev.authgraft.internal.rule.Rule;
import dev.authgraft.internal.util.Contained;
import dev.authgraft.spi.Log;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** One hop with one credential, by the rule that decides there. */
final class HopAttempt implements Attempt {
  private final Target target;
  private final Rule rule;
  private final Strategy strategy;
  private final Log log;
  private @Nullable Credential credential;
  private @Nullable CredentialException undecided;
  private long appliedAt;
  private boolean renewed;

  HopAttempt(Target target, Rule rule, Strategy strategy, Log log) {
    this.target = target;
    this.rule = rule;
    this.strategy = strategy;
    this.log = log;
  }

  @Override
  public Target target() {
    return target;
  }

  /**
   * Returns the same for another target, by the rule that decides there. It holds the credential
   * already, if the strategy is the same.
   */
  HopAttempt movedTo(Target other, Rule otherRule, Strategy otherStrategy) {
    HopAttempt moved = new HopAttempt(other, otherRule, otherStrategy, log);
    if (otherStrategy == strategy) moved.credential = credential;
    moved.renewed = renewed; // It is the same hop.
    return moved;
  }

  @Override
  public boolean isObtained() {
    return credential != null;
  }

  @Override
  public boolean isWantedBy(RequestEditor request) {
    try {
      if (rule.replacesExisting() || !strategy.placement().isTaken(request)) return true;
    } catch (RuntimeException | Error e) {
      undecided = failure(e);
      if (!rule.passesOnFailure()) return true;
      debug("sent as it is", undecided);
      return false;
    }
    debug("the program's own " + strategy.placement() + " is kept (existing: keep)", null);
    return false;
  }

  @Override
  public boolean obtain(boolean repeatable, BooleanSupplier canceled) throws IOException {
    try {
      checkDecided();
      credential = Privileged.obtain(strategy, !repeatable, canceled);
      return true;
    } catch (CredentialException e) {
      return passOn(e);
    } catch (RuntimeException | Error e) {
      return passOn(failure(e));
    }
  }

  @Override
  public CompletionStage<Boolean> obtainAsync(boolean repeatable) {
    CompletableFuture<Boolean> obtained = new CompletableFuture<>();
    try {
      checkDecided();
      Privileged.obtainAsync(strategy, !repeatable)
          .whenComplete(
              (fetched, thrown) -> {
                credential = fetched;
                complete(obtained, thrown);
              });
    } catch (CredentialException e) {
      complete(obtained, e);
    } catch (RuntimeException | Error e) {
      complete(obtained, failure(e));
    }
    return obtained;
  }

  @Override
  public boolean obtainAtHand(boolean repeatable) throws CredentialException {
    CompletableFuture<Boolean> obtained = obtainAsync(repeatable).toCompletableFuture();
    if (!obtained.isDone()) {
      return passOn(
          new CredentialException(
              strategy
                  + ": no credential at hand for "
                  + target
                  + ", which the program made of another request when no login could be waited for"
                  + " any more; one is under way for later requests",
              null));
    }
    try {
      return obtained.join();
    } catch (CompletionException e) {
      throw asCredentialException(e);
    }
  }

  private void complete(CompletableFuture<Boolean> obtained, @Nullable Throwable thrown) {
    try {
      obtained.complete(thrown == null || passOn(asCredentialException(thrown)));
    } catch (Throwable e) { // Whatever it is, who waits must hear of it.
      obtained.completeExceptionally(e);
    }
  }

  private void checkDecided() throws CredentialException {
    if (undecided != null) throw undecided;
  }

  private boolean passOn(CredentialException failure) throws CredentialException {
    if (!rule.passesOnFailure()) throw failure;
    strategy.activity().passedOn();
    debug("sent as it is", failure);
    return false;
  }

  private CredentialException asCredentialException(Throwable thrown) {
    Throwable cause =
        thrown instanceof CompletionException && thrown.getCause() != null
            ? thrown.getCause()
            : thrown;
    return cause instanceof CredentialException
        ? (CredentialException) cause
        : CredentialException.of(strategy.toString(), cause);
  }

  /** Returns what the call fails with, or throws {@code thrown} if it is the program's own. */
  private CredentialException failure(Throwable thrown) {
    Contained.rethrowProgramsOwn(thrown);
    return CredentialException.of(strategy.toString(), thrown);
  }

  @Override
  public void applyTo(RequestEditor request) throws CredentialException {
    checkDecided();
    try {
      appliedAt = strategy.now();
      strategy.placement().apply(request, sent());
      strategy.activity().applied();
    } catch (IllegalArgumentException e) { // The client's, whose message quotes the value.
      throw new CredentialException(
          strategy + ": the credential holds a character that no header may", null);
    } catch (RuntimeException | Error e) {
      throw failure(e);
    }
  }

  @Override
  public boolean isRenewalDue(Answer answer) throws IOException {
    try {
      if (strategy.rejection().isIn(answer, target.method())) {
        strategy.activity().rejected();
        debug("rejected with " + answer.status(), null);
        return !renewed;
      }
      // A 403, 404 or 500 says nothing of the credential.
      if (answer.status() < 400) strategy.accept(sent(), appliedAt);
      return false;
    } catch (RuntimeException | Error e) {
      return answerStands(e);
    }
  }

  @Override
  public void invalidate() {
    try {
      debug("not sent once more, as its body cannot be or nobody waits for it", null);
      strategy.invalidate(sent());
    } catch (RuntimeException | Error e) {
      answerStands(e);
    }
  }

  /** Says why nothing is renewed, and returns false. */
  private boolean answerStands(Throwable why) {
    debug("the server's answer stands", failure(why));
    return false;
  }

  @Override
  public boolean renew(boolean canSendAgain, BooleanSupplier canceled) throws IOException {
    try {
      if (!isForgotten(canSendAgain)) return false;
      Credential rejected = sent();
      return replace(rejected, Privileged.obtain(strategy, false, canceled));
    } catch (CredentialException e) {
      return notRenewed(e);
    } catch (RuntimeException | Error e) {
      return answerStands(e);
    }
  }

  @Override
  public CompletionStage<Boolean> renewAsync(boolean canSendAgain) {
    try {
      if (!isForgotten(canSendAgain)) return CompletableFuture.completedFuture(false);
      Credential rejected = sent();
      return Privileged.obtainAsync(strategy, false)
          .thenApply(fetched -> replace(rejected, fetched))
          .exceptionally(thrown -> notRenewed(asCredentialException(thrown)));
    } catch (RuntimeException | Error e) {
      return CompletableFuture.completedFuture(answerStands(e));
    }
  }

  private boolean notRenewed(CredentialException why) {
    debug("rejected, and not renewed", why);
    return false;
  }

  /** Forgets the credential that was sent. Returns whether another one is to be obtained. */
  private boolean isForgotten(boolean canSendAgain) {
    if (!canSendAgain) {
      invalidate();
      return false;
    }
    if (strategy.invalidate(sent())) return true;
    debug("rejected too soon after the last login; the server's answer stands", null);
    return false;
  }

  private boolean replace(Credential rejected, Credential fetched) {
    if (fetched.hasSameSecretAs(rejected)) {
      debug("rejected, and there is no other credential", null);
      return false;
    }
    credential = fetched;
    renewed = true;
    strategy.activity().renewed();
    debug("sent once more, with another credential", null);
    return true;
  }

  private Credential sent() {
    if (credential == null) throw new IllegalStateException("obtain() has not returned true");
    return credential;
  }

  private void debug(String what, @Nullable Exception reason) {
    if (!log.isEnabled(Log.Level.DEBUG)) return;
    log.log(
        Log.Level.DEBUG,
        rule + ", " + strategy + ": " + what + (reason == null ? "" : ": " + reason.getMessage()));
  }

  @Override
  public String toString() {
    return "Attempt{" + rule + ", " + strategy + "}";
  }
}
