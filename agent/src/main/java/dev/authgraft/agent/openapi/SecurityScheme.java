package dev.authgraft.agent.openapi;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A security scheme of a document: as a strategy, or with the reason why it cannot be one. */
final class SecurityScheme {
  /** The name in the document. */
  final String key;

  /** The name of the strategy. */
  final String name;

  /** The keys and values of the strategy, as nested maps; empty if it cannot be one. */
  final Map<String, Object> strategy = new LinkedHashMap<>();

  /** Sentences for the person who reads the config. */
  final List<String> notes = new ArrayList<>();

  private final Server server;

  private SecurityScheme(String key, String name, Server server) {
    this.key = key;
    this.name = name;
    this.server = server;
  }

  boolean isPossible() {
    return !strategy.isEmpty();
  }

  /** Reads {@code scheme}. */
  static SecurityScheme of(
      String key, Tree scheme, LoginOperation login, Server server, Collection<String> takenNames) {
    SecurityScheme read = new SecurityScheme(key, name(key, takenNames), server);
    String type = scheme.get("type").text();
    switch (type) {
      case "apiKey":
        read.apiKey(scheme);
        break;
      case "http":
        read.http(scheme.get("scheme").text(), login);
        break;
      case "oauth2":
        read.oauth2(scheme.get("flows"));
        break;
      default:
        read.impossible(type.isEmpty() ? "it has no type" : "no strategy does " + type);
        break;
    }
    return read;
  }

  private void impossible(String why) {
    notes.add("Not possible: " + why + ".");
  }

  private void apiKey(Tree scheme) {
    String in = scheme.get("in").text();
    String parameter = scheme.get("name").text();
    boolean token = parameter.matches("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
    if (!in.matches("header|query|cookie")
        || parameter.isEmpty()
        || (!token && !in.equals("query"))) {
      impossible("an apiKey in '" + in + "' named '" + parameter + "'");
      return;
    }
    strategy.put("type", "api-key");
    strategy.put(in, literal(parameter));
    strategy.put("value", env(""));
    if (parameter.equalsIgnoreCase("authorization")) {
      notes.add("The whole value of the header: with its scheme (\"Bearer …\") where it has one.");
    }
  }

  private void http(String scheme, LoginOperation login) {
    switch (scheme.toLowerCase(Locale.ROOT)) {
      case "basic":
        strategy.put("type", "basic");
        strategy.put("username", env("_USER"));
        strategy.put("password", env("_PASSWORD"));
        break;
      case "bearer":
        if (login.isFound()) {
          strategy.putAll(login.strategy(server, env("_USER"), env("_PASSWORD")));
          notes.add("A guess: " + login + " looks like the login. Verify it, and where its answer");
          notes.add("has the token.");
          break;
        }
        strategy.put("type", "api-key");
        strategy.put("header", "Authorization");
        strategy.put("prefix", "Bearer ");
        strategy.put("value", env(variable().endsWith("TOKEN") ? "" : "_TOKEN"));
        break;
      default:
        impossible("no strategy does http " + scheme);
        break;
    }
  }

  private void oauth2(Tree flows) {
    String clientUrl = flows.get("clientCredentials").get("tokenUrl").text();
    String passwordUrl = flows.get("password").get("tokenUrl").text();
    String url = clientUrl.isEmpty() ? passwordUrl : clientUrl;
    if (!url.isEmpty() && Server.of(server.resolve(url)) == null) {
      impossible("its tokenUrl is no URL: " + url);
    } else if (!clientUrl.isEmpty()) {
      strategy.put("type", "oauth2-client-credentials");
      strategy.put("token-url", server.resolve(clientUrl));
      strategy.put("client-id", env("_CLIENT_ID"));
      strategy.put("client-secret", env("_CLIENT_SECRET"));
      scopes(flows.get("clientCredentials"), "Its scopes, for scope:");
      if (!passwordUrl.isEmpty()) notes.add("There is a flow by password as well.");
    } else if (!passwordUrl.isEmpty()) {
      Map<String, Object> form = new LinkedHashMap<>();
      form.put("grant_type", "password");
      form.put("username", env("_USER"));
      form.put("password", env("_PASSWORD"));
      Map<String, Object> login = new LinkedHashMap<>();
      login.put("url", server.resolve(passwordUrl));
      login.put("form", form);
      strategy.put("type", "form-login");
      strategy.put("login", login);
      scopes(flows.get("password"), "Its scopes, for a field scope of the form:");
      notes.add("Some servers want client_id and client_secret in the form as well.");
    } else {
      impossible(
          "of OAuth 2 only clientCredentials and password need nobody at a browser, and it has "
              + (flows.entries().isEmpty()
                  ? "no flow"
                  : String.join(", ", flows.entries().keySet())));
    }
  }

  private void scopes(Tree flow, String what) {
    Collection<String> scopes = flow.get("scopes").entries().keySet();
    if (!scopes.isEmpty()) notes.add(what + " " + String.join(" ", scopes));
  }

  /*
   * A document must not be able to read a variable of the user's and send it to a server of its
   * own.
   */
  private static String literal(String text) {
    return text.replace("${", "$${");
  }

  private String env(String suffix) {
    return "${env:" + variable() + suffix + "}";
  }

  private String variable() {
    String name = this.name.toUpperCase(Locale.ROOT).replace('-', '_');
    return Character.isDigit(name.charAt(0)) ? "API_" + name : name;
  }

  /** Returns {@code api-key-auth} for {@code ApiKeyAuth}. */
  private static String name(String key, Collection<String> taken) {
    String words =
        key.replaceAll("([a-z0-9])([A-Z])", "$1-$2")
            .replaceAll("[^A-Za-z0-9]+", "-")
            .replaceAll("^-+|-+$", "")
            .toLowerCase(Locale.ROOT);
    String name = words.isEmpty() || words.equals("none") ? "api" : words;
    String free = name;
    for (int i = 2; taken.contains(free); i++) free = name + "-" + i;
    return free;
  }
}
