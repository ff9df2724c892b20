package dev.authgraft.agent.openapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.authgraft.Authgraft;
import dev.authgraft.admin.Explanation;
import dev.authgraft.admin.Inspector;
import dev.authgraft.client.Target;
import dev.authgraft.spi.Log;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A config says of each operation what its document says. */
class OpenApiTest {
  private static final Log SILENT =
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
  private String verified(String document, @Nullable String server) throws Exception {
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

  private static int port(String host) {
    return host.matches(".*:\\d+") ? Integer.parseInt(host.replaceFirst(".*:", "")) : -1;
  }

  private static long rules(String config) {
    return config.lines().filter(line -> line.startsWith("  - host:")).count();
  }

  /** Returns the config without its comments. */
  private static String plain(String config) {
    return String.join(
        "\n",
        config.lines().filter(line -> !line.trim().startsWith("#") && !line.isBlank()).toList());
  }

  private static String document(String schemes, String security, String paths) {
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

  // ---- published documents: they come as artifacts of Maven Central, whole and unmodified

  @ParameterizedTest
  @CsvSource({
    "/openapi.json, , 1", // Camunda Platform 7: 399 operations at two servers, all basic
    "/META-INF/openapi/openapi.yaml, , 0", // Nessie: asks for nothing
    "/META-INF/openapi/openapi.json, , 0", // the same as JSON
    "/META-INF/openapi.json, https://registry.example, 0", // Apicurio Registry: nor does it
  })
  void publishedDocumentIsSaidInFewRules(String document, String server, long rules)
      throws Exception {
    String config = verified(resource(document), server);
    assertThat(rules(config)).isEqualTo(rules);
  }

  /** More of them, for who has some: files in the directory that AUTHGRAFT_OPENAPI names. */
  static List<Path> more() throws IOException {
    String directory = System.getenv("AUTHGRAFT_OPENAPI");
    if (directory == null) return List.of();
    try (Stream<Path> files = Files.list(Path.of(directory))) {
      return files.filter(file -> file.toString().matches(".*\\.(json|ya?ml)")).sorted().toList();
    }
  }

  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource("more")
  void eachOfTheseIsSaid(Path file) throws Exception {
    String document = Files.readString(file);
    boolean relative = false;
    try {
      new OpenApi(document, null);
    } catch (OpenApiException e) {
      relative = String.valueOf(e.getMessage()).contains("--server");
    }
    String config = verified(document, relative ? "https://api.example.com" : null);
    System.out.println(file.getFileName() + ": " + rules(config) + " rules");
  }

  private static String resource(String name) throws IOException {
    try (InputStream in = OpenApiTest.class.getResourceAsStream(name)) {
      assertThat(in).as(name).isNotNull();
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  // ---- schemes

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{type: apiKey, in: header, name: X-Key} | type: api-key; header: X-Key; value:"
            + " ${env:MY_KEY}",
        "{type: apiKey, in: query, name: key} | type: api-key; query: key; value: ${env:MY_KEY}",
        "{type: apiKey, in: cookie, name: SID} | type: api-key; cookie: SID; value: ${env:MY_KEY}",
        "{type: http, scheme: Basic} | type: basic; username: ${env:MY_KEY_USER}; password:"
            + " ${env:MY_KEY_PASSWORD}",
        "{type: http, scheme: bearer} | type: api-key; header: Authorization; prefix: \"Bearer \";"
            + " value: ${env:MY_KEY_TOKEN}",
        "{type: oauth2, flows: {clientCredentials: {tokenUrl: /token, scopes: {a: b}}}} | type:"
            + " oauth2-client-credentials; token-url: https://api.example.com/token; client-id:"
            + " ${env:MY_KEY_CLIENT_ID}; client-secret: ${env:MY_KEY_CLIENT_SECRET}",
        "{type: oauth2, flows: {password: {tokenUrl: 'https://id.example/t', scopes: {}}}} | type:"
            + " form-login; login:; url: https://id.example/t; form:; grant_type: password;"
            + " username: ${env:MY_KEY_USER}; password: ${env:MY_KEY_PASSWORD}",
      })
  void schemeBecomesAStrategy(String scheme, String lines) throws Exception {
    String config =
        verified(
            document("myKey: " + scheme, "[{myKey: []}]", "/a: {get: {}}\n/b: {get: {}}"), null);
    assertThat(plain(config).lines().map(String::trim).reduce("", (a, b) -> a + "; " + b))
        .isEqualTo(
            "; strategies:; my-key:; "
                + lines.replaceAll(" +", " ")
                + "; rules:; - host: api.example.com; path: /v1/**; strategy: my-key");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{type: openIdConnect, openIdConnectUrl: x} | no strategy does openIdConnect",
        "{type: mutualTLS} | no strategy does mutualTLS",
        "{type: http, scheme: digest} | no strategy does http digest",
        "{type: oauth2, flows: {implicit: {}, authorizationCode: {}}} | it has implicit,"
            + " authorizationCode",
        "{type: apiKey, in: body, name: x} | an apiKey in 'body'",
      })
  void whatIsNotPossibleIsSaid(String scheme, String why) throws Exception {
    String config = verified(document("my: " + scheme, "[{my: []}]", "/a: {get: {}}"), null);
    assertThat(config.replaceAll("\n# ", " "))
        .contains("NOT COVERED: 1 operation wants my. Their requests are left alone.")
        .contains("my is left out. Not possible: ")
        .contains(why);
    assertThat(plain(config)).isEqualTo("rules: []");
  }

  private static final String BEARER = "token: {type: http, scheme: bearer}";

  @Test
  void operationThatLooksLikeALoginIsUsedAndMarked() throws Exception {
    String login =
        """
        /users/login:
          post:
            security: []
            requestBody: {$ref: '#/components/requestBodies/Login'}
            responses:
              "200":
                content:
                  application/json:
                    schema: {properties: {accessToken: {type: string}}}
        /users: {get: {}}
        /files: {get: {}}
        """;
    String document =
        document(BEARER, "[{token: []}]", login)
            .replace(
                "components:\n",
                """
                components:
                  requestBodies:
                    Login:
                      content:
                        application/json:
                          schema:
                            allOf:
                              - properties: {email: {}, password: {}}
                """);
    String config = verified(document, null);
    assertThat(config).contains("A guess: POST /users/login looks like the login.");
    assertThat(plain(config))
        .contains("type: lazy-jwt", "url: https://api.example.com/v1/users/login")
        .contains("email: ${env:TOKEN_USER}", "token: /accessToken")
        .contains("path: [/v1/files, /v1/users]\n    strategy: token");
    assertThat(rules(config)).isEqualTo(1);
  }

  // ---- security

  private static final String TWO =
      "key: {type: apiKey, in: header, name: X-Key}\nbasic: {type: http, scheme: basic}\n"
          + "oidc: {type: openIdConnect}";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[] | none",
        "[{}] | none",
        "[{key: []}] | key",
        "[{}, {key: []}] | key",
        "[{key: []}, {basic: []}] | key",
        "[{oidc: []}, {basic: []}] | basic",
        "[{key: [], basic: []}] | none",
        "[{key: [], basic: []}, {basic: []}] | basic",
        "[{oidc: []}] | none",
      })
  void firstAlternativeThatOneStrategyCanDoIsTaken(String security, String strategy)
      throws Exception {
    String document = document(TWO, "[]", "/a: {get: {security: " + security + "}}");
    assertThat(new OpenApi(document, null).operations().get(0).strategy).isEqualTo(strategy);
    verified(document, null);
  }

  @Test
  void whatNeedsTwoAtOnceIsSaid() throws Exception {
    assertThat(verified(document(TWO, "[{key: [], basic: []}]", "/a: {get: {}}"), null))
        .contains("NOT COVERED: 1 operation wants basic and key together.");
  }

  @Test
  void anotherAlternativeIsNamed() throws Exception {
    assertThat(verified(document(TWO, "[{key: []}, {basic: []}]", "/a: {get: {}}"), null))
        .contains("basic is left out: each operation that takes it takes one of the above as well.")
        .contains("oidc is left out. Not possible: no strategy does openIdConnect.");
  }

  // ---- rules

  @Test
  void exceptionsComeBeforeWhatIsUsual() throws Exception {
    String paths =
        """
        /users: {get: {}, post: {security: []}}
        /users/{id}: {get: {}, delete: {}}
        /users/me: {get: {security: []}}
        /public/a: {get: {security: []}}
        /public/b/{c}: {get: {security: []}, put: {security: []}}
        /orders: {get: {}, put: {}, patch: {}}
        /admin/{x}/y: {get: {security: [{basic: []}]}}
        /admin/{x}/z: {get: {security: [{basic: []}]}}
        /files/{name}.json: {get: {}}
        """;
    String config = verified(document(TWO, "[{key: []}]", paths), null);
    assertThat(plain(config))
        .endsWith(
            """
            rules:
              - host: api.example.com
                path: /v1/admin/**
                strategy: basic
              - host: api.example.com
                path: [/v1/public/**, /v1/users/me]
                strategy: none
              - host: api.example.com
                path: /v1/users
                method: POST
                strategy: none
              - host: api.example.com
                path: /v1/**
                strategy: key\
            """);
  }

  @Test
  void wildcardTakesNothingThatWantsSomethingElse() throws Exception {
    String paths =
        """
        /{tenant}/a: {get: {security: [{basic: []}]}}
        /{tenant}/b: {get: {security: [{basic: []}]}}
        /{tenant}/{x}: {get: {security: []}}
        /shop/a: {get: {}}
        /shop/b: {get: {}}
        /shop/c/{d}: {get: {}}
        /shop/{x}: {get: {}}
        """;
    for (int i = 0; i < 20; i++) paths += "/o%d: {get: {}}\n".formatted(i);
    assertThat(verified(document(TWO, "[{key: []}]", paths), null)).contains("/v1/**");
  }

  @Test
  void partOfASegmentIsNotToldFromTheWhole() throws Exception {
    String paths =
        """
        /x/{a}: {get: {}}
        /x/{a}:verb: {get: {security: []}}
        /y/{a}.json: {get: {security: [{basic: []}]}}
        """;
    String config = verified(document(TWO, "[{key: []}]", paths), null);
    assertThat(config).contains("NOT COVERED: GET /x/{a}:verb wants none, but no path pattern");
    assertThat(plain(config)).contains("path: /v1/y/*\n    strategy: basic");
  }

  @Test
  void serversOfPathsAndOperationsCount() throws Exception {
    String paths =
        """
        /a: {get: {}, put: {servers: [{url: "https://upload.example.com/u"}]}}
        /b: {servers: [{url: "http://localhost:8080"}, {url: "http://127.0.0.1:8080"}], get: {}}
        /c: {get: {servers: [{url: "http://plain.example.com"}]}}
        """;
    String config = verified(document(TWO, "[{key: []}]", paths), null);
    assertThat(rules(config)).isEqualTo(4);
    assertThat(plain(config))
        .contains("- host: upload.example.com\n    path: /u/**")
        .contains(
            "[\"localhost:8080\", \"127.0.0.1:8080\"]"
                .replace("\"localhost:8080\"", "localhost:8080"))
        .contains("- host: plain.example.com\n    scheme: http");
  }

  @Test
  void variablesOfServersHaveTheirDefaults() throws Exception {
    String document =
        document(TWO, "[{key: []}]", "/a: {get: {}}")
            .replace(
                "{url: https://api.example.com/v1}",
                "{url: 'https://{region}.example.com/{v}', variables: {region: {default: eu},"
                    + " v: {default: v2}}}");
    assertThat(plain(verified(document, null))).contains("host: eu.example.com", "path: /v2/**");
  }

  @Test
  void relativeServerNeedsAnAbsoluteOne() throws Exception {
    String document =
        document(TWO, "[{key: []}]", "/a: {get: {}}").replace("https://api.example.com/v1", "/v1");
    assertThatThrownBy(() -> new OpenApi(document, null))
        .isInstanceOf(OpenApiException.class)
        .hasMessageContaining("say where it is: --server https://HOST/PATH");
    assertThat(plain(verified(document, "https://my.example/v1/"))).contains("host: my.example");
    assertThatThrownBy(() -> new OpenApi(document, "my.example"))
        .hasMessageContaining("--server is not an absolute http or https URL: my.example");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "swagger: '2.0' | is Swagger 2.0, before OpenAPI 3",
        "openapi: 4.0.0 | is OpenAPI 4.0.0",
        "a: b | is no OpenAPI document",
        "'{\"a\": ' | is no OpenAPI document",
        "{\"a\": ] | is not JSON: line 1, column",
        "a: [ | is not YAML: ",
        "openapi: 3.1.0 | has no operation",
      })
  void whatIsNoOpenApi3IsRefused(String document, String why) {
    assertThatThrownBy(() -> new OpenApi(document, null))
        .isInstanceOf(OpenApiException.class)
        .hasMessageContaining(why);
  }

  @Test
  void nothingOfTheDocumentBreaksTheConfig() throws Exception {
    String document =
        document(
                "\"a b: c\\n#\": {type: apiKey, in: header, name: X-Key}\n"
                    + "none: {type: apiKey, in: query, name: \"a\\\"b: {x}\"}",
                "[{none: []}]",
                "/a#x: {get: {}}\n/b/$c d: {get: {security: [{\"a b: c\\n#\": []}]}}\n"
                    + "\"/c;x/*\": {get: {security: []}}")
            .replace("title: Test", "title: \"T\\nrules: x\"");
    String config = verified(document, null);
    assertThat(config).contains("query: \"a\\\"b: {x}\"");
  }

  /** Else a document could have a variable of its reader's sent to its own server. */
  @Test
  void nothingOfTheDocumentIsAPlaceholder() throws Exception {
    String config =
        verified(
            document(
                "a: {type: apiKey, in: query, name: \"${env:HOME}\"}\n"
                    + "b: {type: oauth2, flows: {clientCredentials: {tokenUrl: \"/t?${env:HOME}\"}}}\n"
                    + "c: {type: oauth2, flows: {password: {tokenUrl: \"/t?x=${env:HOME}\"}}}",
                "[]",
                "/a: {get: {security: [{a: []}]}}\n/b: {get: {security: [{b: []}]}}\n"
                    + "/c: {get: {security: [{c: []}]}}"),
            null);
    assertThat(plain(config).lines().filter(line -> line.contains("{env:HOME}")))
        .containsExactly("    query: \"$${env:HOME}\"");
    assertThat(config).contains("# b is left out. Not possible: its tokenUrl is no URL: /t?");
  }

  @Test
  void documentWithThousandsOfOperationsIsReadInNoTime() throws Exception {
    StringBuilder paths = new StringBuilder();
    for (int i = 0; i < 3000; i++) {
      paths
          .append("/r%d/{id}/s%d: {get: {}, post: {".formatted(i / 10, i))
          .append(i % 7 == 0 ? "security: []" : "")
          .append("}}\n");
    }
    String words = "x-words: " + "many words ".repeat(400_000) + "\n"; // 4 MB
    String config = verified(document(TWO, "[{key: []}]", paths.toString()) + words, null);
    assertThat(rules(config)).isEqualTo(2);
  }

  /**
   * What costs time with the square of its length, a frame for each letter, or grows when filled.
   */
  static Stream<String> hostile() {
    String paths = "{\"/a\": {\"get\": {\"security\": [{\"k\": []}]}}";
    String scheme = "\"type\": \"apiKey\", \"in\": \"header\", \"name\": \"%s\"";
    String slashes = "/".repeat(1 << 20);
    String login = "{\"post\": {\"security\": [], \"requestBody\": {}}}";
    StringBuilder variables = new StringBuilder("\"v30\": {\"default\": \"\"}");
    StringBuilder anchors = new StringBuilder("x:\n- &a0 [a]\n");
    for (int i = 0; i < 30; i++) {
      String twice = ("{v" + (i + 1) + "}").repeat(2);
      variables.append(", \"v" + i + "\": {\"default\": \"" + twice + "\"}");
      anchors.append("- &a" + (i + 1) + " [*a" + i + ", *a" + i + "]\n");
    }
    return Stream.of(
        document("https://a.example", "", paths + "}", scheme.formatted("x".repeat(1 << 17))),
        document(
            "https://a.example", "", paths + ", \"" + slashes + "x\": " + login + "}", BY_BEARER),
        document("https://a.example" + slashes + "x", "", paths + "}", BY_BEARER),
        document("https://a.example/{v0}", variables.toString(), paths + "}", BY_BEARER),
        document("https://a.example/" + "{b}".repeat(1 << 16), LONG, paths + "}", BY_BEARER),
        anchors + "? *a30\n: b\n");
  }

  private static final String BY_BEARER = "\"type\": \"http\", \"scheme\": \"bearer\"";
  private static final String LONG = "\"b\": {\"default\": \"" + "b".repeat(1 << 20) + "\"}";

  private static String document(String url, String variables, String paths, String scheme) {
    return "{\"openapi\": \"3.0.0\", \"servers\": [{\"url\": \"%s\", \"variables\": {%s}}], \"paths\": %s, \"components\": {\"securitySchemes\": {\"k\": {%s}}}}"
        .formatted(url, variables, paths, scheme);
  }

  @ParameterizedTest
  @MethodSource("hostile")
  void hostileDocumentIsReadInBounds(String document) {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long nanos = threads.getCurrentThreadCpuTime();
    try {
      assertThat(new OpenApi(document, null).config()).isNotEmpty();
    } catch (OpenApiException e) {
      assertThat(e.getMessage()).hasSizeLessThan(1000);
    }
    nanos = threads.getCurrentThreadCpuTime() - nanos;
    assertThat(nanos).isLessThan(TimeUnit.SECONDS.toNanos(100));
  }
}
