package dev.authgraft.internal.engine;

import dev.authgraft.client.Answer;
import dev.authgraft.client.Attempt;
import dev.authgraft.client.CredentialException;
import dev.authgraft.client.RequestEditor;
import dev.authgraft.client.Target;
import dev.authgraft.internal.credential.Credential;
import dev.authgraft.internal.login.Strategy;
import dev.authgraft.internal.rule.Rule;
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
      undecided = failure().of(e);
      if (!rule.passesOnFailure()) return true;
      log().debug("sent as it is", undecided);
      return false;
    }
    log().debug("the program's own " + strategy.placement() + " is kept (existing: keep)");
    return false;
  }

  @Override
  public boolean obtain(boolean repeatable, BooleanSupplier canceled) throws IOException {
    try {
      checkDecided();
      credential = Privileged.obtain(strategy, !repeatable, canceled);
      return true;
    } catch (CredentialException e) {
      return failure().passOn(e);
    } catch (RuntimeException | Error e) {
      return failure().passOn(failure().of(e));
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
      complete(obtained, failure().of(e));
    }
    return obtained;
  }

  @Override
  public boolean obtainAtHand(boolean repeatable) throws CredentialException {
    CompletableFuture<Boolean> obtained = obtainAsync(repeatable).toCompletableFuture();
    if (!obtained.isDone()) {
      return failure()
          .passOn(
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
      throw failure().ofStage(e);
    }
  }

  private void complete(CompletableFuture<Boolean> obtained, @Nullable Throwable thrown) {
    try {
      obtained.complete(thrown == null || failure().passOn(failure().ofStage(thrown)));
    } catch (Throwable e) { // Whatever it is, who waits must hear of it.
      obtained.completeExceptionally(e);
    }
  }

  private void checkDecided() throws CredentialException {
    if (undecided != null) throw undecided;
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
      throw failure().of(e);
    }
  }

  @Override
  public boolean isRenewalDue(Answer answer) throws IOException {
    try {
      if (strategy.rejection().isIn(answer, target.method())) {
        strategy.activity().rejected();
        log().debug("rejected with " + answer.status());
        return !renewed;
      }
      // A 403, 404 or 500 says nothing of the credential.
      if (answer.status() < 400) strategy.accept(sent(), appliedAt);
      return false;
    } catch (RuntimeException | Error e) {
      return failure().answerStands(e);
    }
  }

  @Override
  public void invalidate() {
    try {
      log().debug("not sent once more, as its body cannot be or nobody waits for it");
      strategy.invalidate(sent());
    } catch (RuntimeException | Error e) {
      failure().answerStands(e);
    }
  }

  @Override
  public boolean renew(boolean canSendAgain, BooleanSupplier canceled) throws IOException {
    try {
      if (!isForgotten(canSendAgain)) return false;
      Credential rejected = sent();
      return replace(rejected, Privileged.obtain(strategy, false, canceled));
    } catch (CredentialException e) {
      return failure().notRenewed(e);
    } catch (RuntimeException | Error e) {
      return failure().answerStands(e);
    }
  }

  @Override
  public CompletionStage<Boolean> renewAsync(boolean canSendAgain) {
    try {
      if (!isForgotten(canSendAgain)) return CompletableFuture.completedFuture(false);
      Credential rejected = sent();
      return Privileged.obtainAsync(strategy, false)
          .thenApply(fetched -> replace(rejected, fetched))
          .exceptionally(thrown -> failure().notRenewed(failure().ofStage(thrown)));
    } catch (RuntimeException | Error e) {
      return CompletableFuture.completedFuture(failure().answerStands(e));
    }
  }

  /** Forgets the credential that was sent. Returns whether another one is to be obtained. */
  private boolean isForgotten(boolean canSendAgain) {
    if (!canSendAgain) {
      invalidate();
      return false;
    }
    if (strategy.invalidate(sent())) return true;
    log().debug("rejected too soon after the last login; the server's answer stands");
    return false;
  }

  private boolean replace(Credential rejected, Credential fetched) {
    if (fetched.hasSameSecretAs(rejected)) {
      log().debug("rejected, and there is no other credential");
      return false;
    }
    credential = fetched;
    renewed = true;
    strategy.activity().renewed();
    log().debug("sent once more, with another credential");
    return true;
  }

  // Made when needed, because most hops neither fail nor are logged.
  private HopFailure failure() {
    return new HopFailure(rule, strategy, log());
  }

  private HopLog log() {
    return new HopLog(rule, strategy, log);
  }

  private Credential sent() {
    if (credential == null) throw new IllegalStateException("obtain() has not returned true");
    return credential;
  }

  @Override
  public String toString() {
    return "Attempt{" + rule + ", " + strategy + "}";
  }
}
