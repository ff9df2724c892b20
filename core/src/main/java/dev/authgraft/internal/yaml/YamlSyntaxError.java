package dev.authgraft.internal.yaml;

import dev.authgraft.internal.util.SourcePosition;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/** Turns an error of SnakeYAML into a problem with a remedy, which repeats no part of a value. */
final class YamlSyntaxError {
  private final String file;
  private final MarkedYAMLException error;

  YamlSyntaxError(String file, MarkedYAMLException error) {
    this.file = file;
    this.error = error;
  }

  void addTo(Problems problems) {
    Mark mark = error.getProblemMark();
    SourcePosition position =
        mark == null ? SourcePosition.ofFile(file) : YamlReader.position(file, mark);
    Mark open = isInBrackets() || isInQuotes() ? error.getContextMark() : null;
    String text = "YAML: " + unquoted() + remedy();
    if (open == null) problems.add(position, text);
    else problems.add(position, text, YamlReader.position(file, open), "opened here");
  }

  /** Returns the error without the text that SnakeYAML quotes: it may be part of a password. */
  private String unquoted() {
    String problem = String.valueOf(error.getProblem());
    if (problem.contains("undefined tag handle")) {
      return "found a tag (quote a value that begins with '!')";
    }
    if (problem.startsWith("found unknown escape")) return "found an unknown escape";
    // SnakeYAML appends advice of its own, or the character at which it stopped.
    return problem.replaceFirst("\\. \\(Do not use .*|, but found: .*| found .\\(\\d+\\)$", "");
  }

  private boolean isInQuotes() {
    return String.valueOf(error.getProblem()).startsWith("found unexpected ")
        && String.valueOf(error.getContext()).startsWith("while scanning a quoted");
  }

  private boolean isInBrackets() {
    return String.valueOf(error.getContext()).startsWith("while parsing a flow");
  }

  /** Returns the remedy for frequent mistakes that YAML's own message does not explain. */
  private String remedy() {
    String problem = String.valueOf(error.getProblem());
    String context = String.valueOf(error.getContext());
    Mark start = error.getContextMark();
    if (start != null && isInBrackets()) {
      char bracket = context.contains("mapping") ? '{' : '[';
      return " (close the '"
          + bracket
          + "' of "
          + YamlReader.position(file, start)
          + ", or quote a value that holds a bracket or a comma)";
    }
    if (start != null && isInQuotes())
      return " (close the quote of " + YamlReader.position(file, start) + ")";
    if (problem.contains("escape")) {
      return " (put '…' around the value, or write \\\\ for a backslash)";
    }
    if (problem.startsWith("expected '<document start>'")) {
      return " (keep one document in a file)";
    }
    if (problem.startsWith("could not find expected ':'")) return " (write ': ' behind a key)";
    if (context.startsWith("while scanning an a")) return " (quote a value that begins with it)";
    if (problem.startsWith("mapping values are not allowed")) {
      return " (quote a value that holds ': ', or indent this line as the one before)";
    }
    if (problem.contains("'\\t")) return " (write spaces in place of tabs)";
    if (problem.contains("that cannot start any token")) return " (quote this value)";
    if (problem.startsWith("expected <block end>")) {
      return " (indent this line as its neighbours)";
    }
    return "";
  }
}
