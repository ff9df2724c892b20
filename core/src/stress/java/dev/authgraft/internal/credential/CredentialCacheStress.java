package dev.authgraft.internal.credential;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.time.Duration;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IIII_Result;
import org.openjdk.jcstress.infra.results.III_Result;

/**
 * What two actors may see of one cache. Results are what each got, what a later caller gets, and
 * how many logins there were; what is not named is forbidden, and a hang fails the test.
 */
public class CredentialCacheStress {
  private CredentialCacheStress() {}

  @JCStressTest
  @Outcome(id = "1, 1, 1", expect = ACCEPTABLE, desc = "One login for both.")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class ColdCallersShareOneLogin extends StressedCache {
    @Actor
    public void first(III_Result r) {
      r.r1 = get();
    }

    @Actor
    public void second(III_Result r) {
      r.r2 = get();
    }

    @Arbiter
    public void after(III_Result r) {
      r.r3 = source.fetches();
    }
  }

  @JCStressTest
  @Outcome(id = "1, 1, 1", expect = ACCEPTABLE, desc = "One login for both.")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class ColdCallersOnLoginThreadsShareOneLogin extends StressedCache {
    private static final LoginThreads THREADS = new LoginThreads();

    public ColdCallersOnLoginThreadsShareOneLogin() {
      super(THREADS);
    }

    @Actor
    public void first(III_Result r) {
      r.r1 = get();
    }

    @Actor
    public void second(III_Result r) {
      r.r2 = get();
    }

    @Arbiter
    public void after(III_Result r) {
      r.r3 = source.fetches();
    }
  }

  @JCStressTest
  @Outcome(id = "1, 1, 1", expect = ACCEPTABLE, desc = "One flight for both kinds of callers.")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class AsynchronousAndBlockingCallersShareOneLogin extends StressedCache {
    @Actor
    public void blocking(III_Result r) {
      r.r1 = get();
    }

    @Actor
    public void asynchronous(III_Result r) {
      r.r2 = getAsync();
    }

    @Arbiter
    public void after(III_Result r) {
      r.r3 = source.fetches();
    }
  }

  @JCStressTest
  @Outcome(id = "-1, -1, 1", expect = ACCEPTABLE, desc = "One login, which both hear of.")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class AFailedLoginIsNotRepeatedByTheOther extends StressedCache {
    public AFailedLoginIsNotRepeatedByTheOther() {
      source.failure = LoginFailure.refused("login was answered 401");
    }

    @Actor
    public void blocking(III_Result r) {
      r.r1 = get();
    }

    @Actor
    public void asynchronous(III_Result r) {
      r.r2 = getAsync();
    }

    @Arbiter
    public void after(III_Result r) {
      r.r3 = source.fetches();
    }
  }

  @JCStressTest
  @Outcome(id = "2, 2, 2", expect = ACCEPTABLE, desc = "One login for both.")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class CallersAtExpiryShareOneLogin extends StressedCache {
    public CallersAtExpiryShareOneLogin() {
      accepted();
      expire();
    }

    @Actor
    public void first(III_Result r) {
      r.r1 = get();
    }

    @Actor
    public void second(III_Result r) {
      r.r2 = getAsync();
    }

    @Arbiter
    public void after(III_Result r) {
      r.r3 = source.fetches();
    }
  }

  @JCStressTest
  @Outcome(id = "1, 1, 2, 2", expect = ACCEPTABLE, desc = "The old one serves both.")
  @Outcome(
      id = {"1, 2, 2, 2", "2, 1, 2, 2"},
      expect = ACCEPTABLE,
      desc = "Renewed in between.")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class StaleCallersCauseOneRenewal extends StressedCache {
    public StaleCallersCauseOneRenewal() {
      accepted();
      becomeStale();
    }

    @Actor
    public void first(IIII_Result r) {
      r.r1 = get();
    }

    @Actor
    public void second(IIII_Result r) {
      r.r2 = get();
    }

    @Arbiter
    public void after(IIII_Result r) {
      r.r3 = get();
      r.r4 = source.fetches();
    }
  }

  @JCStressTest
  @Outcome(
      id = {"2, 1, 2, 2", "2, 2, 2, 2"},
      expect = ACCEPTABLE,
      desc = "One renewal.")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class ACallerThatWaitsForTheRenewalGetsIt extends StressedCache {
    public ACallerThatWaitsForTheRenewalGetsIt() {
      accepted();
      becomeStale();
    }

    @Actor
    public void settled(IIII_Result r) {
      r.r1 = get(true);
    }

    @Actor
    public void other(IIII_Result r) {
      r.r2 = get();
    }

    @Arbiter
    public void after(IIII_Result r) {
      r.r3 = get();
      r.r4 = source.fetches();
    }
  }

  @JCStressTest
  @Outcome(
      id = {"1, 2, 2", "2, 2, 2"},
      expect = ACCEPTABLE,
      desc = "One login replaces it.")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class ARejectionCostsOneLogin extends StressedCache {
    private final Credential old = accepted();

    @Actor
    public void caller(III_Result r) {
      r.r1 = get();
    }

    @Actor
    public void rejected() {
      cache.invalidate(old);
    }

    @Arbiter
    public void after(III_Result r) {
      r.r2 = get();
      r.r3 = source.fetches();
    }
  }

  @JCStressTest
  @Outcome(id = "2, 2, 2", expect = ACCEPTABLE, desc = "The new one stays.")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class ALateRejectionKeepsTheNewOne extends StressedCache {
    private final Credential old = accepted();

    public ALateRejectionKeepsTheNewOne() {
      cache.invalidate(old);
    }

    @Actor
    public void caller(III_Result r) {
      r.r1 = get();
    }

    @Actor
    public void rejectedLate() {
      cache.invalidate(old);
    }

    @Arbiter
    public void after(III_Result r) {
      r.r2 = get();
      r.r3 = source.fetches();
    }
  }

  @JCStressTest
  @Outcome(id = "2, 2, 2", expect = ACCEPTABLE, desc = "One login replaces it for both.")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class TwoRejectionsOfOneCredentialCostOneLogin extends StressedCache {
    private final Credential old = accepted();

    @Actor
    public void first(III_Result r) {
      cache.invalidate(old);
      r.r1 = get();
    }

    @Actor
    public void second(III_Result r) {
      cache.invalidate(old);
      r.r2 = get();
    }

    @Arbiter
    public void after(III_Result r) {
      r.r3 = source.fetches();
    }
  }

  @JCStressTest
  @Outcome(
      id = {"1, 2, 2", "2, 2, 2"},
      expect = ACCEPTABLE,
      desc = "The renewal replaces it.")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class ARejectionDuringARenewalCostsNoFurtherLogin extends StressedCache {
    private final Credential old = accepted();

    public ARejectionDuringARenewalCostsNoFurtherLogin() {
      becomeStale();
    }

    @Actor
    public void renewing(III_Result r) {
      r.r1 = get();
    }

    @Actor
    public void rejected() {
      cache.invalidate(old);
    }

    @Arbiter
    public void after(III_Result r) {
      r.r2 = get();
      r.r3 = source.fetches();
    }
  }

  @JCStressTest
  @Outcome(id = "4, 4, 4", expect = ACCEPTABLE, desc = "What was rejected does not come back.")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class LearningALifeRevivesNoRejectedCredential extends StressedCache {
    private final Credential third;

    public LearningALifeRevivesNoRejectedCredential() {
      source.lifeMillis = -1;
      for (int end = 0; end < 2; end++) {
        Credential ended = accepted();
        time.advance(Duration.ofHours(1));
        cache.invalidate(ended);
      }
      // Accepting it is what the second end still needs to be learnt from.
      third = fetched();
    }

    @Actor
    public void acceptedLate() {
      cache.accept(third, time.millis());
    }

    @Actor
    public void rejected(III_Result r) {
      cache.invalidate(third);
      r.r1 = get();
    }

    @Arbiter
    public void after(III_Result r) {
      r.r2 = get();
      r.r3 = source.fetches();
    }
  }

  @JCStressTest
  @Outcome(id = "1, -1, 1", expect = ACCEPTABLE, desc = "Served before it was closed.")
  @Outcome(
      id = {"-1, -1, 0", "-1, -1, 1"},
      expect = ACCEPTABLE,
      desc = "Refused.")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class AClosedCacheServesNobody extends StressedCache {
    @Actor
    public void caller(III_Result r) {
      r.r1 = get();
    }

    @Actor
    public void closing() {
      cache.close();
    }

    @Arbiter
    public void after(III_Result r) {
      r.r2 = get();
      r.r3 = source.fetches();
    }
  }

  @JCStressTest
  @Outcome(id = "-1, -1, 0", expect = ACCEPTABLE, desc = "Refused; no login afterwards.")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class ClosingEndsTheWaitForALoginThatHasNotBegun extends StressedCache {
    private final BusyThreads threads;

    public ClosingEndsTheWaitForALoginThatHasNotBegun() {
      this(new BusyThreads());
    }

    private ClosingEndsTheWaitForALoginThatHasNotBegun(BusyThreads threads) {
      super(threads);
      this.threads = threads;
    }

    @Actor
    public void caller(III_Result r) {
      r.r1 = getAsync();
    }

    @Actor
    public void closing() {
      cache.close();
      threads.close();
    }

    @Arbiter
    public void after(III_Result r) {
      threads.becomeFree();
      r.r2 = get();
      r.r3 = source.fetches();
    }
  }

  @JCStressTest
  @Outcome(
      id = {"-2, 2, 2, 2", "2, -2, 2, 2"},
      expect = ACCEPTABLE,
      desc = "Only it is hurt.")
  @Outcome(id = "2, 2, 2, 2", expect = ACCEPTABLE, desc = "The other was faster than its end.")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class AHelpersInterruptHurtsOnlyTheHelper extends StressedCache {
    private final BusyThreads threads;

    public AHelpersInterruptHurtsOnlyTheHelper() {
      this(new BusyThreads());
    }

    private AHelpersInterruptHurtsOnlyTheHelper(BusyThreads threads) {
      super(threads);
      this.threads = threads;
      source.interruptsFirst = true;
    }

    @Actor
    public void first(IIII_Result r) {
      r.r1 = get();
    }

    @Actor
    public void second(IIII_Result r) {
      r.r2 = get();
    }

    @Arbiter
    public void after(IIII_Result r) {
      threads.becomeFree();
      r.r3 = get();
      r.r4 = source.fetches();
    }
  }

  @JCStressTest
  @Outcome(id = "1, 1, 1", expect = ACCEPTABLE, desc = "A thread or the caller, not both.")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class AHelperAndAThreadLogInOnce extends StressedCache {
    private final BusyThreads threads;

    public AHelperAndAThreadLogInOnce() {
      this(new BusyThreads());
    }

    private AHelperAndAThreadLogInOnce(BusyThreads threads) {
      super(threads);
      this.threads = threads;
      cache.getAsync(false);
    }

    @Actor
    public void caller(III_Result r) {
      r.r1 = get();
    }

    @Actor
    public void thread() {
      threads.becomeFree();
    }

    @Arbiter
    public void after(III_Result r) {
      r.r2 = get();
      r.r3 = source.fetches();
    }
  }

  @JCStressTest
  @Outcome(id = "-1, -1, 1", expect = ACCEPTABLE, desc = "The new one was sent.")
  @Outcome(expect = FORBIDDEN)
  @State
  public static class ASecretThatChangesDuringALoginIsTried extends StressedCache {
    public ASecretThatChangesDuringALoginIsTried() {
      source.failure = LoginFailure.refused("login was answered 401");
    }

    @Actor
    public void caller(III_Result r) {
      r.r1 = get();
    }

    @Actor
    public void operator() {
      source.secret = "second";
    }

    @Arbiter
    public void after(III_Result r) {
      r.r2 = get();
      r.r3 = source.hasSentPresentSecret() ? 1 : 0;
    }
  }
}
