package dev.authgraft.agent.openapi;

/** Thrown for a document that cannot be turned into a config. The message names the remedy. */
public final class OpenApiException extends Exception {
  private static final long serialVersionUID = 1L;

  OpenApiException(String message) {
    super(message);
  }
}
