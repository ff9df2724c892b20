package dev.authgraft.internal.login;

import dev.authgraft.internal.credential.LoginFailure;
import dev.authgraft.internal.credential.RefreshToken;
import dev.authgraft.internal.secret.StepValues;
import dev.authgraft.spi.LoginResponse;
import org.jspecify.annotations.Nullable;

/** The exchange that refreshes a token, and the refresh token that it presents. Immutable. */
public final class RefreshStep {
  private final Exchange exchange;
  private final boolean singleUse;
  private final boolean separate;

  /**
   * @param singleUse whether the server accepts each refresh token once only
   * @param separate whether the exchange presents {@code ${refresh-token}}, an own token beside the
   *     one that it refreshes
   */
  public RefreshStep(Exchange exchange, boolean singleUse, boolean separate) {
    this.exchange = exchange;
    this.singleUse = singleUse;
    this.separate = separate;
  }

  Exchange exchange() {
    return exchange;
  }

  boolean isSeparate() {
    return separate;
  }

  /**
   * Returns the refresh token to present next, or null if {@code answer} leaves none.
   *
   * @param issuer the exchange that {@code answer} answers: a login, or this refresh
   * @param token in the answer
   * @param spent the refresh token that was just used, or null after a login
   */
  @Nullable RefreshToken next(
      Exchange issuer,
      LoginResponse answer,
      String token,
      StepValues stepValues,
      @Nullable RefreshToken spent)
      throws LoginFailure {
    if (!separate) return new RefreshToken(token, singleUse);
    String value = issuer.refreshToken(answer, stepValues);
    if (value != null) return new RefreshToken(value, singleUse);
    // RFC 6749, section 6: a server that issues no new one goes on accepting the old.
    return spent == null || spent.isSingleUse() ? null : spent;
  }
}
