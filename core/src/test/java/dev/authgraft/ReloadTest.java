package dev.authgraft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.authgraft.internal.secret.SecretSourceRegistry;
import dev.authgraft.spi.SecretException;
import dev.authgraft.spi.SecretSettings;
import dev.authgraft.spi.SecretSource;
import dev.authgraft.testing.Reply;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A change of the config files is followed without a restart, and a broken one is not. */
@Timeout(300)
final class ReloadTest extends ReloadFixture {
  @Test
  void aChangeIsFollowedAndAnUnchangedStrategyKeepsItsToken() throws Exception {
    load(config("p", "/api/x", ""));
    assertThat(client.get(api.url("/api/x")).statusCode()).isEqualTo(200);
    assertThat(client.get(api.url("/api/y")).statusCode()).isEqualTo(401);
    replace(config("p", "/api/**", ""));
    awaitLog("config reloaded: 1 rule, 1 strategy");
    assertThat(client.get(api.url("/api/y")).statusCode()).isEqualTo(200);
    assertThat(api.count("login")).isEqualTo(1);
  }

  @Test
  void anotherPasswordIsTriedAtOnce() throws Exception {
    load(config("wrong", "/api/**", ""));
    api.answerNext("/token", Reply.problem(401, "bad password"));
    for (int i = 0; i < 5; i++) {
      assertThatThrownBy(() -> client.get(api.url("/api/x"))).hasMessageContaining("bad password");
    }
    assertThat(api.count("login")).isEqualTo(1);
    replace(config("right", "/api/**", ""));
    awaitLog("config reloaded");
    assertThat(client.get(api.url("/api/x")).statusCode()).isEqualTo(200);
    assertThat(api.count("login")).isEqualTo(2);
  }

  @Test
  void aBrokenFileIsRefusedWholeAndSaysWhy() throws Exception {
    load(config("p", "/api/**", ""));
    replace(config("p", "/nowhere", "rulez: []"));
    awaitLog("config not reloaded");
    assertThat(log.lines())
        .anySatisfy(line -> assertThat(line).contains("authgraft.yml:5:1: unknown key 'rulez'"));
    assertThat(client.get(api.url("/api/x")).statusCode()).isEqualTo(200);
    replace(config("p", "/api/y", ""));
    awaitLog("config reloaded");
    assertThat(client.get(api.url("/api/x")).statusCode()).isEqualTo(401);
  }

  @Test
  void switchingALinkIsAChange() throws Exception {
    Path first = Files.createDirectory(directory.resolve("first"));
    Path second = Files.createDirectory(directory.resolve("second"));
    Configs.write(first, "authgraft.yml", config("p", "/api/x", ""));
    Configs.write(second, "authgraft.yml", config("p", "/api/y", ""));
    Path data = Files.createSymbolicLink(directory.resolve("data"), first);
    Path file =
        Files.createSymbolicLink(directory.resolve("link.yml"), data.resolve("authgraft.yml"));
    authgraft =
        Authgraft.builder(file)
            .log(log)
            .transport(new dev.authgraft.testing.JdkLoginTransport())
            .time(time)
            .load();
    client = new TestClient(authgraft);
    assertThat(client.get(api.url("/api/y")).statusCode()).isEqualTo(401);
    Path swapped = Files.createSymbolicLink(directory.resolve("data.new"), second);
    Files.move(swapped, data, StandardCopyOption.ATOMIC_MOVE);
    time.advance(Duration.ofSeconds(3));
    awaitLog("config reloaded");
    assertThat(client.get(api.url("/api/y")).statusCode()).isEqualTo(200);
  }

  @Test
  void reloadingCanBeSwitchedOff() throws Exception {
    load(config("p", "/api/x", "reload: off"));
    replace(config("p", "/api/y", ""));
    assertThat(client.get(api.url("/api/x")).statusCode()).isEqualTo(200);
    assertThat(client.get(api.url("/api/y")).statusCode()).isEqualTo(401);
    assertThat(log.lines()).noneMatch(line -> line.contains("reload"));
  }

  @Test
  void theReasonOfAFailedReloadIsLoggedOnce() throws Exception {
    load(config("p", "/api/x", ""));
    replace(config("p", "/api/x", "rulez: []"));
    awaitLog("config not reloaded");
    int before = log.lines().size();
    time.advance(Duration.ofSeconds(61));
    awaitLog("config still not reloaded", before);
    assertThat(linesSince(before)).doesNotContain("ERROR");
    replace(config("p", "/api/x", "rulez: []"));
    awaitLog("config not reloaded", before);
  }

  /** Reading takes a while in a JVM that has just started. */
  @Test
  void aChangeWhileTheConfigIsBeingReadIsFollowed() throws Exception {
    SecretSource meddling =
        new SecretSource() {
          private boolean done;

          @Override
          public String scheme() {
            return "env";
          }

          @Override
          public void check(String name) throws SecretException {
            if (!done) Configs.write(directory, "authgraft.yml", config("p", "/api/yy", ""));
            done = true;
          }

          @Override
          public String read(String name, SecretSettings settings) {
            return "p";
          }
        };
    authgraft =
        Configs.builder(directory, log, config("${env:P}", "/api/x", ""))
            .sources(new SecretSourceRegistry(java.util.List.of(meddling), null))
            .time(time)
            .load();
    client = new TestClient(authgraft);
    assertThat(client.get(api.url("/api/yy")).statusCode()).isEqualTo(401);
    time.advance(Duration.ofSeconds(3));
    awaitLog("config reloaded");
    assertThat(client.get(api.url("/api/yy")).statusCode()).isEqualTo(200);
  }

  @Test
  void aFileThatIsGoneForAWhileIsTakenOnceItIsBack() throws Exception {
    load(config("p", "/api/x", ""));
    Path file = directory.resolve("authgraft.yml");
    Path away = Files.move(file, directory.resolve("away.yml"));
    time.advance(Duration.ofSeconds(3));
    awaitLog("authgraft.yml: does not exist");
    assertThat(client.get(api.url("/api/x")).statusCode()).isEqualTo(200);
    Files.delete(away);
    replace(config("p", "/api/y", ""));
    awaitLog("config reloaded");
    assertThat(client.get(api.url("/api/y")).statusCode()).isEqualTo(200);
    assertThat(api.count("login")).isEqualTo(1);
  }
}
