package dev.authgraft.internal.credential;

import dev.authgraft.internal.secret.ReadPolicy;
import dev.authgraft.internal.util.Time;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A source that numbers its credentials from 1, or fails as it is told. */
final class NumberedSource implements CredentialSource {
  private final Time time;
  private final AtomicInteger fetches = new AtomicInteger();
  volatile long lifeMillis = Duration.ofHours(1).toMillis();
  volatile String secret = "first";
  volatile @Nullable LoginFailure failure;
  volatile boolean interruptsFirst;
  private volatile String sent = "";

  NumberedSource(Time time) {
    this.time = time;
  }

  int fetches() {
    return fetches.get();
  }

  boolean hasSentPresentSecret() {
    return sent.equals(secret);
  }

  @Override
  public Credential fetch(@Nullable Credential replaced, boolean usable, LoginDeadline deadline)
      throws LoginFailure {
    int number = fetches.incrementAndGet();
    sent = secret;
    if (interruptsFirst && number == 1) {
      Thread.currentThread().interrupt();
      throw LoginFailure.trouble("interrupted");
    }
    LoginFailure thrown = failure;
    if (thrown != null) throw thrown;
    long now = time.millis();
    TokenLife life =
        lifeMillis < 0 ? TokenLife.unknown(now) : TokenLife.of(now, lifeMillis, null, 0);
    return Credential.ofToken(Integer.toString(number), life, null);
  }

  @Override
  public String secretsDigest(ReadPolicy policy) {
    return secret;
  }

  @Override
  public Duration timeout() {
    return Duration.ofSeconds(15);
  }
}
