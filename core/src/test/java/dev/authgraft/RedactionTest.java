package dev.authgraft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.authgraft.admin.Inspector;
import dev.authgraft.client.Answer;
import dev.authgraft.client.Attempt;
import dev.authgraft.client.Target;
import dev.authgraft.internal.credential.Credential;
import dev.authgraft.internal.credential.LoginDeadline;
import dev.authgraft.internal.credential.LoginFailure;
import dev.authgraft.internal.engine.LoginResult;
import dev.authgraft.internal.login.Strategy;
import dev.authgraft.internal.util.JsonCodec;
import dev.authgraft.spi.HttpSettings;
import dev.authgraft.spi.LoginRequest;
import dev.authgraft.spi.LoginResponse;
import dev.authgraft.spi.LoginTransport;
import dev.authgraft.spi.SecretException;
import dev.authgraft.spi.SecretSettings;
import dev.authgraft.spi.SecretSource;
import dev.authgraft.testing.FakeRequest;
import dev.authgraft.testing.FakeTime;
import dev.authgraft.testing.RecordingLog;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.SecretKey;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever happens to a login, no secret is printed: every one here has "s3cret" in it. */
final class RedactionTest {
  /** The printable part of every secret, and what is left of them where one is cut apart. */
  private static final String CANARY = "3cret";

  @TempDir private Path directory;

  private final RecordingLog log = new RecordingLog();
  private final FakeTime time = new FakeTime();
  private final List<Object> printed = new ArrayList<>();

  @BeforeEach
  void hide() throws IOException {
    System.setProperty("authgraft.test.secret", "Sys s3cret&é%");
    Files.writeString(directory.resolve("secret"), " s3cret-lines\n3cret-second\t3cret \n");
    Files.writeString(directory.resolve("key"), "JBSWY3DPEHPK3PXP");
    Files.writeString(directory.resolve("store-password"), "s3cret-store\n");
    Path script = Files.writeString(directory.resolve("fail"), "#!/bin/sh\necho s3cret; exit 1\n");
    assertThat(script.toFile().setExecutable(true)).isTrue();
    try (OutputStream out = Files.newOutputStream(directory.resolve("keys.p12"))) {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(null, null);
      char[] password = "s3cret-store".toCharArray();
      SecretKey entry =
          SecretKeyFactory.getInstance("PBE")
              .generateSecret(new PBEKeySpec("s3cret Entry!".toCharArray()));
      store.setKeyEntry("entry", entry, password, null);
      store.store(out, password);
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  /** A vault whose every word is a secret. */
  public static final class Vault implements SecretSource {
    @Override
    public String scheme() {
      return "vault";
    }

    @Override
    public Set<String> settings() {
      return Set.of("token");
    }

    @Override
    public String read(String name, SecretSettings settings) throws IOException {
      if (name.equals("good")) return "s3cret Vault&" + settings.require("token");
      if (name.equals("told")) throw new SecretException("denied to " + settings.require("token"));
      throw new IOException("no s3cret", new IllegalStateException("s3cret"));
    }
  }

  @AfterEach
  void grep() {
    System.clearProperty("authgraft.test.secret");
    StringBuilder all = new StringBuilder(String.join("\n", log.lines()));
    for (Object each : printed) all.append('\n').append(each);
    assertThat(all.toString()).doesNotContain(CANARY).doesNotContain("JBSWY3DP");
    assertThat(log.lines()).allMatch(line -> line.indexOf('\n') < 0);
  }

  private static final String STRATEGIES =
      """
      secrets:
        pkcs12: {file: keys.p12, password: "${file:store-password}"}
        vault: {token: "${sys:authgraft.test.secret}"}
      strategies:
        command: {type: api-key, header: X-Key, value: "${command:echo 's3cret Printed'}"}
        command-fails: {type: api-key, header: X-Key, value: "${command:./fail s3cret}"}
        store: {type: basic, username: u, password: "${pkcs12:entry}"}
        store-fails: {type: basic, username: u, password: "${pkcs12:none}"}
        vault: {type: api-key, query: k, value: "${vault:good}"}
        vault-fails: {type: api-key, query: k, value: "${vault:bad}"}
        vault-tells: {type: api-key, query: k, value: "${vault:told}"}
        sources:
          type: lazy-jwt
          login:
            url: https://a.example/sources
            json: {a: "${command:echo 's3cret Printed'}", b: "${pkcs12:entry}", c: "${vault:good}"}
        sources-fail:
          type: lazy-jwt
          login: {url: https://a.example/sources, json: {a: "${vault:good}", b: "${vault:bad}"}}
        key-header: {type: api-key, header: X-Key, value: "${file:secret}"}
        key-query: {type: api-key, query: k, value: "${sys:authgraft.test.secret}"}
        jwt:
          type: lazy-jwt
          login:
            url: "https://a.example/login?Literal=s3cret&k=${sys:authgraft.test.plain:-s3cretDefault}"
            headers: {X-Literal: Literal-s3cret, Authorization: "Basic s3cretBasic="}
            json:
              literal: "Literal s3cret"
              nested: [{file: "${file:secret}", sys: "${sys:authgraft.test.secret}"}]
          refresh:
            url: https://a.example/refresh
            json: {token: "${token}", refresh: "${refresh-token}", x: "L1teral-s3cret"}
        factor:
          type: pre-auth-2fa
          pre-auth:
            url: https://a.example/pre
            json: {password: "${sys:authgraft.test.secret}"}
          code: {totp: "${file:key}"}
          login:
            url: https://a.example/token
            json: {token: "${pre-auth.token}", code: "${code}"}
        form:
          type: form-login
          login:
            url: https://a.example/form
            form: {user: "s3cret User", password: "${file:secret}", sys: "${sys:authgraft.test.secret}"}
        cookie:
          type: form-login
          page: https://a.example/page
          login:
            url: https://a.example/form
            form: {password: "${sys:authgraft.test.secret}"}
            cookies: [SESSION]
          rejected-when: {redirect-to: /login}
      """;

  private final class EchoingTransport implements LoginTransport {
    private final EchoingServer server;

    EchoingTransport(EchoingServer server) {
      this.server = server;
    }

    @Override
    public LoginResponse send(LoginRequest request, HttpSettings settings) throws IOException {
      printed.add(request);
      try {
        LoginResponse answer = server.answer.apply(everythingIn(request));
        printed.add(answer);
        return answer;
      } catch (java.io.UncheckedIOException e) {
        throw e.getCause();
      }
    }

    /** Returns what was sent, and what a server reads in it. */
    private String everythingIn(LoginRequest request) {
      byte[] body = request.body();
      String text = body == null ? "" : new String(body, StandardCharsets.UTF_8);
      String decoded = text;
      if (text.startsWith("{")) {
        try {
          decoded = String.valueOf(JsonCodec.read(body));
        } catch (JsonCodec.MalformedException e) {
          throw new AssertionError(e);
        }
      } else {
        try {
          decoded = URLDecoder.decode(text, StandardCharsets.UTF_8) + text;
        } catch (IllegalArgumentException e) {
          throw new AssertionError(e);
        }
      }
      return request.headers() + decoded;
    }

    @Override
    public void close() {}
  }

  private void add(Throwable thrown) {
    StringWriter text = new StringWriter(); // Causes and what was suppressed among them.
    thrown.printStackTrace(new PrintWriter(text));
    printed.add(text);
  }

  @ParameterizedTest
  @EnumSource
  void nothingThatHappensToALoginPrintsASecret(EchoingServer server) throws Exception {
    Matcher names = Pattern.compile("(?m)^  ([a-z-]+):( \\{type|$)").matcher(STRATEGIES);
    names.region(STRATEGIES.indexOf("strategies:"), STRATEGIES.length());
    int count = 0;
    while (names.find()) {
      String name = names.group(1);
      count++;
      String rules = "rules: [{host: a.example, strategy: " + name + "}]\n";
      try (Authgraft authgraft =
          Configs.builder(directory, log, STRATEGIES + rules)
              .transport(new EchoingTransport(server))
              .extensions(Extensions.of(directory.resolve("services"), Vault.class))
              .time(time)
              .load()) {
        for (int i = 0; i < 6; i++) {
          call(authgraft);
          time.advance(Duration.ofMinutes(20));
        }
        Strategy strategy = authgraft.engine().config().strategies().get(name);
        printed.add(authgraft);
        printed.add(strategy);
        printed.add(strategy.placement());
        printed.add(strategy.exchanges());
        if (strategy.source() == null) continue;
        try {
          LoginDeadline deadline = new LoginDeadline(time, Duration.ofSeconds(1));
          Credential credential = strategy.source().fetch(null, false, deadline);
          printed.add(credential);
          printed.add(credential.refreshToken());
          printed.add(new LoginResult(credential, Duration.ofMillis(1)));
        } catch (LoginFailure e) {
          add(e);
        } catch (RuntimeException | NoClassDefFoundError e) {
          // What a transport throws beyond its contract passes the cache's landing, not this way.
        }
      }
      Path file = directory.resolve("authgraft.yml");
      try (Inspector inspector =
          Authgraft.builder(file)
              .log(log)
              .extensions(Extensions.of(directory.resolve("services"), Vault.class))
              .inspect()) {
        printed.add(inspector.strategies());
        printed.add(inspector.rules());
        printed.add(inspector.warnings());
        printed.add(inspector.explain(Target.of("https", "a.example", -1, "/", "GET")).applied());
      }
    }
    assertThat(count).isEqualTo(15);
  }

  private void call(Authgraft authgraft) {
    Attempt attempt = authgraft.attempt(Target.of("https", "a.example", -1, "/x", "GET"));
    printed.add(attempt);
    try {
      attempt.obtain(true, () -> false);
      attempt.applyTo(new FakeRequest());
      if (attempt.isRenewalDue(new Rejecting())) attempt.renew(true, () -> false);
    } catch (IOException e) {
      add(e);
    }
  }

  private static final class Rejecting implements Answer {
    @Override
    public int status() {
      return 401;
    }

    @Override
    public String header(String name) {
      return "https://a.example/login?s3cret";
    }

    @Override
    public String peek(int limit) {
      return "s3cret";
    }
  }

  @Test
  void aLoginsToStringNamesItsOriginAlone() {
    URI url = URI.create("https://a.example:8443/s3cret?s3cret");
    printed.add(
        new LoginRequest("POST", url, java.util.Map.of("X", "s3cret"), null, Duration.ZERO));
    assertThat(printed.get(0)).hasToString("POST https://a.example:8443");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a.example/login?k=s3cret",
        "https:///login?k=s3cret",
        "https://user:s3cret@a.example/",
        "https://user:s3cret@a.example:x/",
        "https://a.example/ ?k=s3cret",
      })
  void anInvalidUrlIsNotRepeatedWithItsSecrets(String url) {
    assertThatThrownBy(
            () ->
                Configs.builder(
                        directory,
                        log,
                        """
                        strategies: {a: {type: lazy-jwt, login: {url: "%s"}}}
                        rules: [{host: a.example, strategy: a}]
                        """
                            .formatted(url))
                    .load())
        .isInstanceOf(ConfigException.class)
        .satisfies(this::add);
  }
}
