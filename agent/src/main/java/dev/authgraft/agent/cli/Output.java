package dev.authgraft.agent.cli;

import dev.authgraft.ConfigException;
import dev.authgraft.agent.terminal.ConfigProblemPrinter;
import dev.authgraft.agent.terminal.Terminal;
import dev.authgraft.config.ConfigProblem;
import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** How a command shows what it found: to a person or to a machine. */
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class Output {
  /** As its option has it. */
  enum Color {
    auto,
    always,
    never
  }

  @Spec(Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--color",
      paramLabel = "WHEN",
      description = "auto, always or never. Default: auto, on a terminal unless NO_COLOR is set.")
  private Color color = Color.auto;

  @Option(names = "--json", description = "Writes one JSON document, for machines.")
  private boolean json;

  boolean isJson() {
    return json;
  }

  PrintWriter out() {
    return spec.commandLine().getOut();
  }

  /** Returns a document of this command. */
  JsonResult json(String result) {
    return new JsonResult(spec.name(), result);
  }

  /** Returns how wide a line may be. */
  int width() {
    return Terminal.width(System.getenv("COLUMNS"));
  }

  /** Prints a line, broken into several where it goes to a terminal and is longer than that. */
  void line(String text) {
    String shown = Terminal.harmless(text); // a server's claims, another program's arguments
    out().println(Terminal.is(Terminal.OUT) ? Wrapping.sentence(shown, width()) : shown);
  }

  /** Prints a warning, with the line that it stands in where a person is looking. */
  void warn(ConfigProblem warning) {
    boolean terminal = Terminal.is(Terminal.OUT);
    boolean colored = isColored(color, terminal);
    ConfigProblemPrinter printer = new ConfigProblemPrinter(colored, width());
    out().println("warning: " + (terminal || colored ? printer.print(warning) : warning));
  }

  void print(Table table) {
    table.print(out(), width());
  }

  /** Says that a command has failed. */
  void fail(String result, String text) {
    if (json) json(result).put("error", text).print(out());
    else spec.commandLine().getErr().println(text);
  }

  /** Lists problems, with the lines that they stand in where a person is looking. */
  void print(ConfigException refused) {
    if (json) {
      json("bad-config").put("problems", refused.problems()).print(out());
      return;
    }
    PrintWriter err = spec.commandLine().getErr();
    boolean terminal = Terminal.is(Terminal.ERR);
    boolean colored = isColored(color, terminal);
    ConfigProblemPrinter printer = new ConfigProblemPrinter(colored, width());
    for (ConfigProblem problem : refused.problems()) {
      err.println(terminal || colored ? printer.print(problem) : problem);
    }
  }

  private static boolean isColored(Color color, boolean terminal) {
    return color == Color.always
        || (color == Color.auto && terminal && Terminal.wantsColor(System.getenv()));
  }

  /** Returns whether help and mistakes of usage are coloured, which come before all is parsed. */
  static Ansi usageColor(String[] args) {
    boolean terminal = Terminal.is(Terminal.OUT) && Terminal.is(Terminal.ERR);
    return isColored(colorIn(args), terminal) ? Ansi.ON : Ansi.OFF;
  }

  private static Color colorIn(String[] args) {
    for (int i = 0; i < args.length; i++) {
      String next = i + 1 < args.length ? args[i + 1] : "";
      @Nullable String named =
          args[i].startsWith("--color=")
              ? args[i].substring("--color=".length())
              : args[i].equals("--color") ? next : null;
      for (Color color : Color.values()) if (color.name().equals(named)) return color;
    }
    return Color.auto;
  }
}
