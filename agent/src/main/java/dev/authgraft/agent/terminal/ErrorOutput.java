package dev.authgraft.agent.terminal;

import dev.authgraft.config.ConfigProblem;

/** Says why Authgraft does not start. It is said at every log level, to who started the program. */
public final class ErrorOutput {
  private static final String PREFIX = "authgraft ERROR ";

  private ErrorOutput() {}

  public static void print(String line) {
    System.err.println(PREFIX + line);
  }

  /** Prints a problem: one line, or with what it is about where a person may be looking. */
  public static void print(ConfigProblem problem) {
    if (!Terminal.is(Terminal.ERR)) {
      print(problem.toString());
      return;
    }
    boolean color = Terminal.wantsColor(System.getenv());
    int width = Terminal.width(System.getenv("COLUMNS"));
    print(new ConfigProblemPrinter(color, width).print(problem));
  }
}
