package dev.authgraft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.authgraft.internal.secret.Command;
import dev.authgraft.testing.Await;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Secrets that a command prints: how often it runs, and what its failures say. */
@Timeout(600)
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "it runs shell scripts")
final class CommandSecretTest extends SecretFixture {
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
  void aProcessThatACommandLeavesBehindIsNotEnded() throws Exception {
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
}
