package dev.authgraft.agent.start;

/** The agent was told something that it cannot do. The message is for who started the program. */
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
