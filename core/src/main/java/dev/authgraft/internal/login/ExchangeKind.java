package dev.authgraft.internal.login;

/** What an exchange is for. */
public enum ExchangeKind {
  /** Fetches the page of a form, for its cookies and hidden fields. */
  PAGE("page"),
  /** Yields the temporary token of a login with two factors. */
  PRE_AUTH("pre-auth"),
  /** Fetches a one-time code. */
  CODE("code"),
  /** Yields the token or the cookies. */
  LOGIN("login"),
  /** Renews a token. */
  REFRESH("refresh");

  private final String text;

  ExchangeKind(String text) {
    this.text = text;
  }

  /** Returns what messages call it. */
  @Override
  public String toString() {
    return text;
  }
}
