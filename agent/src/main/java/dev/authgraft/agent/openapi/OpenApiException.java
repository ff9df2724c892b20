package dev.authgraft.agent.openapi;

/** A document from which no config can be written. The message says why and what to do. */
public final class OpenApiException extends Exception {
  private static final long serialVersionUID = 1L;

  OpenApiException(String message) {
    super(message);
  }
}
