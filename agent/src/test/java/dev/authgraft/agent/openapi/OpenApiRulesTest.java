package dev.authgraft.agent.openapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** The rules that a document becomes: as few as say the same of each operation. */
class OpenApiRulesTest extends OpenApiFixture {
  @Test
  void exceptionsComeBeforeTheGeneralRule() throws Exception {
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
  void operationThatDiffersInPartOfASegmentIsNamed() throws Exception {
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

  @Test
  void documentWithThousandsOfOperationsBecomesTwoRules() throws Exception {
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
}
