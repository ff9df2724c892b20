package dev.authgraft.agent.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A config says of each operation what its document says. */
class OpenApiTest extends OpenApiFixture {
  // ---- published documents: they come as artifacts of Maven Central, whole and unmodified

  @ParameterizedTest
  @CsvSource({
    "/openapi.json, , 1", // Camunda Platform 7: 399 operations at two servers, all basic
    "/META-INF/openapi/openapi.yaml, , 0", // Nessie: asks for nothing
    "/META-INF/openapi/openapi.json, , 0", // the same as JSON
    "/META-INF/openapi.json, https://registry.example, 0", // Apicurio Registry: nor does it
  })
  void publishedDocumentBecomesFewRules(String document, String server, long rules)
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
  void eachDocumentBecomesRulesThatAgreeWithIt(Path file) throws Exception {
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
  void schemeThatNoStrategyServesIsNamed(String scheme, String why) throws Exception {
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
  void operationThatNeedsTwoSchemesIsNamed() throws Exception {
    assertThat(verified(document(TWO, "[{key: [], basic: []}]", "/a: {get: {}}"), null))
        .contains("NOT COVERED: 1 operation wants basic and key together.");
  }

  @Test
  void anotherAlternativeIsNamed() throws Exception {
    assertThat(verified(document(TWO, "[{key: []}, {basic: []}]", "/a: {get: {}}"), null))
        .contains("basic is left out: each operation that takes it takes one of the above as well.")
        .contains("oidc is left out. Not possible: no strategy does openIdConnect.");
  }
}
