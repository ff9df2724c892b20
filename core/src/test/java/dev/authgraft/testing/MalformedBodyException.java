package dev.authgraft.testing;

/** The body of a request is not what its format allows. */
public final class MalformedBodyException extends Exception {
  MalformedBodyException(String message) {
    super(message);
  }
}
