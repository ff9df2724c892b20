package dev.authgraft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.authgraft.testing.ApiServer;
import dev.authgraft.testing.AssembleApi;
import dev.authgraft.testing.HttpServers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** A login of two steps, whose one-time code comes from wherever the config says. */
final class TwoFactorStrategyTest extends StrategyFixture {
  private TestClient assemble(AssembleApi api, String code) throws ConfigException {
    return load(
        """
        strategies:
          assemble:
            type: pre-auth-2fa
            pre-auth:
              url: %1$s
              json: {email: %2$s, password: %3$s}
              token: /token
            %4$s
            login:
              url: %5$s
              json: {token: "${pre-auth.token}"%6$s, minimal: true}
              token: /token
            refresh:
              url: %7$s
              json: {token: "${token}"}
              token: /token
              single-use: true
            rejected-when: {body: Token has expired}
        rules:
          - {host: "%8$s", path: /api/opportunities/**, strategy: none}
          - {host: "%8$s", path: /api/**, strategy: assemble}
        """
            .formatted(
                api.url("/auth/api/"),
                AssembleApi.EMAIL,
                password(),
                code.isEmpty() ? "" : "code: " + code,
                api.url("/auth/api/token"),
                code.isEmpty() ? "" : ", two_factor_key: \"${code}\"",
                api.url("/auth/api/refresh"),
                api.authority()));
  }

  @Test
  void twoFactorsThenAnExpiredTokenIsRefreshedOnce() throws Exception {
    try (AssembleApi api = new AssembleApi()) {
      TestClient client = assemble(api, "{totp: " + AssembleApi.TOTP_SECRET + "}");
      assertThat(client.get(api.url("/api/opportunities/")).statusCode()).isEqualTo(200);
      assertThat(api.count("pre-auth")).isZero();
      assertThat(client.get(api.url("/api/users/me")).statusCode()).isEqualTo(200);
      api.expireTokens();
      assertThat(client.get(api.url("/api/users/me")).statusCode()).isEqualTo(200);
      assertThat(api.count("pre-auth")).isEqualTo(1);
      assertThat(api.count("token")).isEqualTo(1);
      assertThat(api.count("refresh")).isEqualTo(1);
      assertThat(api.count("refresh-reuse")).isZero();
    }
  }

  @Test
  void aLostAnswerToASingleUseRefreshLeadsToALoginAndNeverToAnotherRefresh() throws Exception {
    try (AssembleApi api =
        AssembleApi.withoutSecondFactor(AssembleApi.EMAIL, ApiServer.AWKWARD_PASSWORD)) {
      TestClient client = assemble(api, "");
      client.get(api.url("/api/users/me"));
      api.expireTokens();
      api.answerNextAndLoseIt("/auth/api/refresh");
      assertThat(client.get(api.url("/api/users/me")).statusCode()).isEqualTo(200);
      assertThat(api.count("refresh")).isEqualTo(1);
      assertThat(api.count("pre-auth")).isEqualTo(2);
    }
  }

  @Test
  void codesComeFromACommandOrAFile() throws Exception {
    Path code = Files.writeString(directory.resolve("code"), "");
    try (AssembleApi api =
        AssembleApi.sendingCodes(
            AssembleApi.EMAIL, ApiServer.AWKWARD_PASSWORD, sent -> write(code, sent + "\n"))) {
      TestClient client = assemble(api, "{file: code}");
      assertThat(client.get(api.url("/api/users/me")).statusCode()).isEqualTo(200);
      client = assemble(api, "{command: [cat, \"" + code + "\"]}");
      assertThat(client.get(api.url("/api/users/me")).statusCode()).isEqualTo(200);
      client = assemble(api, "{command: cat " + code + "}");
      assertThat(client.get(api.url("/api/users/me")).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void aCodeComesFromAUrlAsTextOrAsJson() throws Exception {
    AtomicReference<String> code = new AtomicReference<>();
    HttpServer codes = HttpServers.create();
    codes.createContext(
        "/",
        exchange -> {
          boolean json = exchange.getRequestURI().getPath().equals("/json");
          byte[] body = (json ? "{\"code\": \"" + code + "\"}" : code + "\n").getBytes();
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    codes.start();
    String url = "http://127.0.0.1:" + codes.getAddress().getPort();
    try (AssembleApi api =
        AssembleApi.sendingCodes(AssembleApi.EMAIL, ApiServer.AWKWARD_PASSWORD, code::set)) {
      for (String source : new String[] {url, url + "/json", url + "/json, token: /code"}) {
        TestClient client = assemble(api, "{url: " + source + "}");
        assertThat(client.get(api.url("/api/users/me")).statusCode()).isEqualTo(200);
      }
    } finally {
      codes.stop(0);
    }
  }

  @Test
  void aCommandThatFailsIsNamedWithoutItsOutput() throws Exception {
    try (AssembleApi api = new AssembleApi()) {
      TestClient client = assemble(api, "{command: [sh, -c, echo 123456; exit 3]}");
      assertThatThrownBy(() -> client.get(api.url("/api/users/me")))
          .hasMessageContaining("no one-time code: sh ended with status 3")
          .message()
          .doesNotContain("123456");
    }
  }
}
