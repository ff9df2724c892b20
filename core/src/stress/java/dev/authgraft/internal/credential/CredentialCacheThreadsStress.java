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
 * What a caller may see when a cache closes, or when its login threads are busy. Results are what
 * each got, what a later caller gets, and how many logins there were; what is not named is
 * forbidden, and a hang fails the test.
 */
public class CredentialCacheThreadsStress {
  private CredentialCacheThreadsStress() {}

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
}
