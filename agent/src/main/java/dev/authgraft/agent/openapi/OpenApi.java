package dev.authgraft.agent.openapi;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** An OpenAPI 3 document: its operations, their servers and the security that they require. */
public final class OpenApi {
  private static final String NONE = "none";
  private static final List<String> METHODS =
      Arrays.asList("get", "put", "post", "delete", "options", "head", "patch", "trace");

  private final Tree document;
  private final @Nullable Server given;
  private final Map<String, SecurityScheme> schemes = new LinkedHashMap<>();
  private final List<Operation> operations = new ArrayList<>();

  /** The schemes that operations accept. */
  private final Set<String> taken = new TreeSet<>();

  /** Requirements that no rule can express, with the number of operations that have them. */
  private final Map<String, Integer> gaps = new LinkedHashMap<>();

  /**
   * Reads a document.
   *
   * @param server the server's URL, or null to use the servers that the document names
   */
  public OpenApi(String text, @Nullable String server) throws OpenApiException {
    document = Tree.read(text);
    given = server == null ? null : Server.of(server);
    if (server != null && given == null) {
      throw new OpenApiException("--server is not an absolute http or https URL: " + server);
    }
    checkVersion();
    List<Server> servers = servers(document, new ArrayList<>());
    LoginOperation login = LoginOperation.in(document);
    collect(servers, login);
    if (operations.isEmpty()) {
      throw new OpenApiException(
          servers.isEmpty() && document.get("paths").entries().size() > 0
              ? "has no server with an absolute URL (say where it is: --server https://HOST/PATH)"
              : "has no operation (paths is empty)");
    }
  }

  private void checkVersion() throws OpenApiException {
    String version = document.get("openapi").text();
    if (version.startsWith("3.")) return;
    if (document.has("swagger")) {
      throw new OpenApiException(
          "is Swagger "
              + document.get("swagger").text()
              + ", before OpenAPI 3 (convert it: https://converter.swagger.io does)");
    }
    throw new OpenApiException(
        version.isEmpty()
            ? "is no OpenAPI document (it has no 'openapi: 3.…')"
            : "is OpenAPI " + version + ", which is not known here (3.0 and 3.1 are)");
  }

  private void collect(List<Server> all, LoginOperation login) {
    for (Map.Entry<String, Tree> path : document.get("paths").entries().entrySet()) {
      Tree item = path.getValue().in(document);
      for (String method : METHODS) {
        if (!item.has(method)) continue;
        Tree operation = item.get(method);
        List<Server> where = servers(operation, servers(item, all));
        if (where.isEmpty()) continue;
        if (schemes.isEmpty()) readSchemes(login, (all.isEmpty() ? where : all).get(0));
        String strategy = strategy(operation);
        for (Server server : where) {
          operations.add(
              new Operation(server, method.toUpperCase(Locale.ROOT), path.getKey(), strategy));
        }
      }
    }
  }

  private void readSchemes(LoginOperation login, Server server) {
    Set<String> names = new TreeSet<>();
    Tree declared = document.get("components").get("securitySchemes");
    for (Map.Entry<String, Tree> entry : declared.entries().entrySet()) {
      SecurityScheme scheme =
          SecurityScheme.of(entry.getKey(), entry.getValue().in(document), login, server, names);
      names.add(scheme.name);
      schemes.put(entry.getKey(), scheme);
    }
  }

  private List<Server> servers(Tree holder, List<Server> outer) {
    if (given != null) return Arrays.asList(given);
    Set<Server> servers = new LinkedHashSet<>();
    for (Tree server : holder.get("servers").items()) {
      Server read = Server.of(server);
      if (read != null) servers.add(read);
    }
    return servers.isEmpty() ? outer : new ArrayList<>(servers);
  }

  /** Returns the strategy for the first alternative that one strategy can serve, or none. */
  private String strategy(Tree operation) {
    Tree security =
        operation.has("security") ? operation.get("security") : document.get("security");
    Set<String> gap = new TreeSet<>();
    String chosen = "";
    boolean optional = security.items().isEmpty();
    for (Tree alternative : security.items()) {
      Set<String> wanted = alternative.entries().keySet();
      taken.addAll(wanted);
      if (wanted.isEmpty()) optional = true;
      SecurityScheme scheme = wanted.size() == 1 ? schemes.get(wanted.iterator().next()) : null;
      if (chosen.isEmpty() && scheme != null && scheme.isPossible()) chosen = scheme.name;
      if (wanted.size() > 1) gap.add(String.join(" and ", new TreeSet<>(wanted)) + " together");
      if (wanted.size() == 1) gap.add(wanted.iterator().next());
    }
    if (!chosen.isEmpty()) return chosen;
    if (!optional) gaps.merge(String.join(", or ", gap), 1, Integer::sum);
    return NONE;
  }

  String title() {
    return (document.get("info").get("title").text()
            + " "
            + document.get("info").get("version").text())
        .trim();
  }

  List<Operation> operations() {
    return operations;
  }

  Map<String, SecurityScheme> schemes() {
    return schemes;
  }

  /** Returns whether an operation accepts the scheme of this key. */
  boolean takes(String scheme) {
    return taken.contains(scheme);
  }

  Map<String, Integer> gaps() {
    return gaps;
  }

  /** Returns the number of operations, each counted once per server. */
  public int size() {
    return operations.size();
  }

  /** Returns the text of the config for this document. */
  public String config() {
    return new ConfigText(this).toString();
  }
}
