package dev.authgraft.internal.login;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What a token strategy does to obtain a credential, as its config says. */
public final class LoginSteps {
  final @Nullable Exchange page;
  final @Nullable Exchange preAuth;
  final @Nullable CodeSource code;
  final Exchange login;
  final @Nullable Exchange refresh;
  final boolean singleUseRefresh;
  final boolean refreshTokenIsSeparate;
  final @Nullable Duration lifetime;
  final @Nullable Duration refreshAhead;

  /**
   * @param refreshTokenIsSeparate whether a refresh presents {@code ${refresh-token}} rather than
   *     the token itself
   * @param lifetime what to assume where neither the answer nor the token says
   */
  public LoginSteps(
      @Nullable Exchange page,
      @Nullable Exchange preAuth,
      @Nullable CodeSource code,
      Exchange login,
      @Nullable Exchange refresh,
      boolean singleUseRefresh,
      boolean refreshTokenIsSeparate,
      @Nullable Duration lifetime,
      @Nullable Duration refreshAhead) {
    this.page = page;
    this.preAuth = preAuth;
    this.code = code;
    this.login = login;
    this.refresh = refresh;
    this.singleUseRefresh = singleUseRefresh;
    this.refreshTokenIsSeparate = refreshTokenIsSeparate;
    this.lifetime = lifetime;
    this.refreshAhead = refreshAhead;
  }
}
