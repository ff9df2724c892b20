package dev.authgraft.agent.openapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Documents that are none, that try to break the config, or that cost too much to read. */
class HostileOpenApiTest extends OpenApiFixture {
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
  void documentThatIsNotOpenApi3IsRefused(String document, String why) {
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
