package dev.authgraft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.authgraft.client.Target;
import dev.authgraft.internal.match.PathPattern;
import dev.authgraft.internal.rule.Rule;
import dev.authgraft.internal.rule.RuleSet;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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
    "XN--Bcher-KVA.example, https://xn--bcher-kva.example/, true",
    "api.example., https://api.example/, true",
    "API.Example, https://api.example/, true",
    "api.example:443, https://api.example/, true",
    "api.example:443, http://api.example:443/, false",
    "api.example:*, https://api.example/, true",
    "'*.api.example:8443', https://x.api.example:8443/, true",
    "'*.api.example:8443', https://x.api.example/, false",
    "example.com, https://example.com.evil.net/, false",
    "example.com, https://evilexample.com/, false",
    "*.example.com, https://example.com.evil.net/, false",
    "*.example.com, https://evilexample.com/, false",
    "*.example.com, https://x.example.com.evil.net/, false",
    "127.0.0.1, https://127.0.0.1.evil.net/, false",
    "localhost, http://localhost.evil.net/, false",
    "'[2001:db8::1]', https://[2001:DB8:0:0:0:0:0:1]/, true",
    "'2001:db8::1', https://[2001:db8::1]/, true",
    "'[2001:db8::1]:8443', https://[2001:db8::1]:8443/, true",
    "'[2001:db8::1]', https://[2001:db8::1]:8443/, false",
    "'[2001:db8::1]', https://[2001:db8::2]/, false",
    "'[::ffff:192.0.2.1]', https://192.0.2.1/, true",
    "'192.0.2.1', https://[::ffff:c000:201]/, true",
  })
  void host(String pattern, String url, boolean expected) throws ConfigException {
    assertThat(matches("host: \"" + pattern + "\"", "GET", url)).isEqualTo(expected);
  }

  /** What a client hands over that does not canonicalize hosts itself. */
  @ParameterizedTest
  @CsvSource({
    "api.example, api.example., true",
    "api.example, api.example.., false",
    "api.example, .api.example, false",
    "*.api.example, .api.example, false",
    "*.api.example, x.api.example., true",
    "api.example, user@api.example, false",
    "api.example, api.example@evil.net, false",
    "api.example, api.example%2eevil.net, false",
    "api.example, 'api.example\\evil.net', false",
    "api.example, 'api.example ', false",
    "bücher.example, bücher.example, true",
    "bücher.example, BÜCHER.example, true",
    "api.example, '\u0430pi.example', false", // Cyrillic
    "'\u0430pi.example', api.example, false",
    "'\u0430pi.example', xn--pi-6kc.example, true",
    "api.example, 'api\u3002example', true", // Every IDN label separator is a dot.
    "api.example, '\uff41pi.example', true", // A full-width letter is the letter.
    "api.example, '\u0131pi.example', false", // A dotless i is not.
    "127.0.0.1, 127.1, false",
    "127.0.0.1, 2130706433, false",
    "127.0.0.1, 0x7f.0.0.1, false",
  })
  void hostAsSomeClientHasIt(String pattern, String host, boolean expected) throws Exception {
    RuleSet rules = ruleSet("host: \"" + pattern + "\"");
    Rule rule = rules.match(Target.of("https", host, -1, "/", "GET"));
    assertThat(rule != null).isEqualTo(expected);
  }

  private RuleSet ruleSet(String rule) throws ConfigException {
    String yaml =
        "strategies: {s: {type: api-key, value: x}}\nrules: [{" + rule + ", strategy: s}]";
    try (Authgraft authgraft = Authgraft.load(Configs.write(directory, "authgraft.yml", yaml))) {
      return authgraft.engine().config().rules();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "host: user@api.example",
        "host: 'user:password@api.example'",
        "host: https://api.example",
        "host: api.example/x",
        "host: 'api.example:'",
        "host: 'api.example:0'",
        "host: 'api.example:+443'",
        "host: 'api.example:65536'",
        "host: 'api.example:https'",
        "host: '[::1'",
        "host: '[::1]x'",
        "host: '*'",
        "host: '*.'",
        "host: 'api.*.example'",
        "host: '*api.example'",
        "host: '**.example'",
        "host: 'api..example'",
        "host: '.example'",
        "host: 'api.example%2eevil.net'",
        "host: 'api example'",
        "host: a.example, path: x",
        "host: a.example, path: /x;a",
        "host: a.example, path: '/x\\y'",
        "host: a.example, path: /x%2fy",
        "host: a.example, path: /x/%2e%2e/y",
        "host: a.example, path: /x%5cy",
        "host: a.example, path: /x%",
        "host: a.example, path: /x?y",
        "host: a.example, path: /x#y",
        "host: a.example, path: /x*",
        "host: a.example, path: /***",
        "host: a.example, path: '/{id}'",
      })
  void aPatternThatNoTargetCanBeIsAProblem(String rule) {
    assertThatThrownBy(() -> ruleSet(rule))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("authgraft.yml:2:");
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
    "/x/**, /x//y, false",
    "/x/*/y, /x//y, false",
    "/x//y, /x//y, false",
    "/x/y, /x//y, false",
    "/x/**, //x, false",
    "//x, //x, false",
    "/x, //x, false",
    "/a/../x, /x, true",
    "/./x, /x, true",
    "/x/**, /x/%2E/y, false",
    "/x/**, /x/.%2e/y, false",
    "/x/**, /x/%2e./y, false",
    "/x/**, /x/..;/y, false",
    "/x/**, /x/%2Fy, false",
    "/x/**, /x/%5Cy, false",
    "/x/**, /x/%00, false",
    "/x/**, /x/%0d%0a, false",
    "/x/**, /x/%c0%af, false", // A slash in two bytes, as no decoder should have it.
    "/x/**, /x/%252e%252e/y, false", // Decoded once, it is no dot; decoded twice, it is.
    "/x/**, /x/%2541, false",
    "/x/**, /x/%25%34%31, false",
    "/x/**, /x/%25u0041, false",
    "/x/**, /x/%u0041, false",
    "/x/**, /x/100%25, true",
    "/x/**, /x/100%25/y, true",
    "/x/**, /x/100%25-y, true",
    "/x/**, /x/100%, false",
    "/x/**, /x//, false",
    "/x/**, //, false",
    "/, //, false",
    "/x/, /x/, true",
    "/x/*/, /x/y/, true",
    "/x/, /x//, false",
    "/x/**, /x/..../y, false", // Windows drops dots at the end of a name,
    "/x/**, /x/y., false",
    "/x/**, /x/y%20, false", // and spaces.
    "/x/**, /x/y%C2%A0/z, false",
    "/x/**, /x/.y, true",
    "/x/**, /x/y.z, true",
    "/x/**, /x/%20y, true",
    "/x/**, '/x/y z', false", // On the wire the target ends at the space.
    "/x/**, /x/é, false", // Which bytes it goes as depends on the client.
    "/x/**, /x/%EF%BC%8Fy, false", // A fullwidth slash,
    "/x/**, /x/%EF%BC%8E/y, false", // a fullwidth dot,
    "/x/**, /x/%E2%80%A6/y, false", // three in one,
    "/x/**, /x/y%E2%80%A6z, true", // which is no segment of dots here.
    "/x/**, /x/%EF%BC%852e/y, false",
    "/x/**, /x/%EF%BC%A1, true", // A fullwidth letter parts no segments.
    "/x/**, /x/%C2%A5y, false", // A yen sign, where a backslash is shown as one.
    "/x/**, /x/%e0%80%af, false",
    "/x/**, /x/%ed%a0%80, false", // Half of a pair.
    "/x/**, /x/%0a, false",
    "/x/**, /x/%09, false",
    "/x/**, '/x/	y', false",
    "/x/**, /x/%7f, false",
    "/x/**, /x/..%00/y, false",
    "/x/**, /x/%3b/y, false",
    "/x/**, /../../x/y, true",
    "/x/**, /y/..%2f..%2fx, false",
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
  @Timeout(60)
  void manyWildcardsAreComparedQuickly() {
    PathPattern earlier = PathPattern.parse("/**/a".repeat(30) + "/b");
    assertThat(earlier.covers(PathPattern.parse("/a".repeat(60)))).isFalse();
  }
}
