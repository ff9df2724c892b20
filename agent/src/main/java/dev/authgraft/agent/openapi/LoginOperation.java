package dev.authgraft.agent.openapi;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The operation of a document that is probably the login: a POST that takes a password. */
final class LoginOperation {
  private static final String PATH =
      ".*(log-?in|sign-?in|token|auth|authenticate|authentication|sessions?)";

  private final String path;
  private final boolean form;
  private final String user;
  private final String password;
  private final String token;

  private LoginOperation(String path, boolean form, String user, String password, String token) {
    this.path = path;
    this.form = form;
    this.user = user;
    this.password = password;
    this.token = token;
  }

  /** Returns the first login of {@code document}; {@link #isFound} says whether there is one. */
  static LoginOperation in(Tree document) {
    for (Map.Entry<String, Tree> path : document.get("paths").entries().entrySet()) {
      String plain = Server.withoutSlashes(path.getKey()).toLowerCase(Locale.ROOT);
      Tree post = path.getValue().get("post");
      if (!plain.matches(PATH) || path.getKey().indexOf('{') >= 0 || !post.has("requestBody")) {
        continue;
      }
      Tree content = post.get("requestBody").in(document).get("content");
      for (Map.Entry<String, Tree> type : content.entries().entrySet()) {
        boolean form = type.getKey().startsWith("application/x-www-form-urlencoded");
        if (!form && !type.getKey().contains("json")) continue;
        List<String> fields = fields(type.getValue().get("schema"), document, 0);
        String password = first(fields, "password", "pass", "passwd");
        String user = first(fields, "username", "email", "user", "login", "user_name", "userName");
        if (password.isEmpty() || user.isEmpty()) continue;
        return new LoginOperation(path.getKey(), form, user, password, token(post, document));
      }
    }
    return new LoginOperation("", false, "", "", "");
  }

  boolean isFound() {
    return !path.isEmpty();
  }

  /** Returns the keys and values of a strategy that logs in there. */
  Map<String, Object> strategy(Server server, String userValue, String passwordValue) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put(user, userValue);
    body.put(password, passwordValue);
    Map<String, Object> login = new LinkedHashMap<>();
    login.put("url", server + path);
    login.put(form ? "form" : "json", body);
    if (!token.isEmpty() && !token.equals("access_token")) login.put("token", "/" + token);
    Map<String, Object> strategy = new LinkedHashMap<>();
    strategy.put("type", form ? "form-login" : "lazy-jwt");
    strategy.put("login", login);
    return strategy;
  }

  private static String token(Tree post, Tree document) {
    for (String status : new String[] {"200", "201", "default"}) {
      Tree content = post.get("responses").get(status).in(document).get("content");
      for (Tree type : content.entries().values()) {
        List<String> fields = fields(type.get("schema"), document, 0);
        String token =
            first(fields, "access_token", "accessToken", "token", "jwt", "id_token", "idToken");
        if (!token.isEmpty()) return token;
      }
    }
    return "";
  }

  private static List<String> fields(Tree schema, Tree document, int depth) {
    List<String> fields = new ArrayList<>();
    if (depth > 5) return fields;
    Tree found = schema.in(document);
    fields.addAll(found.get("properties").entries().keySet());
    for (Tree part : found.get("allOf").items()) fields.addAll(fields(part, document, depth + 1));
    return fields;
  }

  private static String first(List<String> fields, String... wanted) {
    for (String name : wanted) if (fields.contains(name)) return name;
    return "";
  }

  @Override
  public String toString() {
    return "POST " + path;
  }
}
