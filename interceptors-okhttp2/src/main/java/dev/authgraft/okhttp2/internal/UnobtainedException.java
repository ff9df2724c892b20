package dev.authgraft.okhttp2.internal;

import java.io.IOException;
import java.net.ProtocolException;

/**
 * Carries the reason why a hop has no credential up to {@link RenewInterceptor}. It is a {@code
 * ProtocolException} because OkHttp takes any other for a failed connection, and tries again.
 */
final class UnobtainedException extends ProtocolException {
  private static final long serialVersionUID = 1L;

  private final IOException reason;

  UnobtainedException(IOException reason) {
    super(reason.getMessage());
    this.reason = reason;
    initCause(reason);
  }

  IOException reason() {
    return reason;
  }
}
