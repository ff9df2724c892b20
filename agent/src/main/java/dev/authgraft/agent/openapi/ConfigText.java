package dev.authgraft.agent.openapi;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Writes a config, with comments for the person who reads it. */
final class ConfigText {
  private static final int WIDTH = 98;

  private final StringBuilder text = new StringBuilder();
  private final OpenApi api;

  ConfigText(OpenApi api) {
    this.api = api;
    List<Group> groups = groups(api.operations());
    Set<String> used = new LinkedHashSet<>();
    for (Group group : groups) {
      for (PlannedRule rule : group.plan.rules()) used.add(rule.strategy);
    }
    used.remove("none");
    head(groups);
    strategies(used);
    rules(groups, used);
  }

  /** Hosts with the same operations, and their rules. */
  private static final class Group {
    final Set<String> hosts = new LinkedHashSet<>();
    final boolean cleartext;
    final RulePlan plan;

    Group(List<Operation> operations) {
      this.cleartext = operations.get(0).server.isCleartext();
      this.plan = new RulePlan(operations);
    }
  }

  private static List<Group> groups(List<Operation> all) {
    Map<String, List<Operation>> byOrigin = new LinkedHashMap<>();
    for (Operation operation : all) {
      byOrigin.computeIfAbsent(operation.server.origin(), none -> new ArrayList<>()).add(operation);
    }
    Map<Object, Group> groups = new LinkedHashMap<>();
    for (List<Operation> operations : byOrigin.values()) {
      Server server = operations.get(0).server;
      Set<List<Object>> meaning = new HashSet<>();
      for (Operation each : operations) {
        meaning.add(Arrays.asList(server.isCleartext(), each.method, each.segments, each.strategy));
      }
      groups.computeIfAbsent(meaning, none -> new Group(operations)).hosts.add(server.host);
    }
    return new ArrayList<>(groups.values());
  }

  private void head(List<Group> groups) {
    String title = api.title();
    comment(
        "Written from "
            + (title.isEmpty()
                ? "an OpenAPI document."
                : "the OpenAPI document of " + title + "."));
    comment("Read it, set the variables that it names, then try it: check, explain, login.");
    api.gaps()
        .forEach(
            (what, count) ->
                comment(
                    "NOT COVERED: "
                        + count
                        + (count == 1 ? " operation wants " : " operations want ")
                        + what
                        + ". Their requests are left alone."));
    for (Group group : groups) {
      for (Operation operation : group.plan.inexpressible()) {
        comment(
            "NOT COVERED: "
                + operation
                + " wants "
                + operation.strategy
                + ", but no path pattern tells it from others.");
      }
    }
  }

  private void strategies(Set<String> used) {
    List<SecurityScheme> left = new ArrayList<>();
    line("");
    if (!used.isEmpty()) line("strategies:");
    for (SecurityScheme scheme : api.schemes().values()) {
      if (!used.contains(scheme.name)) {
        left.add(scheme);
        continue;
      }
      for (String note : scheme.notes) comment("  ", note);
      line("  " + scheme.name + ":");
      scheme.strategy.forEach((key, value) -> entry("    ", key, value));
      line("");
    }
    for (SecurityScheme scheme : left) {
      String why =
          !scheme.isPossible()
              ? ". " + String.join(" ", scheme.notes)
              : api.takes(scheme.key)
                  ? ": each operation that takes it takes one of the above as well."
                  : ": no operation takes it.";
      comment(scheme.key + " is left out" + why);
    }
    if (!left.isEmpty()) line("");
  }

  private void entry(String indent, String key, Object value) {
    if (!(value instanceof Map)) {
      line(indent + key + ": " + scalar((String) value));
      return;
    }
    Map<?, ?> map = (Map<?, ?>) value;
    line(indent + scalar(key) + ":");
    map.forEach((name, item) -> entry(indent + "  ", scalar((String) name), item));
  }

  private void rules(List<Group> groups, Set<String> used) {
    line(used.isEmpty() ? "rules: []" : "rules:");
    for (Group group : groups) {
      if (group.plan.isIdle()) continue;
      for (PlannedRule rule : group.plan.rules()) rule(rule, group.hosts, group.cleartext);
    }
  }

  private void rule(PlannedRule rule, Set<String> hosts, boolean cleartext) {
    line("  - host: " + list("      ", hosts));
    if (cleartext) line("    scheme: http");
    List<String> paths = new ArrayList<>();
    for (List<String> path : rule.paths) paths.add("/" + String.join("/", path));
    if (!paths.get(0).equals("/**")) line("    path: " + list("      ", paths));
    if (!rule.methods.isEmpty()) line("    method: " + list("      ", rule.methods));
    line("    strategy: " + rule.strategy);
  }

  /** Returns a single item as a scalar, several as a list on one line or on several lines. */
  private static String list(String indent, Iterable<String> items) {
    List<String> written = new ArrayList<>();
    for (String item : items) written.add(scalar(item));
    if (written.size() == 1) return written.get(0);
    String line = "[" + String.join(", ", written) + "]";
    if (line.length() < WIDTH - 20) return line;
    StringBuilder lines = new StringBuilder();
    for (String item : written) lines.append('\n').append(indent).append("- ").append(item);
    return lines.toString();
  }

  /** Returns {@code value} unquoted if YAML reads that as a string, else in quotes. */
  private static String scalar(String value) {
    boolean plain = isWord(value) && !value.matches("(?i)true|false|null|yes|no|on|off|y|n");
    if (plain || value.matches("\\$\\{env:[A-Z0-9_]+\\}")) return value;
    StringBuilder quoted = new StringBuilder("\"");
    for (char c : value.toCharArray()) {
      if (c == '"' || c == '\\') quoted.append('\\').append(c);
      else if (c < ' ' || c == 0x7f) quoted.append(String.format("\\x%02x", (int) c));
      else quoted.append(c);
    }
    return quoted.append('"').toString();
  }

  /** Returns whether {@code value} contains nothing with a special meaning in YAML. */
  private static boolean isWord(String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      boolean letter = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '/';
      boolean later = (c >= '0' && c <= '9') || "_.~@+-*".indexOf(c) >= 0;
      boolean colon = c == ':' && i + 1 < value.length(); // and no blank follows
      if (!letter && (i == 0 || (!later && !colon))) return false;
    }
    return !value.isEmpty();
  }

  private void comment(String words) {
    comment("", words);
  }

  private void comment(String indent, String words) {
    StringBuilder line = new StringBuilder(indent + "#");
    for (String word : words.trim().split("[\\s\\p{Cntrl}\u0085\u2028\u2029]+")) {
      if (line.length() + word.length() >= WIDTH && line.length() > indent.length() + 1) {
        line(line.toString());
        line = new StringBuilder(indent + "#");
      }
      line.append(' ').append(word);
    }
    line(line.toString());
  }

  private void line(String line) {
    int end = text.length();
    boolean second = end > 1 && text.charAt(end - 1) == '\n' && text.charAt(end - 2) == '\n';
    if (second && line.isEmpty()) return;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '\n') trimEnd();
      text.append(c);
    }
    text.append('\n');
  }

  /** Removes the blanks at the end of the text. */
  private void trimEnd() {
    int end = text.length();
    while (end > 0 && text.charAt(end - 1) == ' ') end--;
    text.setLength(end);
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
