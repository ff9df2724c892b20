package dev.authgraft.agent.terminal;

import dev.authgraft.config.ConfigProblem;
import dev.authgraft.config.Excerpt;

/** Formats config problems for a terminal: with the line of the config and a caret. */
public final class ConfigProblemPrinter {
  private static final String BOLD = "\u001b[1m";
  private static final String RED = "\u001b[1;31m";
  private static final String BLUE = "\u001b[1;34m";
  private static final String RESET = "\u001b[0m";
  private static final String CUT = "…";
  private static final int NARROWEST = 20;

  /** The width of the gutter without its digits. */
  private static final int MARGIN = 4;

  private final boolean color;
  private final int width;

  /**
   * @param color whether to write ANSI escapes
   * @param width of the terminal, in cells
   */
  public ConfigProblemPrinter(boolean color, int width) {
    this.color = color;
    this.width = width;
  }

  /** Returns the problem and, below it, its line of the config; without a final line break. */
  public String print(ConfigProblem problem) {
    String headline = problem.toString();
    String what = problem.text();
    String place = headline.substring(0, headline.length() - what.length());
    StringBuilder printed =
        new StringBuilder(painted(BOLD, Terminal.harmless(place)))
            .append(painted(RED, Terminal.harmless(what)));
    Excerpt excerpt = problem.excerpt();
    if (excerpt == null) return printed.toString();
    int digits = String.valueOf(problem.line()).length();
    Excerpt earlier = problem.earlierExcerpt();
    if (earlier != null && problem.earlierLine() != problem.line()) {
      append(printed, earlier, problem.earlierLine(), digits, '-', BLUE);
      printed.append(painted(BLUE, " " + problem.earlierNote()));
    }
    append(printed, excerpt, problem.line(), digits, '^', RED);
    return printed.toString();
  }

  private void append(
      StringBuilder printed, Excerpt excerpt, int line, int digits, char mark, String paint) {
    StringBuilder number = new StringBuilder(String.valueOf(line));
    while (number.length() < digits) number.insert(0, ' ');
    Window window = new Window(excerpt, Math.max(NARROWEST, width - digits - MARGIN));
    printed
        .append(System.lineSeparator())
        .append(painted(BLUE, " " + number + " |"))
        .append(window.text.isEmpty() ? "" : " " + window.text)
        .append(System.lineSeparator())
        .append(painted(BLUE, " " + repeated(' ', digits) + " |"))
        .append(' ')
        .append(repeated(' ', window.from))
        .append(painted(paint, repeated(mark, window.length)));
  }

  private String painted(String paint, String text) {
    return color ? paint + text + RESET : text;
  }

  private static String repeated(char c, int count) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < count; i++) text.append(c);
    return text.toString();
  }

  /** The part of a line that fits, around the text that the problem is about. */
  private static final class Window {
    final String text;

    /** In cells. */
    final int from;

    final int length;

    Window(Excerpt excerpt, int room) {
      String before = Terminal.harmless(excerpt.line().substring(0, excerpt.from()));
      int end = Math.min(excerpt.to(), excerpt.line().length());
      String about = Terminal.harmless(excerpt.line().substring(excerpt.from(), end));
      String after = Terminal.harmless(excerpt.line().substring(end));
      about = DisplayWidth.first(about, room / 2, CUT);
      int length = Math.max(1, DisplayWidth.count(about));
      before =
          DisplayWidth.last(
              before, room - length - Math.min(DisplayWidth.count(after), room / 4), CUT);
      from = DisplayWidth.count(before);
      text = before + about + DisplayWidth.first(after, room - from - length, CUT);
      this.length = length;
    }
  }
}
