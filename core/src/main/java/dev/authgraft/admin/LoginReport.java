package dev.authgraft.admin;

import java.util.Map;

/** The result of a login that an operator asked for. {@code toString} shows no token. Immutable. */
public interface LoginReport {
  /** Returns {@code JWT}, {@code opaque token} or {@code cookies}. */
  String kind();

  /** Returns when it expires, in milliseconds since the epoch, or -1 if that is unknown. */
  long expiresAt();

  /**
   * Returns when the credential becomes due for renewal, in milliseconds since the epoch, or -1 if
   * that is not known.
   */
  long renewedFrom();

  /** Returns whether a refresh will be tried before the next login. */
  boolean canBeRefreshed();

  /** Returns the claims of a JWT (RFC 7519, section 4), none for anything else. */
  Map<?, ?> claims();

  /** Returns how long the login took, in milliseconds. */
  long millis();

  /** Returns the token, or the cookies as a request carries them, for somebody who asks for it. */
  String secret();
}
