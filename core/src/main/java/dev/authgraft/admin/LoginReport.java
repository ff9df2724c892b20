package dev.authgraft.admin;

import java.util.Map;

/** The result of a login that an operator asked for. {@code toString} shows no token. */
public interface LoginReport {
  /** Returns {@code JWT}, {@code opaque token} or {@code cookies}. */
  String kind();

  /** Returns when it expires, in milliseconds since the epoch, or -1 if that is unknown. */
  long expiresAt();

  /** Returns from when on it is renewed ahead, in milliseconds since the epoch, or -1. */
  long renewedFrom();

  /** Returns whether a refresh will be tried before the next login. */
  boolean canBeRefreshed();

  /** Returns the claims of a JWT (RFC 7519, section 4), none for anything else. */
  Map<?, ?> claims();

  /** Returns how long the login took. */
  long millis();

  /** Returns the token, or the cookies as a request carries them, for somebody who asks for it. */
  String secret();
}
