package dev.authgraft.testing.fuzz;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A config: strategies, and rules in their order. */
record Grafting(List<Strategy> strategies, List<Rule> rules) {
  /**
   * How a credential is obtained and where it stands.
   *
   * @param place {@code header}, {@code query} or {@code cookie}
   */
  record Strategy(String name, boolean logsIn, String place, String field, String prefix) {
    /** Returns what every secret of this begins with; what follows is a word. */
    String secret() {
      return "canary-" + name + "-";
    }

    /** Returns the credentials and others that {@code hop} carries in this place. */
    List<String> values(Hop hop) {
      return switch (place) {
        case "query" -> Hop.values(field, hop.parameters());
        case "cookie" -> Hop.values(field, hop.cookies());
        default -> hop.headers(field);
      };
    }

    private String yaml(String login) {
      String type =
          logsIn
              ? "lazy-jwt, login: {url: '" + login + name + "'}, apply: {" + place + ": " + field
              : "api-key, value: '" + secret() + "key', " + place + ": " + field;
      String prefixed = place.equals("header") ? ", prefix: '" + prefix + "'" : "";
      return "  " + name + ": {type: " + type + prefixed + (logsIn ? "}}\n" : "}\n");
    }
  }

  /**
   * What decides about a request.
   *
   * @param host with its port
   * @param scheme null for the default
   * @param paths none for every path
   * @param methods none for any
   * @param strategy null for {@code none}
   */
  record Rule(
      String host,
      @Nullable String scheme,
      List<String> paths,
      List<String> methods,
      @Nullable Strategy strategy,
      boolean replaces) {
    String yaml() {
      List<String> keys = new ArrayList<>(List.of("host: '" + host + "'"));
      if (scheme != null) keys.add("scheme: " + scheme);
      if (!paths.isEmpty()) keys.add("path: ['" + String.join("', '", paths) + "']");
      if (!methods.isEmpty()) keys.add("method: [" + String.join(", ", methods) + "]");
      if (replaces) keys.add("existing: replace");
      keys.add("strategy: " + (strategy == null ? "none" : strategy.name()));
      return "  - {" + String.join(", ", keys) + "}\n";
    }
  }

  /**
   * Returns the file.
   *
   * @param login where a strategy logs in, but for its name
   */
  String yaml(String login) {
    StringBuilder yaml = new StringBuilder("reload: off\nstrategies:\n");
    for (Strategy strategy : strategies) yaml.append(strategy.yaml(login));
    yaml.append("rules:\n");
    for (Rule rule : rules) yaml.append(rule.yaml());
    return yaml.toString();
  }
}
