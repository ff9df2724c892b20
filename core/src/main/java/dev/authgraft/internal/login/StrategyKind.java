package dev.authgraft.internal.login;

/** The kinds of strategies. */
public enum StrategyKind {
  API_KEY("api-key"),
  BASIC("basic"),
  LAZY_JWT("lazy-jwt"),
  PRE_AUTH_2FA("pre-auth-2fa"),
  FORM_LOGIN("form-login"),
  OAUTH2_CLIENT_CREDENTIALS("oauth2-client-credentials");

  private final String type;

  StrategyKind(String type) {
    this.type = type;
  }

  /** Returns the value of {@code type} in the config: {@code lazy-jwt}, for example. */
  @Override
  public String toString() {
    return type;
  }
}
