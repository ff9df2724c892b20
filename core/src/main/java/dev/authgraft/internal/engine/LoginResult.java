package dev.authgraft.internal.engine;

import dev.authgraft.admin.LoginReport;
import dev.authgraft.internal.credential.Credential;
import dev.authgraft.internal.credential.TokenLife;
import dev.authgraft.internal.login.CookieJar;
import dev.authgraft.internal.login.Jwt;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a login for the command line brought back. Prints no token. */
public final class LoginResult implements LoginReport {
  private final Credential credential;
  private final Duration duration;

  public LoginResult(Credential credential, Duration duration) {
    this.credential = credential;
    this.duration = duration;
  }

  @Override
  public Kind kind() {
    if (!credential.cookies().isEmpty()) return Kind.COOKIES;
    return Jwt.claims(credential.secret()) == null ? Kind.OPAQUE_TOKEN : Kind.JWT;
  }

  @Override
  public List<String> cookieNames() {
    return Collections.unmodifiableList(new ArrayList<>(credential.cookies().keySet()));
  }

  @Override
  public @Nullable Instant expiresAt() {
    TokenLife life = credential.life();
    return life.isKnown() ? Instant.ofEpochMilli(life.expiresAt()) : null;
  }

  @Override
  public @Nullable Instant renewedFrom() {
    TokenLife life = credential.life();
    return life.isKnown() ? Instant.ofEpochMilli(life.staleAt()) : null;
  }

  @Override
  public boolean canBeRefreshed() {
    return credential.refreshToken() != null;
  }

  @Override
  public Map<String, @Nullable Object> claims() {
    Map<String, @Nullable Object> claims = Jwt.claims(credential.secret());
    return claims == null ? Collections.emptyMap() : Collections.unmodifiableMap(claims);
  }

  @Override
  public Duration duration() {
    return duration;
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
