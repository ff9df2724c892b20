package dev.authgraft.internal.engine;

import dev.authgraft.client.CredentialException;
import dev.authgraft.internal.login.Strategy;
import dev.authgraft.internal.rule.Rule;
import dev.authgraft.internal.util.Contained;
import java.util.concurrent.CompletionException;

/**
 * What becomes of a hop that cannot get its credential: before it is sent, {@code on-failure} of
 * its rule decides; after a rejection, the server's answer stands.
 */
final class HopFailure {
  private final Rule rule;
  private final Strategy strategy;
  private final HopLog log;

  HopFailure(Rule rule, Strategy strategy, HopLog log) {
    this.rule = rule;
    this.strategy = strategy;
    this.log = log;
  }

  /** Returns what the call fails with, or throws {@code thrown} if it is the program's own. */
  CredentialException of(Throwable thrown) {
    Contained.rethrowProgramsOwn(thrown);
    return CredentialException.of(strategy.toString(), thrown);
  }

  /** Returns what the call fails with, for what a stage has ended with. */
  CredentialException ofStage(Throwable thrown) {
    Throwable cause =
        thrown instanceof CompletionException && thrown.getCause() != null
            ? thrown.getCause()
            : thrown;
    return cause instanceof CredentialException
        ? (CredentialException) cause
        : CredentialException.of(strategy.toString(), cause);
  }

  /**
   * Returns false if the hop is sent without a credential.
   *
   * @throws CredentialException {@code failure}, if the rule does not allow that
   */
  boolean passOn(CredentialException failure) throws CredentialException {
    if (!rule.passesOnFailure()) throw failure;
    strategy.activity().passedOn();
    log.debug("sent as it is", failure);
    return false;
  }

  /** Says why nothing is renewed, and returns false. */
  boolean answerStands(Throwable why) {
    log.debug("the server's answer stands", of(why));
    return false;
  }

  /** Says that the login after a rejection failed, and returns false. */
  boolean notRenewed(CredentialException why) {
    log.debug("rejected, and not renewed", why);
    return false;
  }
}
