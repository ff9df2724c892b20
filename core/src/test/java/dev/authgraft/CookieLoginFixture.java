package dev.authgraft;

import static org.assertj.core.api.Assertions.assertThat;

import dev.authgraft.testing.ApiServer;
import dev.authgraft.testing.FakeTime;
import dev.authgraft.testing.RecordingLog;
import dev.authgraft.testing.SpringSecurityApi;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** Configs of form logins whose credential is a cookie. */
abstract class CookieLoginFixture {
  static final String SESSION = "Path=/; HttpOnly";

  @TempDir Path directory;

  final RecordingLog log = new RecordingLog();
  final FakeTime time = new FakeTime();
  Authgraft authgraft;

  @AfterEach
  void close() {
    if (authgraft != null) authgraft.close();
    assertThat(String.join("\n", log.lines())).doesNotContain("a&b=c", "a%26b");
  }

  String yaml(ApiServer api, String strategy) {
    return "strategies:\n  s: {type: form-login, "
        + strategy
        + "}\nrules: [{host: \""
        + api.authority()
        + "\", strategy: s}]\n";
  }

  TestClient load(ApiServer api, String strategy) throws ConfigException {
    authgraft = Configs.builder(directory, log, yaml(api, strategy)).time(time).load();
    return new TestClient(authgraft);
  }

  static String form(URI login, String cookies) {
    String form = "{username: me, password: '" + ApiServer.AWKWARD_PASSWORD + "'}";
    return "login: {url: \"" + login + "\", form: " + form + ", cookies: [" + cookies + "]}";
  }

  static String spring(SpringSecurityApi api) {
    return form(api.url("/login"), "JSESSIONID");
  }

  static SpringSecurityApi springApi(String attributes) {
    return new SpringSecurityApi(ApiServer.AWKWARD_PASSWORD, attributes);
  }
}
