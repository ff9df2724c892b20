package dev.authgraft.internal.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.authgraft.client.CredentialException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What rejections, refusals and trouble lead to, and what is remembered of them. */
@Timeout(600)
final class CredentialCacheFailureTest extends CredentialCacheFixture {
  @Test
  void lateRejectionOfAnOldTokenKeepsTheNewOne() throws Exception {
    Credential old = get();
    old.accept();
    assertThat(cache.invalidate(old)).isTrue();
    Credential fresh = get();
    for (int i = 0; i < 20; i++) assertThat(cache.invalidate(old)).isTrue();
    assertThat(get()).isSameAs(fresh);
    assertThat(source.fetches()).isEqualTo(2);
  }

  @Test
  void aServerThatRejectsEverythingCausesFewLogins() throws Exception {
    for (int second = 0; second < 600; second++) {
      for (int call = 0; call < 10; call++) cache.invalidate(get());
      time.advance(Duration.ofSeconds(1));
    }
    // One, its replacement, and then pauses of 10, 20, 40, 80, 160 and 300 seconds.
    assertThat(source.fetches()).isBetween(2, 8);
  }

  @Test
  void aPathThatAnswers401ToAGoodTokenCausesABoundedNumberOfLogins() throws Exception {
    for (int second = 0; second < 600; second++) {
      Credential credential = get();
      credential.accept(); // another path takes it
      cache.invalidate(credential);
      time.advance(Duration.ofSeconds(1));
    }
    assertThat(source.fetches()).isLessThanOrEqualTo(6 + 600 / 15);
  }

  @Test
  void aRefusedLoginIsTriedEightTimesInTheFirstHour() throws Exception {
    source.failWith(LoginFailure.refused("login was answered 401"));
    for (int tick = 0; tick < 3600 * 50; tick++) {
      assertThatThrownBy(this::get).hasMessageContaining("next attempt in");
      time.advance(Duration.ofMillis(20));
    }
    assertThat(source.fetches()).isBetween(2, 8);
  }

  @Test
  void anotherSecretIsTriedAtOnce() throws Exception {
    source.failWith(LoginFailure.refused("login was answered 401"));
    assertThatThrownBy(this::get).isInstanceOf(CredentialException.class);
    source.secret = "second";
    assertThatThrownBy(this::get).isInstanceOf(CredentialException.class);
    assertThatThrownBy(this::get).isInstanceOf(CredentialException.class);
    assertThat(source.fetches()).isEqualTo(2);
    source.secret = "third";
    source.failWith(null);
    get();
    assertThat(source.fetches()).isEqualTo(3);
  }

  @Test
  void secretsThatChangeAllTheTimeLockNoAccount() {
    source.failWith(LoginFailure.refused("login was answered 401"));
    for (int minute = 0; minute < 60; minute++) {
      source.secret = "secret " + minute;
      assertThatThrownBy(this::get).isInstanceOf(CredentialException.class);
      time.advance(Duration.ofMinutes(1));
    }
    assertThat(source.fetches()).isLessThanOrEqualTo(8 + 5);
  }

  @Test
  void afterAFailureTheNextAttemptComesWithinAboutASecond() throws Exception {
    source.failWith(LoginFailure.trouble("down"));
    assertThatThrownBy(this::get).hasMessageContaining("next attempt in 1s");
    assertThatThrownBy(this::get).hasMessageContaining("down");
    assertThat(source.fetches()).isEqualTo(1);
    source.failWith(null);
    time.advance(Duration.ofSeconds(1));
    get();
    assertThat(source.fetches()).isEqualTo(2);
  }

  @Test
  void aSecretThatChangesWhileTheOldOneIsRefusedIsTriedAtOnce() throws Exception {
    // Its digest was taken after the refusal, so the new one was held to be what was refused.
    source.failWith(LoginFailure.refused("login was answered 401"));
    source.hold();
    List<Future<Credential>> calls = call(1);
    source.awaitArrival();
    source.secret = "second";
    source.open();
    assertThatThrownBy(calls.get(0)::get).hasMessageContaining("login was answered 401");
    source.failWith(null);
    assertThat(get()).isNotNull();
    assertThat(source.fetches()).isEqualTo(2);
  }

  @Test
  void aRefusalIsCountedOnThoughTroubleComesBetween() throws Exception {
    // Half of the servers behind a balancer are down: each 503 used to start the count anew.
    int refused = 0;
    for (int tick = 0; tick < 3600; tick++) {
      int before = source.fetches();
      boolean refuses = before % 2 == 0;
      source.failWith(refuses ? LoginFailure.refused("401") : LoginFailure.trouble("503"));
      assertThatThrownBy(this::get).isInstanceOf(CredentialException.class);
      if (refuses && source.fetches() > before) refused++;
      time.advance(Duration.ofSeconds(1));
    }
    assertThat(refused).isBetween(2, 8);
  }

  @Test
  void aClockThatWasSetBackKeepsNobodyFromLoggingIn() throws Exception {
    // A machine that starts with a wrong clock fails to verify certificates, then asks the time.
    source.failWith(LoginFailure.trouble("certificate expired"));
    assertThatThrownBy(this::get).hasMessageContaining("next attempt in 1s");
    time.setBack(Duration.ofDays(1000));
    time.advance(Duration.ofSeconds(1));
    source.failWith(null);
    assertThat(get()).isNotNull();
  }

  @Test
  void aClockThatWasSetBackKeepsNoRejectedCredential() throws Exception {
    assertThat(cache.invalidate(get())).isTrue();
    time.setBack(Duration.ofDays(1000));
    time.advance(Duration.ofMinutes(5));
    assertThat(cache.invalidate(get())).isTrue();
  }

  @Test
  void aLoginEndsThoughItsSecretsCannotBeRead() throws Exception {
    source.secret = null; // Asking for the digest fails, with an unchecked exception.
    source.failWith(LoginFailure.refused("login was answered 401"));
    assertThatThrownBy(this::get).hasMessageContaining("login was answered 401");
    assertThatThrownBy(this::get).hasMessageContaining("login was answered 401");
    source.failWith(null);
    time.advance(Duration.ofSeconds(30));
    assertThat(get()).isNotNull();
  }

  @Test
  void anUnexpectedExceptionOfASourceIsNamedAndNotQuoted() {
    RuntimeException thrown = new IllegalArgumentException("unexpected char in: s3cret");
    source.throwUnchecked(thrown);
    assertThatThrownBy(this::get)
        .isInstanceOf(CredentialException.class)
        .hasMessageContaining("failed: java.lang.IllegalArgumentException")
        .satisfies(e -> assertThat(e.getCause()).hasNoCause())
        .satisfies(e -> assertThat(e.getCause().getStackTrace()).isEqualTo(thrown.getStackTrace()));
  }

  @Test
  void aCredentialThatWasNeverAcceptedIsNamedInTheLog() throws Exception {
    Credential accepted = get();
    accepted.accept();
    cache.invalidate(accepted);
    assertThat(log.lines()).isEmpty();
    Credential issued = get();
    for (int i = 0; i < 20; i++) cache.invalidate(issued);
    assertThat(log.lines())
        .singleElement()
        .asString()
        .startsWith("WARN strategy 'test': the server rejects what it has just issued");
  }
}
