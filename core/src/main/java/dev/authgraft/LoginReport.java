package dev.authgraft;

import java.util.Collections;
import java.util.Map;

/** What a login for the command line brought back. Prints no token. */
public final class LoginReport {
  private final Credential credential;
  private final long millis;

  LoginReport(Credential credential, long millis) {
    this.credential = credential;
    this.millis = millis;
  }

  /** Returns {@code JWT}, {@code opaque token} or {@code cookies}. */
  public String kind() {
    if (!credential.cookies().isEmpty()) {
      return "cookies " + String.join(", ", credential.cookies().keySet());
    }
    return Jwt.claims(credential.secret()) == null ? "opaque token" : "JWT";
  }

  /** Returns when it expires, in milliseconds since the epoch, or -1 if nobody says. */
  public long expiresAt() {
    return credential.life().isKnown() ? credential.life().expiresAt() : -1;
  }

  /** Returns from when on it is renewed ahead, in milliseconds since the epoch, or -1. */
  public long renewedFrom() {
    return credential.life().isKnown() ? credential.life().staleAt() : -1;
  }

  /** Returns whether a refresh will be tried before the next login. */
  public boolean canBeRefreshed() {
    return credential.refreshToken() != null;
  }

  /** Returns the claims of a JWT (RFC 7519, section 4), none for anything else. */
  public Map<?, ?> claims() {
    Map<?, ?> claims = Jwt.claims(credential.secret());
    return claims == null ? Collections.emptyMap() : claims;
  }

  /** Returns how long the login took. */
  public long millis() {
    return millis;
  }

  /** Returns the token, or the cookies as a request carries them, for somebody who asks for it. */
  public String secret() {
    Map<String, String> cookies = credential.cookies();
    return cookies.isEmpty() ? credential.secret() : CookieJar.header(cookies);
  }

  @Override
  public String toString() {
    return kind() + " ██";
  }
}
