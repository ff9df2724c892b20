package dev.authgraft.agent.openapi;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An operation at one server, and the strategy for its requests. */
final class Operation {
  final Server server;
  final String method;

  /** The segments of the path, including the server's path. */
  final List<String> segments;

  /** Whether the pattern matches more paths than the operation has. */
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

  /** Returns the pattern of a segment, or null if it has to be widened to {@code *}. */
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
