package dev.authgraft.agent.terminal;

import dev.authgraft.config.ConfigProblem;

/** Prints to standard error why Authgraft does not start, whatever the log level is. */
public final class ErrorOutput {
  private static final String PREFIX = "authgraft ERROR ";

  private ErrorOutput() {}

  public static void print(String line) {
    System.err.println(PREFIX + line);
  }

  /** Prints a problem: with its line of the config on a terminal, else as one line. */
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
