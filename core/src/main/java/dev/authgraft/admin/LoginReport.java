package dev.authgraft.admin;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The result of a login that an operator asked for. {@code toString} shows no token. Immutable. */
public interface LoginReport {
  /** What a login yields. */
  enum Kind {
    /** A JSON Web Token (RFC 7519). */
    JWT("JWT"),
    /** A token of which nothing can be told. */
    OPAQUE_TOKEN("opaque token"),
    /** The cookies of a session. */
    COOKIES("cookies");

    private final String text;

    Kind(String text) {
      this.text = text;
    }

    /** Returns the kind in words: {@code opaque token}. */
    @Override
    public String toString() {
      return text;
    }
  }

  Kind kind();

  /** Returns the names of the cookies, none for a token. */
  List<String> cookieNames();

  /** Returns when the credential expires by the local clock, or null if that is not known. */
  @Nullable Instant expiresAt();

  /** Returns when the credential becomes due for renewal, or null as for {@link #expiresAt}. */
  @Nullable Instant renewedFrom();

  /** Returns whether a refresh will be tried before the next login. */
  boolean canBeRefreshed();

  /**
   * Returns the claims of a JWT (RFC 7519, section 4), none for anything else. A value is what JSON
   * can express: text, a number, a boolean, null, or a list or map of these.
   */
  Map<String, @Nullable Object> claims();

  /** Returns how long the login took. */
  Duration duration();

  /** Returns the token, or the cookies as a request carries them, for somebody who asks for it. */
  String secret();
}
