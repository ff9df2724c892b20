package dev.authgraft.agent.start;

/** Thrown for options that cannot be used. The message is for the person who starts the program. */
public final class OptionsException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String message;

  public OptionsException(String message) {
    super(message);
    this.message = message;
  }

  @Override
  public String getMessage() {
    return message;
  }
}
