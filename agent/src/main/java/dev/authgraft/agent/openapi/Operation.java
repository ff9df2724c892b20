package dev.authgraft.agent.openapi;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One operation at one server, and the strategy that its requests want. */
final class Operation {
  final Server server;
  final String method;

  /** With the server's. */
  final List<String> segments;

  /** Whether a segment stands for more requests than the operation has. */
  final boolean widened;

  /** The name of the strategy, or none. */
  final String strategy;

  final String template;

  Operation(Server server, String method, String template, String strategy) {
    this.server = server;
    this.method = method;
    this.template = template;
    this.strategy = strategy;
    this.segments = new ArrayList<>();
    boolean wide = false;
    String path = (server.path + template).split("[?#]", 2)[0];
    for (String segment : path.replaceFirst("^/", "").split("/", -1)) {
      String pattern = pattern(segment);
      segments.add(pattern == null ? "*" : pattern);
      wide |= pattern == null;
    }
    this.widened = wide || template.matches(".*[?#].*");
  }

  /** Returns the pattern of a segment, or null where it can only be widened to {@code *}. */
  private static @Nullable String pattern(String segment) {
    if (segment.matches("\\{[^{}]*\\}")) return "*";
    return segment.matches("[^{}*;\\\\%\\s\\p{Cntrl}]*") && !segment.matches("\\.\\.?")
        ? segment
        : null;
  }

  @Override
  public String toString() {
    return method + " " + template;
  }
}
