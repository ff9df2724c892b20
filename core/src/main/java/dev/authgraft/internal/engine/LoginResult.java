package dev.authgraft.internal.engine;

import dev.authgraft.admin.LoginReport;
import dev.authgraft.internal.credential.Credential;
import dev.authgraft.internal.login.CookieJar;
import dev.authgraft.internal.login.Jwt;
import java.util.Collections;
import java.util.Map;

/** What a login for the command line brought back. Prints no token. */
public final class LoginResult implements LoginReport {
  private final Credential credential;
  private final long millis;

  public LoginResult(Credential credential, long millis) {
    this.credential = credential;
    this.millis = millis;
  }

  @Override
  public String kind() {
    if (!credential.cookies().isEmpty()) {
      return "cookies " + String.join(", ", credential.cookies().keySet());
    }
    return Jwt.claims(credential.secret()) == null ? "opaque token" : "JWT";
  }

  @Override
  public long expiresAt() {
    return credential.life().isKnown() ? credential.life().expiresAt() : -1;
  }

  @Override
  public long renewedFrom() {
    return credential.life().isKnown() ? credential.life().staleAt() : -1;
  }

  @Override
  public boolean canBeRefreshed() {
    return credential.refreshToken() != null;
  }

  @Override
  public Map<?, ?> claims() {
    Map<?, ?> claims = Jwt.claims(credential.secret());
    return claims == null ? Collections.emptyMap() : claims;
  }

  @Override
  public long millis() {
    return millis;
  }

  @Override
  public String secret() {
    Map<String, String> cookies = credential.cookies();
    return cookies.isEmpty() ? credential.secret() : CookieJar.header(cookies);
  }

  @Override
  public String toString() {
    return kind() + " ██";
  }
}
