package dev.authgraft.agent.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.authgraft.Authgraft;
import dev.authgraft.admin.Explanation;
import dev.authgraft.admin.Inspector;
import dev.authgraft.client.Target;
import dev.authgraft.spi.Log;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;

/** Writes a config from an OpenAPI document and asks it about each operation. */
abstract class OpenApiFixture {
  static final Log SILENT =
      new Log() {
        @Override
        public boolean isEnabled(Level level) {
          return false;
        }

        @Override
        public void log(Level level, String line) {}
      };

  @SuppressWarnings("NullAway.Init")
  @TempDir
  Path directory;

  /** Loads what is written and asks it about each operation; returns the config. */
  String verified(String document, @Nullable String server) throws Exception {
    OpenApi api = new OpenApi(document, server);
    String config = api.config();
    Path file = Files.writeString(directory.resolve("authgraft.yml"), config);
    List<Operation> unsaid = new ArrayList<>();
    try (Inspector inspector = Authgraft.builder(file).log(SILENT).inspect()) {
      for (Operation operation : api.operations()) {
        List<String> filled =
            operation.segments.stream()
                .map(segment -> segment.equals("*") ? "any-thing_1" : segment)
                .toList();
        Explanation explanation =
            inspector.explain(
                Target.of(
                    operation.server.scheme,
                    operation.server.host.replaceFirst(":\\d+$", ""),
                    port(operation.server.host),
                    "/" + String.join("/", filled),
                    operation.method));
        String decided = explanation.isMatched() ? explanation.strategy() : "none";
        if (!operation.strategy.equals(decided)) unsaid.add(operation);
      }
      assertThat(unsaid)
          .as(config)
          .allSatisfy(
              operation ->
                  assertThat(config.replaceAll("\\s+#?\\s*", " "))
                      .contains("NOT COVERED: " + operation + " wants"));
    }
    return config;
  }

  static int port(String host) {
    return host.matches(".*:\\d+") ? Integer.parseInt(host.replaceFirst(".*:", "")) : -1;
  }

  static long rules(String config) {
    return config.lines().filter(line -> line.startsWith("  - host:")).count();
  }

  /** Returns the config without its comments. */
  static String plain(String config) {
    return String.join(
        "\n",
        config.lines().filter(line -> !line.trim().startsWith("#") && !line.isBlank()).toList());
  }

  static String document(String schemes, String security, String paths) {
    return """
    openapi: 3.0.3
    info: {title: Test, version: "1"}
    servers: [{url: https://api.example.com/v1}]
    security: %s
    components:
      securitySchemes:
    %s
    paths:
    %s
    """
        .formatted(security, schemes.indent(4), paths.indent(2));
  }

  // ---- security

  static final String TWO =
      "key: {type: apiKey, in: header, name: X-Key}\nbasic: {type: http, scheme: basic}\n"
          + "oidc: {type: openIdConnect}";
}
