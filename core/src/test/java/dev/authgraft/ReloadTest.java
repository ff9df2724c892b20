package dev.authgraft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.authgraft.client.Target;
import dev.authgraft.internal.secret.SecretSourceRegistry;
import dev.authgraft.spi.SecretException;
import dev.authgraft.spi.SecretSettings;
import dev.authgraft.spi.SecretSource;
import dev.authgraft.testing.Await;
import dev.authgraft.testing.FakeTime;
import dev.authgraft.testing.RecordingLog;
import dev.authgraft.testing.Reply;
import dev.authgraft.testing.Threads;
import dev.authgraft.testing.TokenApi;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(300)
final class ReloadTest {
  /** The frame of a thread that opens or reads a config. */
  private static final String READING_THE_CONFIG =
      "dev.authgraft.internal.config.ConfigFiles.bytes";

  @TempDir private Path directory;

  private final RecordingLog log = new RecordingLog();
  private final FakeTime time = new FakeTime();
  private final TokenApi api = new TokenApi();
  private Authgraft authgraft;
  private TestClient client;

  @AfterEach
  void close() {
    authgraft.close();
    api.close();
  }

  private String config(String password, String path, String more) {
    return """
        vars: {password: "%s"}
        strategies:
          a: {type: lazy-jwt, login: {url: "%s", json: {password: "${var:password}"}}}
        rules: [{host: "%s", path: %s, strategy: a}]
        %s
        %s
        """
        .formatted(password, api.url("/token"), api.authority(), path, more, Configs.PATIENCE);
  }

  private void load(String yaml) throws ConfigException {
    authgraft = Configs.builder(directory, log, yaml).time(time).load();
    client = new TestClient(authgraft);
  }

  /** Replaces the file as an editor does, and lets time pass until it is looked at. */
  private void replace(String yaml) throws IOException {
    Path written = Configs.write(directory, "new.yml", yaml);
    Path file = directory.resolve("authgraft.yml");
    Files.move(written, file, StandardCopyOption.REPLACE_EXISTING);
    time.advance(Duration.ofSeconds(3));
  }

  private void awaitLog(String text) {
    awaitLog(text, 0);
  }

  private void awaitLog(String text, int before) {
    look();
    Await.until(text, () -> linesSince(before).contains(text));
    awaitTheLooksEnd();
  }

  /** Until then no request begins another look. */
  private static void awaitTheLooksEnd() {
    Await.until(
        "the look's end",
        () -> Threads.in("dev.authgraft.internal.engine.ConfigChangeDetector.") == 0);
  }

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
  void theSwapOfALinkIsAChange() throws Exception {
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
  void anotherFileMayTakeItsPlaceAndIsFollowedThen() throws Exception {
    load(config("p", "/api/x", ""));
    assertThat(client.get(api.url("/api/x")).statusCode()).isEqualTo(200);
    Path other = Configs.write(directory, "other.yml", config("p", "/api/y", ""));
    assertThat(authgraft.replaceConfig(other, null)).isTrue();
    assertThat(authgraft.replaceConfig(other, null)).isFalse();
    assertThat(client.get(api.url("/api/x")).statusCode()).isEqualTo(401);
    assertThat(client.get(api.url("/api/y")).statusCode()).isEqualTo(200);

    replace(config("p", "/nowhere", ""));
    Path written = Configs.write(directory, "new.yml", config("p", "/api/x", ""));
    Files.move(written, other, StandardCopyOption.REPLACE_EXISTING);
    awaitLog("config reloaded");
    assertThat(client.get(api.url("/api/x")).statusCode()).isEqualTo(200);
    assertThat(api.count("login")).isEqualTo(1);
  }

  @Test
  void aBrokenFileDoesNotTakeItsPlace() throws Exception {
    load(config("p", "/api/x", ""));
    Path broken = Configs.write(directory, "broken.yml", config("p", "/api/y", "rulez: []"));
    assertThatThrownBy(() -> authgraft.replaceConfig(broken, null))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("broken.yml:5:1: unknown key 'rulez'");
    assertThat(client.get(api.url("/api/x")).statusCode()).isEqualTo(200);
  }

  /** What reads the same there is another file: the token is not that of the same principal. */
  @Test
  void aRelativePathMeansAnotherFileInAnotherDirectory() throws Exception {
    String config = config("${file:password}", "/api/x", "");
    Files.writeString(directory.resolve("password"), "p");
    load(config);
    assertThat(client.get(api.url("/api/x")).statusCode()).isEqualTo(200);
    Path elsewhere = Files.createDirectory(directory.resolve("elsewhere"));
    Files.writeString(elsewhere.resolve("password"), "q");
    assertThat(authgraft.replaceConfig(Configs.write(elsewhere, "authgraft.yml", config), null))
        .isTrue();
    assertThat(client.get(api.url("/api/x")).statusCode()).isEqualTo(200);
    assertThat(api.count("login")).isEqualTo(2);
  }

  /** It ended all reloading without a word, and took both threads that log in. */
  @Test
  @DisabledOnOs(OS.WINDOWS)
  void aPipeThatNobodyWritesToInPlaceOfTheConfigIsGivenUp() throws Exception {
    load(config("p", "/api/x", ""));
    Path file = directory.resolve("authgraft.yml");
    long hanging = Threads.in(READING_THE_CONFIG);
    for (String path : List.of("/api/y", "/api/z", "/api/y", "/api/z")) {
      Files.delete(file);
      assertThat(new ProcessBuilder("mkfifo", file.toString()).start().waitFor()).isZero();
      int before = log.lines().size();
      time.advance(Duration.ofSeconds(3));
      authgraft.attempt(Target.of("https", "unmatched.example", -1, "/", "GET"));
      long reading = ++hanging;
      // Time that passes before it is opened would let something else run out of it.
      Await.until("the pipe is opened", () -> Threads.in(READING_THE_CONFIG) == reading);
      time.advance(Duration.ofSeconds(11));
      Await.until("the deadline", () -> linesSince(before).contains("config not reloaded"));
      assertThat(linesSince(before))
          .contains("authgraft.yml: cannot be read: reading it has not ended within 10s")
          .contains("config not reloaded: the one before stays in force");
      awaitTheLooksEnd();
      replace(config("p", path, ""));
      awaitLog("config reloaded", before);
      assertThat(client.get(api.url(path)).statusCode()).isEqualTo(200);
    }
    assertThat(api.count("login")).isEqualTo(1);
  }

  /**
   * Its time and size are those of the change, so that nothing would ever be seen of its return.
   */
  @Test
  @DisabledOnOs(OS.WINDOWS)
  void aChangeThatCannotBeReadIsTriedAgainThoughNothingChanges() throws Exception {
    load(config("p", "/api/x", ""));
    Path file = directory.resolve("authgraft.yml");
    Files.delete(file);
    assertThat(new ProcessBuilder("mkfifo", file.toString()).start().waitFor()).isZero();
    long hanging = Threads.in(READING_THE_CONFIG);
    time.advance(Duration.ofSeconds(3));
    look();
    Await.until("the pipe is opened", () -> Threads.in(READING_THE_CONFIG) > hanging);
    time.advance(Duration.ofSeconds(11));
    Await.until("the deadline", () -> linesSince(0).contains("config not reloaded"));
    awaitTheLooksEnd();
    Files.newOutputStream(file, StandardOpenOption.WRITE).close(); // Ends what was given up.
    Await.until("its end", () -> Threads.in(READING_THE_CONFIG) == hanging);
    time.advance(Duration.ofSeconds(61));
    look();
    Await.until("the pipe is opened again", () -> Threads.in(READING_THE_CONFIG) > hanging);
    Files.writeString(file, config("p", "/api/y", ""), StandardOpenOption.WRITE);
    Await.until("the reload", () -> linesSince(0).contains("config reloaded"));
    awaitTheLooksEnd();
    assertThat(client.get(api.url("/api/y")).statusCode()).isEqualTo(200);
  }

  @Test
  void aChangeThatCannotBeFollowedIsComplainedOfOnce() throws Exception {
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

  /** Makes a request that no rule is for, which has the files looked at if it is time. */
  private void look() {
    authgraft.attempt(Target.of("https", "unmatched.example", -1, "/", "GET"));
  }

  /** It ended all reloading, of what has nothing to do with that source as well. */
  @Test
  void aSourceWhoseCheckHangsIsAProblemOfTheConfigThatNamesIt() throws Exception {
    authgraft =
        Configs.builder(directory, log, config("p", "/api/x", ""))
            .time(time)
            .extensions(Extensions.of(directory.resolve("services"), Hanging.class))
            .load();
    client = new TestClient(authgraft);
    try {
      replace(config("${hanging:a}${hanging:b}", "/api/y", ""));
      look();
      Await.until("the check", () -> Threads.in(Hanging.class.getName() + ".check") == 1);
      time.advance(Duration.ofSeconds(11));
      Await.until("the deadline", () -> linesSince(0).contains("config not reloaded"));
      assertThat(linesSince(0))
          .contains(
              "${hanging:…} cannot be checked: check() of its source has not ended within 10s");
      assertThat(Threads.in(Hanging.class.getName() + ".check")).isEqualTo(1);
      awaitTheLooksEnd();
      replace(config("p", "/api/z", ""));
      awaitLog("config reloaded");
      assertThat(client.get(api.url("/api/z")).statusCode()).isEqualTo(200);
    } finally {
      Hanging.END.countDown();
    }
    Await.until("the check's end", () -> Threads.in(Hanging.class.getName() + ".check") == 0);
  }

  /** Waits in a method that is to wait for nothing. */
  public static final class Hanging implements SecretSource {
    static final CountDownLatch END = new CountDownLatch(1);

    @Override
    public String scheme() {
      return "hanging";
    }

    @Override
    public void check(String name) throws SecretException {
      try {
        END.await();
      } catch (InterruptedException e) {
        throw new SecretException("interrupted");
      }
    }

    @Override
    public String read(String name, SecretSettings settings) {
      return name;
    }
  }

  private String linesSince(int before) {
    List<String> lines = List.copyOf(log.lines());
    return String.join("\n", lines.subList(before, lines.size()));
  }

  /** What depends on the directory was found by the letters "file", which a command has not. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "json: {password: \"${command:./password}\"}",
        "json: {password: \"${file:password}\"}",
        "json: {password: \"${pkcs12:store#alias:-p}\"}",
        "json: {password: \"${extension:a:-p}\"}",
        "json: {password: \"${var:indirect}\"}"
      })
  void whatASecretRefersToIsAnotherInAnotherDirectory(String login) throws Exception {
    assertThat(loginsWhenMoved("type: lazy-jwt, login: {url: \"%s\", " + login + "}", ""))
        .isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"file: code", "command: ./password", "command: [./password, a]"})
  void aCodeComesFromElsewhereInAnotherDirectory(String code) throws Exception {
    String strategy =
        "type: pre-auth-2fa, code: {"
            + code
            + "}, pre-auth: {url: \"%1$s\", json: {a: b}}, login: {url: \"%1$s\", json: {c: d}}";
    assertThat(loginsWhenMoved(strategy, "")).isEqualTo(4);
  }

  @Test
  void aTrustStoreIsAnotherInAnotherDirectory() throws Exception {
    String strategy = "type: lazy-jwt, login: {url: \"%s\", json: {password: p}}";
    String http = "http: {timeout: 10m, trust-store: {file: password}}";
    assertThat(loginsWhenMoved(strategy, http)).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"p", "file", "${sys:user.name}", "$${file:a}", "${env:NONE:-file:x}"})
  void whatNamesNoFileMeansTheSameInAnotherDirectory(String password) throws Exception {
    String login = "login: {url: \"%s\", json: {password: \"" + password + "\"}}";
    assertThat(loginsWhenMoved("type: lazy-jwt, " + login, "")).isEqualTo(1);
  }

  /** Returns how many logins a call costs before and one after an exchange of the directory. */
  private int loginsWhenMoved(String strategy, String http) throws Exception {
    String yaml =
        """
        vars: {indirect: "${command:./password}"}
        strategies: {a: {%s}}
        rules: [{host: "%s", strategy: a}]
        %s
        """
            .formatted(
                strategy.formatted(api.url("/token")),
                api.authority(),
                http.isEmpty() ? Configs.PATIENCE : http);
    Path second = Files.createDirectory(directory.resolve("second"));
    for (Path each : List.of(directory, second)) {
      Path password = Files.writeString(each.resolve("password"), "#!/bin/sh\necho p\n");
      assertThat(password.toFile().setExecutable(true)).isTrue();
      Files.writeString(each.resolve("code"), "123456");
    }
    authgraft =
        Configs.builder(directory, log, yaml)
            .time(time)
            .extensions(Extensions.of(directory.resolve("services"), Extension.class))
            .load();
    client = new TestClient(authgraft);
    assertThat(client.get(api.url("/api/x")).statusCode()).isEqualTo(200);
    assertThat(authgraft.replaceConfig(Configs.write(second, "authgraft.yml", yaml), null))
        .isTrue();
    assertThat(client.get(api.url("/api/x")).statusCode()).isEqualTo(200);
    return api.count("login");
  }

  /** May look into the config's directory, as any source may. */
  public static final class Extension implements SecretSource {
    @Override
    public String scheme() {
      return "extension";
    }

    @Override
    public String read(String name, SecretSettings settings) {
      return settings.directory().toString();
    }
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
