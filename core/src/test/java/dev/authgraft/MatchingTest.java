package dev.authgraft;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a rule's host, port, scheme and path match. */
final class MatchingTest {
  @TempDir private Path directory;

  private boolean matches(String rule, String method, String url) throws ConfigException {
    Path file =
        Configs.write(
            directory,
            "authgraft.yml",
            "strategies: {s: {type: api-key, value: x}}\nrules: [{" + rule + ", strategy: s}]\n");
    // Not URI.create: what is tested is what a client would hand over, well-formed or not.
    int slash = url.indexOf('/', url.indexOf("://") + 3);
    URI origin = URI.create(slash < 0 ? url : url.substring(0, slash));
    String path = slash < 0 ? "" : url.substring(slash);
    try (Authgraft authgraft = Authgraft.load(file)) {
      return authgraft.attempt(
              Target.of(origin.getScheme(), origin.getHost(), origin.getPort(), path, method))
          != null;
    }
  }

  @ParameterizedTest
  @CsvSource({
    "api.example, https://api.example/, true",
    "api.example, https://API.Example./x, true",
    "api.example, https://api.example:443/, true",
    "api.example, https://api.example:8443/, false",
    "api.example:8443, https://api.example:8443/, true",
    "api.example:8443, https://api.example/, false",
    "api.example:*, https://api.example:1234/, true",
    "api.example, https://api.example.evil.net/, false",
    "api.example, https://evilapi.example/, false",
    "api.example, https://x.api.example/, false",
    "*.api.example, https://x.api.example/, true",
    "*.api.example, https://x.y.api.example/, true",
    "*.api.example, https://api.example/, false",
    "*.api.example, https://xapi.example/, false",
    "api.example, http://api.example/, false",
    "localhost:8080, http://localhost:8080/, true",
    "127.0.0.1:8080, http://127.0.0.1:8080/, true",
    "'[::1]:8080', http://[::1]:8080/, true",
    "'::1', http://[0:0:0:0:0:0:0:1]/, true",
    "bücher.example, https://xn--bcher-kva.example/, true",
    "xn--bcher-kva.example, https://xn--bcher-kva.example/, true",
  })
  void host(String pattern, String url, boolean expected) throws ConfigException {
    assertThat(matches("host: \"" + pattern + "\"", "GET", url)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "http, http://api.example/, true",
    "http, https://api.example/, false",
    "https, https://api.example/, true",
    "https, http://api.example/, false",
    "any, http://api.example/, true",
    "any, https://api.example/, true",
  })
  void scheme(String scheme, String url, boolean expected) throws ConfigException {
    assertThat(matches("host: api.example, scheme: " + scheme, "GET", url)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "/x, /x, true",
    "/x, /x/, false",
    "/x/, /x/, true",
    "/x, /y/../x, true",
    "/x, /./x, true",
    "/x/**, /x, true",
    "/x/**, /x/, true",
    "/x/**, /x/y/z, true",
    "/x/**, /xy, false",
    "/x/*, /x/y, true",
    "/x/*, /x, false",
    "/x/*, /x/, false",
    "/x/*, /x/y/z, false",
    "/a/*/c/**, /a/b/c, true",
    "/**/c, /a/b/c, true",
    "/**/c, /c, true",
    "/**/b/**/d, /a/b/c/b/d, true",
    "/**, /, true",
    "/, '', true",
    "/x y, /x%20y, true",
    "/é, /%C3%A9, true",
    "/x/**, /x/%2e%2e/y, false",
    "/x/**, /x/..%2fy, false",
    "/x/**, /x%2fy, false",
    "/x/**, /x/a;b, false",
    "/x/**, /x/%3bb, false",
    "/x/**, '/x\\y', false",
    "/x/**, /x/%5c, false",
    "/x/**, /x/%, false",
    "/x/**, /x/%zz, false",
    "/x/**, /x/%ff, false",
    "/x/**, /y/../x/a, true",
    "/x/**, /x/../y, false",
    "/x/**, //x/a, false",
    "/X, /x, false",
  })
  void path(String pattern, String path, boolean expected) throws ConfigException {
    assertThat(
            matches(
                "host: a.example, path: \"" + pattern + "\"", "GET", "https://a.example" + path))
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"POST, true", "PUT, true", "GET, false", "post, false"})
  void method(String method, boolean expected) throws ConfigException {
    assertThat(matches("host: a.example, method: [POST, PUT]", method, "https://a.example/"))
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "/**, /a/*/**, true",
    "/a/**, /a, true",
    "/a/*, /a/**, false",
    "/**/b, /a/**/b, true",
    "/**/b, /a/**, false",
    "/*, /a, true",
    "/a, /*, false",
  })
  void covers(String earlier, String later, boolean expected) {
    assertThat(PathPattern.parse(earlier).covers(PathPattern.parse(later))).isEqualTo(expected);
  }

  @Test
  @Timeout(10)
  void manyWildcardsAreComparedInNoTime() {
    PathPattern earlier = PathPattern.parse("/**/a".repeat(30) + "/b");
    assertThat(earlier.covers(PathPattern.parse("/a".repeat(60)))).isFalse();
  }
}
