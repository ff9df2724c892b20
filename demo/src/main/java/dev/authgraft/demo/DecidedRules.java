package dev.authgraft.demo;

import dev.authgraft.demo.LegacyProgram.Call;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which rule decided a call, by what the agent says at debug: {@code rule 2 (authgraft.yml:38:5)
 * (assured-key) for GET http://…}.
 */
final class DecidedRules {
  /** What {@link #of} returns where the log does not say. */
  static final String UNKNOWN = "?";

  private static final Pattern DECISION =
      Pattern.compile("\\brule (\\d+) \\(.*\\) \\(([^)]+)\\) for (\\S+ [^\\s,]+)");

  private final List<String> rules;
  private final List<String> log;

  /**
   * @param config where the rules stand, one a line
   * @param log what the agent wrote
   */
  DecidedRules(Path config, List<String> log) throws IOException {
    this.rules =
        Files.readAllLines(config).stream()
            .filter(line -> line.startsWith("  - {"))
            .map(line -> line.substring("  - {".length(), line.length() - 1))
            .toList();
    this.log = log;
  }

  /**
   * Returns the rules as the config has them, the first that matches being the one that decides.
   */
  List<String> rules() {
    return rules;
  }

  /** Returns the number and the strategy of the rule that decided {@code call}. */
  String of(Call call) {
    String target = call.method() + " " + call.url();
    for (String line : log) {
      Matcher decision = DECISION.matcher(line);
      if (decision.find() && decision.group(3).equals(target)) {
        return decision.group(1) + " " + decision.group(2);
      }
    }
    return UNKNOWN;
  }
}
