package dev.authgraft.internal.credential;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IIII_Result;
import org.openjdk.jcstress.infra.results.III_Result;

/**
 * What two callers of one cache may see of a login or a renewal that either of them starts. Results
 * are what each got, what a later caller gets, and how many logins there were; what is not named is
 * forbidden, and a hang fails the test.
 */
public class CredentialCacheLoginStress {
  private CredentialCacheLoginStress() {}

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
