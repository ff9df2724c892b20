package dev.authgraft.internal.credential;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.time.Duration;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/**
 * What callers of one cache may see of a credential that the server has rejected meanwhile. Results
 * are what each got, what a later caller gets, and how many logins there were; what is not named is
 * forbidden, and a hang fails the test.
 */
public class CredentialCacheRejectionStress {
  private CredentialCacheRejectionStress() {}

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
}
