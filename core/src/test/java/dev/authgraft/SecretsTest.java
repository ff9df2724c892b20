package dev.authgraft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.authgraft.client.Attempt;
import dev.authgraft.client.CredentialException;
import dev.authgraft.client.Target;
import dev.authgraft.internal.secret.Command;
import dev.authgraft.spi.SecretException;
import dev.authgraft.spi.SecretSettings;
import dev.authgraft.spi.SecretSource;
import dev.authgraft.testing.Await;
import dev.authgraft.testing.FakeRequest;
import dev.authgraft.testing.FakeTime;
import dev.authgraft.testing.RecordingLog;
import dev.authgraft.testing.Threads;
import dev.authgraft.testing.TokenApi;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where secrets come from, as the server and the caller see it. */
@Timeout(600)
@DisabledOnOs(OS.WINDOWS)
final class SecretsTest {
  /** No exception and no line of the log holds it. */
  private static final String CANARY = "s3cret";

  /** The frame of a thread that opens or reads a file for its secret. */
  private static final String READING_A_FILE =
      "dev.authgraft.internal.secret.FileSecrets.lambda$read";

  @TempDir private Path directory;

  private final RecordingLog log = new RecordingLog();
  private final FakeTime time = new FakeTime();
  private final TokenApi api = new TokenApi();
  private Authgraft authgraft;
  private TestClient client;

  @AfterEach
  void close() {
    if (authgraft != null) authgraft.close();
    api.close();
    VaultSource.reset();
    assertThat(String.join("\n", log.lines())).doesNotContain(CANARY);
  }

  private void load(String value, String secrets, Class<?>... sources) throws ConfigException {
    String yaml =
        """
        secrets: %s
        strategies:
          key: {type: api-key, header: x-key, value: %s}
          jwt: {type: lazy-jwt, login: {url: "%s", json: {password: %s}}}
        rules:
          - {host: "%s", path: /key/**, strategy: key}
          - {host: "%s", path: /api/**, strategy: jwt}
        """
            .formatted(secrets, value, api.url("/token"), value, api.authority(), api.authority());
    authgraft =
        Configs.builder(directory, log, yaml)
            .time(time)
            .extensions(Extensions.of(directory.resolve("services"), sources))
            .load();
    client = new TestClient(authgraft);
  }

  /** Returns what the server gets as the key. */
  private String sentKey() throws IOException, InterruptedException {
    client.get(api.url("/key/x"));
    return api.requests("/key/x").get(api.requests("/key/x").size() - 1).header("x-key");
  }

  private String failure() {
    try {
      client.get(api.url("/key/x"));
    } catch (CredentialException e) {
      assertThat(e).hasNoCause().hasMessageStartingWith("strategy 'key': ");
      assertThat(e.getMessage()).doesNotContain(CANARY);
      return e.getMessage();
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
    throw new AssertionError("no failure");
  }

  private Path script(String name, String text) throws IOException {
    Path script = Files.writeString(directory.resolve(name), "#!/bin/sh\n" + text + "\n");
    assertThat(script.toFile().setExecutable(true)).isTrue();
    return script;
  }

  // ---- file ----

  @Test
  void aFileIsReadAnewAndLosesOneNewline() throws Exception {
    Path file = Files.writeString(directory.resolve("key"), "one\n");
    load("\"${file:key}\"", "{}");
    assertThat(sentKey()).isEqualTo("one");
    Files.writeString(file, "two\r\n");
    assertThat(sentKey()).isEqualTo("two");
    Files.writeString(file, "x".repeat(70_000));
    assertThat(failure()).contains("longer than a secret can be, 64 KiB");
    Files.delete(file);
    assertThat(failure()).contains("file " + file + " does not exist (authgraft.yml:");
  }

  /** It held the caller's thread, and both of those that log in, without a word. */
  @Test
  void aPipeThatNobodyWritesToHoldsNobodyForEver() throws Exception {
    Path key = directory.resolve("key");
    load("\"${file:key}\"", "{}");
    Files.writeString(key, "one\n");
    assertThat(sentKey()).isEqualTo("one");
    long before = Threads.in(READING_A_FILE);
    for (int i = 1; i <= 4; i++) {
      long hanging = before + i;
      Files.delete(key);
      makePipe(key);
      CompletableFuture<String> failure = CompletableFuture.supplyAsync(this::failure);
      // Time that passes before it is opened would let something else run out of it.
      Await.until("the pipe is opened", () -> Threads.in(READING_A_FILE) == hanging);
      time.advance(Duration.ofSeconds(11));
      assertThat(failure.get(Await.SECONDS, TimeUnit.SECONDS))
          .contains("${file:key} has not answered within 10s");
      time.advance(Duration.ofSeconds(20));
      Files.delete(key);
      Files.writeString(key, "two\n");
      assertThat(sentKey()).isEqualTo("two");
    }
  }

  @Test
  void anAsynchronousCallerDoesNotWaitForAPipe() throws Exception {
    Path key = directory.resolve("key");
    makePipe(key);
    load("\"${file:key}\"", "{}");
    Attempt attempt =
        authgraft.attempt(Target.of("http", "127.0.0.1", api.url("/").getPort(), "/key/x", "GET"));
    CompletableFuture<Boolean> waiting = attempt.obtainAsync(true).toCompletableFuture();
    assertThat(waiting).isNotDone();
    try (OutputStream pipe = Files.newOutputStream(key)) { // Once it is being read.
      // A file is read each time, and so is this one by a thread that comes to wait too late.
      Path file = Files.writeString(directory.resolve("file"), "late\n");
      Files.move(file, key, StandardCopyOption.REPLACE_EXISTING);
      pipe.write("late\n".getBytes(StandardCharsets.UTF_8));
    }
    assertThat(waiting.get(Await.SECONDS, TimeUnit.SECONDS)).isTrue();
  }

  private static void makePipe(Path path) throws Exception {
    assertThat(new ProcessBuilder("mkfifo", path.toString()).start().waitFor()).isZero();
  }

  // ---- command ----

  @Test
  void aCommandIsRunInTheConfigsDirectoryWithoutAShell() throws Exception {
    script("print", "printf '%s|' \"$@\"; pwd; echo noise >&2");
    load("'${command:./print a \"b  c\" $HOME ; ''*''}'", "{}");
    assertThat(sentKey()).isEqualTo("a|b  c|$HOME|;|*|" + directory.toRealPath());
  }

  @Test
  void aCommandsValueIsKeptForAMinuteAndNotAfterARejection() throws Exception {
    script("count", "echo x >> runs; wc -l < runs | tr -d ' '");
    load("\"${command:./count}\"", "{}");
    for (int i = 0; i < 3; i++) assertThat(sentKey()).isEqualTo("1");
    time.advance(Duration.ofSeconds(59));
    assertThat(sentKey()).isEqualTo("1");
    api.answerNext("/key/x", dev.authgraft.testing.Reply.of(401, "text/plain", ""));
    assertThat(sentKey()).isEqualTo("2");
    time.advance(Duration.ofSeconds(61));
    assertThat(sentKey()).isEqualTo("3");
  }

  @Test
  void aServerThatRejectsEverythingDoesNotRunTheCommandEachTime() throws Exception {
    script("count", "echo x >> runs; echo key");
    load("\"${command:./count}\"", "{command: {cache: 1h}}");
    for (int i = 0; i < 10; i++) {
      api.answerNext("/key/x", dev.authgraft.testing.Reply.of(401, "text/plain", ""));
      client.get(api.url("/key/x"));
    }
    assertThat(Files.readAllLines(directory.resolve("runs"))).hasSize(1);
    time.advance(Duration.ofSeconds(6));
    api.answerNext("/key/x", dev.authgraft.testing.Reply.of(401, "text/plain", ""));
    client.get(api.url("/key/x"));
    assertThat(Files.readAllLines(directory.resolve("runs"))).hasSize(2);
  }

  @Test
  void aLoginRunsTheCommandOnce() throws Exception {
    script("count", "echo x >> runs; echo key");
    load("\"${command:./count}\"", "{}");
    assertThat(client.get(api.url("/api/x")).statusCode()).isEqualTo(200);
    assertThat(Files.readAllLines(directory.resolve("runs"))).hasSize(1);
  }

  @Test
  void aCommandThatFailsIsNamedWithoutItsArgumentsAndItsOutput() throws Exception {
    script("fail", "echo s3cret; echo s3cret >&2; exit 3");
    load("\"${command:./fail --key s3cretArgument}\"", "{}");
    assertThat(failure()).contains("command ./fail ended with status 3 (authgraft.yml:3:");
    load("\"${command:./none s3cretArgument}\"", "{}");
    assertThat(failure()).contains("cannot run command ./none");
    script("much", "yes s3cret");
    load("\"${command:./much}\"", "{}");
    assertThat(failure()).contains("command ./much prints more than 64 KiB");
    script("latin", "printf 's3cret\\351'");
    load("\"${command:./latin}\"", "{}");
    assertThat(failure()).contains("what command ./latin prints is not UTF-8");
    load("\"${command:true s3cret}\"", "{}");
    assertThat(failure()).contains("${command:true …} is empty");
  }

  /** And what fails is not tried again for each request. */
  @Test
  void aCommandThatHangsIsEndedWithWhatItHasStarted() throws Exception {
    script("hang", "echo x >> runs; sleep 300 & echo $! >> pids; echo $$ >> pids; wait");
    load("\"${command:./hang}\"", "{command: {timeout: 1s}}");
    Path pids = directory.resolve("pids");
    CompletableFuture<String> failure = CompletableFuture.supplyAsync(this::failure);
    Await.until("two processes", () -> linesOf(pids).size() == 2);
    time.advance(Duration.ofSeconds(1));
    assertThat(failure.get(Await.SECONDS, TimeUnit.SECONDS)).contains("command ./hang took too");
    assertThat(failure()).contains("./hang");
    assertThat(linesOf(directory.resolve("runs"))).hasSize(1);
    for (String pid : linesOf(pids)) {
      ProcessHandle.of(Long.parseLong(pid))
          .ifPresent(process -> process.onExit().orTimeout(Await.SECONDS, TimeUnit.SECONDS).join());
    }
    time.advance(Duration.ofSeconds(6));
    script("hang", "echo there");
    assertThat(sentKey()).isEqualTo("there");
  }

  /** Returns the lines of {@code file}, none where it is not there yet. */
  private static List<String> linesOf(Path file) {
    try {
      return Files.exists(file) ? Files.readAllLines(file) : List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * An agent that a command leaves behind is not ours to end, and its pipe is no reason to wait.
   */
  @Test
  void whatACommandLeavesBehindLivesOn() throws Exception {
    script("leave", "sleep 300 & echo $! > pid; echo key");
    load("\"${command:./leave}\"", "{}");
    assertThat(sentKey()).isEqualTo("key");
    long pid = Long.parseLong(Files.readString(directory.resolve("pid")).trim());
    ProcessHandle left = ProcessHandle.of(pid).orElseThrow();
    assertThat(left.isAlive()).isTrue();
    left.destroyForcibly();
    left.onExit().orTimeout(Await.SECONDS, TimeUnit.SECONDS).join();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      value = {
        "a b c # a,b,c",
        "  a\tb  # a,b",
        "a 'b c' \"d e\" # a,b c,d e",
        "a 'b\"c' \"d'e\" # a,b\"c,d'e",
        "a '' b # a,,b",
        "a b'c d'e # a,bc de",
        "a\\ b # a\\,b",
      })
  void aCommandIsSplitAtWhiteSpaceOutsideQuotes(String text, String words) throws Exception {
    assertThat(String.join(",", Command.words(text))).isEqualTo(words);
  }

  @ParameterizedTest
  @ValueSource(strings = {"${command:a 'b}", "${command:  }", "${command:''}", "${pkcs12:f#}"})
  void aNameThatCanNeverBeReadIsAProblemOfTheConfig(String value) {
    assertThatThrownBy(() -> load('"' + value + '"', "{}"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("authgraft.yml:3:");
  }

  // ---- key store ----

  private void keytool(String... words) throws Exception {
    List<String> command =
        Stream.concat(
                Stream.of(Path.of(System.getProperty("java.home"), "bin/keytool").toString()),
                Stream.of(words))
            .toList();
    Process process =
        new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true).start();
    try (var in = process.getOutputStream()) {
      in.write("s3cret-Entry 1\ns3cret-Entry 1\n".getBytes(StandardCharsets.UTF_8));
    }
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
  }

  private void importPassword(String alias) throws Exception {
    keytool(
        "-importpass",
        "-alias",
        alias,
        "-keystore",
        "keys.p12",
        "-storetype",
        "PKCS12",
        "-storepass",
        "store-password");
  }

  @Test
  void aKeyStoreHoldsASecretThatKeytoolPutIn() throws Exception {
    importPassword("api");
    Files.writeString(directory.resolve("opens"), "store-password\n");
    String opens = "password: \"${file:opens}\"";
    load("\"${pkcs12:keys.p12#api}\"", "{pkcs12: {" + opens + "}}");
    assertThat(sentKey()).isEqualTo("s3cret-Entry 1");
    load("\"${pkcs12:api}\"", "{pkcs12: {file: keys.p12, " + opens + "}}");
    assertThat(sentKey()).isEqualTo("s3cret-Entry 1");
    load("\"${pkcs12:none}\"", "{pkcs12: {file: keys.p12, " + opens + "}}");
    assertThat(failure())
        .contains("keys.p12 has no entry 'none' (make it with keytool -importpass");
    load("\"${pkcs12:none.p12#api}\"", "{pkcs12: {" + opens + "}}");
    assertThat(failure()).contains("none.p12 does not exist");
    load("\"${pkcs12:opens#api}\"", "{pkcs12: {" + opens + "}}");
    assertThat(failure()).contains("opens cannot be read (is it PKCS#12");
    load("\"${pkcs12:keys.p12#api}\"", "{pkcs12: {password: s3cretWrong}}");
    assertThat(failure()).contains("keys.p12 does not open: its password is another");
    load("\"${pkcs12:keys.p12#api}\"", "{pkcs12: {password: \"${file:none}\"}}");
    assertThat(failure()).contains("file " + directory.resolve("none") + " does not exist");
    load("\"${pkcs12:keys.p12#api}\"", "{}");
    assertThat(failure()).contains("no 'password' for ${pkcs12:…}");
  }

  @Test
  void aKeyIsNoSecret() throws Exception {
    keytool(
        "-genkeypair",
        "-alias",
        "pair",
        "-keyalg",
        "EC",
        "-dname",
        "CN=x",
        "-keystore",
        "keys.p12",
        "-storetype",
        "PKCS12",
        "-storepass",
        "store-password");
    load("\"${pkcs12:keys.p12#pair}\"", "{pkcs12: {password: store-password}}");
    assertThat(failure()).contains("has no secret under 'pair', but a key or a certificate");
  }

  // ---- what a jar adds ----

  /** A vault that does what a test tells it. */
  public static final class VaultSource implements SecretSource {
    interface Answer {
      String of(String name, SecretSettings settings) throws IOException, InterruptedException;
    }

    private static final AtomicInteger READ = new AtomicInteger();
    private static final Set<Thread> THREADS = ConcurrentHashMap.newKeySet();
    private static volatile Answer answer = (name, settings) -> "value of " + name;

    static void reset() {
      READ.set(0);
      THREADS.clear();
      answer = (name, settings) -> "value of " + name;
    }

    @Override
    public String scheme() {
      return "vault";
    }

    @Override
    public Set<String> settings() {
      return Set.of("token");
    }

    @Override
    public String read(String name, SecretSettings settings)
        throws IOException, InterruptedException {
      READ.incrementAndGet();
      THREADS.add(Thread.currentThread());
      return answer.of(name, settings);
    }
  }

  public static final class OtherVault implements SecretSource {
    @Override
    public String scheme() {
      return "vault";
    }

    @Override
    public String read(String name, SecretSettings settings) {
      return "other";
    }
  }

  @Test
  void aJarAddsASource() throws Exception {
    Files.writeString(directory.resolve("token"), "s3cretToken\n");
    load("\"${vault:app#key}\"", "{vault: {token: \"${file:token}\"}}", VaultSource.class);
    VaultSource.answer =
        (name, settings) -> name + "," + settings.require("token") + "," + settings.timeout();
    assertThat(sentKey()).isEqualTo("app#key,s3cretToken,PT10S");
  }

  @Test
  void whateverASourceThrowsIsAFailureWithoutItsWords() throws Exception {
    VaultSource.Answer[] answers = {
      (name, settings) -> {
        throw new IOException("s3cret");
      },
      (name, settings) -> {
        throw new IllegalStateException("s3cret", new IOException("s3cret"));
      },
      (name, settings) -> {
        throw new StackOverflowError("s3cret");
      },
      (name, settings) -> null,
      (name, settings) -> {
        throw new SecretException("denied for s3cretToken\nat all");
      },
      (name, settings) -> "s3cret".repeat(20_000),
      (name, settings) -> "s3cret\nInjected: yes",
    };
    String[] reasons = {
      "${vault:k} cannot be read: java.io.IOException",
      "${vault:k} cannot be read: java.lang.IllegalStateException",
      "${vault:k} cannot be read: java.lang.StackOverflowError",
      "${vault:k} is nothing",
      "denied for ██ at all (authgraft.yml:3:",
      "${vault:k} is longer than a secret can be",
      "its value holds a line break",
    };
    for (int i = 0; i < answers.length; i++) {
      VaultSource.answer = answers[i];
      load("\"${vault:k}\"", "{vault: {token: s3cretToken}}", VaultSource.class);
      assertThat(failure()).contains(reasons[i]);
    }
  }

  @Test
  void aSourceThatHangsHoldsOneThreadAndLetsNobodyWaitForEver() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    VaultSource.answer =
        (name, settings) -> {
          time.advance(Duration.ofMillis(450)); // The time for it, and a bit to say so.
          while (true) {
            try {
              release.await();
              return "late";
            } catch (InterruptedException e) {
              // It does not listen.
            }
          }
        };
    load("\"${vault:k}\"", "{vault: {timeout: 200ms}}", VaultSource.class);
    for (int i = 0; i < 5; i++) assertThat(failure()).contains("has not answered within 200ms");
    assertThat(VaultSource.READ).hasValue(1);
    release.countDown();
    for (Thread thread : VaultSource.THREADS) thread.join();
    assertThat(sentKey()).isEqualTo("late");
    assertThat(VaultSource.READ).hasValue(1);
  }

  /** As on a reactor's thread. */
  @Test
  void anAsynchronousCallerDoesNotWaitForASource() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    VaultSource.answer =
        (name, settings) -> {
          release.await();
          return "late";
        };
    load("\"${vault:k}\"", "{}", VaultSource.class);
    Attempt attempt =
        authgraft.attempt(Target.of("http", "127.0.0.1", api.url("/").getPort(), "/key/x", "GET"));
    CompletionStage<Boolean> obtained = attempt.obtainAsync(true);
    CompletableFuture<Boolean> waiting = obtained.toCompletableFuture();
    assertThat(waiting).isNotDone();
    release.countDown();
    assertThat(waiting.get(Await.SECONDS, TimeUnit.SECONDS)).isTrue();
    assertThat(VaultSource.THREADS).doesNotContain(Thread.currentThread());
    // What is kept is there at once.
    assertThat(attempt.obtainAsync(true).toCompletableFuture()).isCompletedWithValue(true);
    FakeRequest request = new FakeRequest();
    attempt.applyTo(request);
    assertThat(request.header("x-key")).isEqualTo("late");
  }

  /** Nor while its login is backed off, when it is asked whether the secret has changed. */
  @Test
  void anAsynchronousCallerDoesNotWaitToHearThatALoginFailed() throws Exception {
    load("\"${vault:k}\"", "{}", VaultSource.class);
    api.answerNext("/token", dev.authgraft.testing.Reply.problem(401, "no"));
    assertThatThrownBy(() -> client.get(api.url("/api/x"))).hasMessageContaining("401");
    time.advance(Duration.ofSeconds(20)); // Not yet due; no longer fresh.
    CountDownLatch release = new CountDownLatch(1);
    VaultSource.answer =
        (name, settings) -> {
          release.await();
          return "value of k";
        };
    time.advance(Duration.ofMinutes(2));
    api.answerNext("/token", dev.authgraft.testing.Reply.problem(401, "no"));
    Attempt attempt =
        authgraft.attempt(Target.of("http", "127.0.0.1", api.url("/").getPort(), "/api/x", "GET"));
    CompletableFuture<Boolean> waiting = attempt.obtainAsync(true).toCompletableFuture();
    assertThat(waiting).isNotDone();
    release.countDown();
    assertThatThrownBy(() -> waiting.get(Await.SECONDS, TimeUnit.SECONDS))
        .hasMessageContaining("401");
  }

  @Test
  void aCallerThatGivesUpWaitsNoLonger() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    VaultSource.answer =
        (name, settings) -> {
          release.await();
          return "late";
        };
    load("\"${vault:k}\"", "{}", VaultSource.class);
    Attempt attempt =
        authgraft.attempt(Target.of("http", "127.0.0.1", api.url("/").getPort(), "/key/x", "GET"));
    assertThatThrownBy(() -> attempt.obtain(true, () -> true))
        .isInstanceOf(java.io.InterruptedIOException.class)
        .hasMessageContaining("canceled while waiting for ${vault:k}");
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> attempt.obtain(true, () -> false))
        .isInstanceOf(java.io.InterruptedIOException.class);
    assertThat(Thread.interrupted()).isTrue();
    release.countDown();
    assertThat(attempt.obtain(true, () -> false)).isTrue();
    assertThat(VaultSource.READ).hasValue(1);
  }

  @Test
  void manyCallersAskTheSourceOnce() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    VaultSource.answer =
        (name, settings) -> {
          asked.countDown();
          release.await();
          return "one";
        };
    load("\"${vault:k}\"", "{}", VaultSource.class);
    List<Thread> callers =
        Stream.generate(
                () ->
                    new Thread(
                        () -> {
                          try {
                            client.get(api.url("/key/x"));
                          } catch (IOException | InterruptedException e) {
                            throw new AssertionError(e);
                          }
                        }))
            .limit(20)
            .toList();
    callers.forEach(Thread::start);
    asked.await();
    release.countDown();
    for (Thread caller : callers) caller.join();
    assertThat(VaultSource.READ).hasValue(1);
    assertThat(api.requests("/key/x")).hasSize(20);
    assertThat(api.requests("/key/x"))
        .allSatisfy(request -> assertThat(request.header("x-key")).isEqualTo("one"));
  }

  @Test
  void aDefaultTakesThePlaceOfWhatCannotBeRead() throws Exception {
    VaultSource.answer =
        (name, settings) -> {
          throw new SecretException("sealed");
        };
    load("\"${vault:k:-fallback}\"", "{}", VaultSource.class);
    assertThat(sentKey()).isEqualTo("fallback");
  }

  @Test
  void aSchemeThatNobodyHasIsAProblemWithAllThatThereAre() {
    assertThatThrownBy(() -> load("\"${valut:k}\"", "{}", VaultSource.class))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("authgraft.yml:3:")
        .hasMessageContaining("unknown kind of placeholder: ${valut:…} (did you mean 'vault'?)");
    assertThatThrownBy(() -> load("\"${zzzzzzzz:k}\"", "{}", VaultSource.class))
        .hasMessageContaining(
            "(known here: env, sys, file, pkcs12, command, vault, var); extensions=JAR adds another");
    assertThatThrownBy(() -> load("x", "{zzzzzzzz: {}}", VaultSource.class))
        .hasMessageEndingWith(
            "(known here: env, sys, file, pkcs12, command, vault); extensions=JAR adds another");
    assertThatThrownBy(() -> load("x", "{valut: {token: x}}", VaultSource.class))
        .hasMessageContaining(
            "unknown key 'valut' in secrets of the config (did you mean 'vault'?)");
    assertThatThrownBy(() -> load("x", "{vault: {tokne: x}}", VaultSource.class))
        .hasMessageContaining("unknown key 'tokne'")
        .hasMessageContaining("(did you mean 'token'?)");
    assertThatThrownBy(() -> load("x", "{vault: {token: \"${vault:k}\"}}", VaultSource.class))
        .hasMessageContaining(
            "unknown kind of placeholder: ${vault:…} (known here: env, sys, file, var)");
  }

  @Test
  void twoSourcesOfOneNameAreAProblemThatNamesBoth() {
    assertThatThrownBy(() -> load("x", "{}", VaultSource.class, OtherVault.class))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("two sources of secrets are both called 'vault'")
        .hasMessageContaining(VaultSource.class.getName())
        .hasMessageContaining(OtherVault.class.getName());
  }

  public static final class Nameless implements SecretSource {
    @Override
    public String scheme() {
      return "V A";
    }

    @Override
    public String read(String name, SecretSettings settings) {
      return "";
    }
  }

  public static final class Throwing implements SecretSource {
    public Throwing() {
      throw new IllegalStateException("s3cret");
    }

    @Override
    public String scheme() {
      return "throwing";
    }

    @Override
    public String read(String name, SecretSettings settings) {
      return "";
    }
  }

  @Test
  void aSourceThatCannotBeUsedIsAProblemThatNamesIt() {
    for (Class<?> each : List.of(Nameless.class, Throwing.class, TokenApi.class)) {
      assertThatThrownBy(() -> load("x", "{}", each))
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining(each.getName())
          .message()
          .doesNotContain(CANARY);
    }
    assertThatThrownBy(
            () ->
                Configs.builder(directory, log, "rules: []\n")
                    .extensions(Extensions.of(directory.resolve("s"), List.of("no.such.Source")))
                    .load())
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("no.such.Source");
  }

  /** A change of the settings reaches a strategy that is the same otherwise. */
  @Test
  void aReloadFollowsTheSettings() throws Exception {
    VaultSource.answer = (name, settings) -> settings.require("token");
    load("\"${vault:k}\"", "{vault: {token: one}}", VaultSource.class);
    assertThat(sentKey()).isEqualTo("one");
    Path file = directory.resolve("authgraft.yml");
    Path changed = Configs.write(directory, "new", Files.readString(file).replace("one", "two"));
    Files.move(changed, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    time.advance(Duration.ofSeconds(3));
    authgraft.attempt(Target.of("https", "unmatched.example", -1, "/", "GET"));
    Await.until("reload", () -> log.lines().stream().anyMatch(line -> line.contains("reloaded")));
    assertThat(sentKey()).isEqualTo("two");
  }
}
