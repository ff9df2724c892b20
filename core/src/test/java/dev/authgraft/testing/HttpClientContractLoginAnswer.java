package dev.authgraft.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.authgraft.Authgraft;
import dev.authgraft.client.Attempt;
import dev.authgraft.client.Target;
import dev.authgraft.spi.LoginTransport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Where a {@link LoginTransport} sees the end of an answer: one that is whole counts whatever its
 * connection does next, one that is cut never counts, and one without an end is given up. Nothing
 * here waits: each login has ten minutes, and must be decided by what has arrived. A subclass only
 * creates the transport.
 */
@Timeout(value = 600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
public abstract class HttpClientContractLoginAnswer {
  private static final String OK = "HTTP/1.1 200 OK\r\n";
  private static final String TOKEN = "{\"access_token\": \"canary\"}";
  private static final String CHUNKED = OK + "Transfer-Encoding: chunked\r\n\r\n";
  private static final String CHUNK = Integer.toHexString(TOKEN.length()) + "\r\n" + TOKEN;
  private static final String SEVERAL = "1\r\n{\r\n0019;x=y\r\n" + TOKEN.substring(1);

  @TempDir private Path folder;

  protected abstract LoginTransport transport();

  /** What the server's end of the connection does after the bytes that it sends. */
  enum Ending {
    RESET,
    CLOSED,
    KEPT,
    FLOODED
  }

  /** An answer whose last byte, or last chunk, has arrived. */
  enum Whole {
    LENGTH(OK + "Content-Length: " + TOKEN.length() + "\r\n\r\n" + TOKEN, Ending.values()),
    CHUNKS(CHUNKED + CHUNK + "\r\n0\r\n\r\n", Ending.values()),
    SEVERAL_CHUNKS(CHUNKED + SEVERAL + "\r\n000;end\r\nX: y\r\n\r\n", Ending.values()),
    NO_TRAILER(CHUNKED + CHUNK + "\r\n0\r\n", Ending.RESET, Ending.CLOSED),
    CUT_TRAILER(CHUNKED + CHUNK + "\r\n0\r\nX-Check", Ending.RESET, Ending.CLOSED, Ending.FLOODED),
    BROKEN_TRAILER(CHUNKED + CHUNK + "\r\n0\r\nX y\r\n\r\n", Ending.values()),
    LONG_TRAILER(CHUNKED + CHUNK + "\r\n0\r\n" + "X: y\r\n".repeat(300) + "\r\n", Ending.values()),
    NO_LENGTH(OK + "\r\n" + TOKEN, Ending.CLOSED),
    ANNOUNCED(
        "HTTP/1.1 100 Continue\r\n\r\n"
            + OK
            + "Content-Length: "
            + TOKEN.length()
            + "\r\n\r\n"
            + TOKEN,
        Ending.values());

    private final String sent;
    private final Ending[] endings;

    Whole(String sent, Ending... endings) {
      this.sent = sent;
      this.endings = endings;
    }
  }

  @ParameterizedTest
  @EnumSource
  void answerThatIsWholeCountsWhateverFollows(Whole answer) throws Exception {
    for (Ending ending : answer.endings) {
      try (RawLoginServer server = server(answer.sent, ending)) {
        assertThat(logIn(server)).as("%s", ending).isTrue();
        assertThat(server.requests()).hasSize(1);
      } catch (IOException e) {
        throw new AssertionError(answer + " " + ending, e);
      }
    }
  }

  /** An answer whose JSON looks whole, and of which something is missing all the same. */
  enum Cut {
    LENGTH(OK + "Content-Length: " + (TOKEN.length() + 1) + "\r\n\r\n" + TOKEN),
    CHUNK_WITHOUT_END(CHUNKED + CHUNK),
    CHUNK_ALONE(CHUNKED + CHUNK + "\r\n"),
    CHUNK_SHORT(CHUNKED + "63\r\n" + TOKEN),
    SIZE(CHUNKED + CHUNK + "\r\n1"),
    SIZE_WITH_ZEROS(CHUNKED + CHUNK + "\r\n000"),
    SIZE_WITH_EXTENSION(CHUNKED + CHUNK + "\r\n0;x"),
    HEADER(OK + "Content-Length: " + TOKEN.length() + "\r\nX: " + TOKEN);

    private final String sent;

    Cut(String sent) {
      this.sent = sent;
    }
  }

  @ParameterizedTest
  @EnumSource
  void answerThatIsCutNeverCounts(Cut answer) throws Exception {
    for (Ending ending : new Ending[] {Ending.RESET, Ending.CLOSED}) {
      try (RawLoginServer server = server(answer.sent, ending)) {
        assertThatThrownBy(() -> logIn(server)).as("%s", ending).isInstanceOf(IOException.class);
        assertThat(server.requests()).hasSize(1);
      }
    }
    try (RawLoginServer server = server(OK + "\r\n" + TOKEN, Ending.RESET)) {
      assertThatThrownBy(() -> logIn(server)).isInstanceOf(IOException.class);
    }
  }

  /** An answer that its server never ends: {@link #again} is repeated until nobody reads. */
  enum Endless {
    BODY(OK + "Content-Length: 1000000000\r\n\r\n", " "),
    BODY_WITHOUT_LENGTH(OK + "\r\n", " "),
    CHUNKS(CHUNKED, "10\r\n                \r\n"),
    SMALL_CHUNKS(CHUNKED, "1;" + "x".repeat(20) + "\r\n \r\n"),
    CHUNK_SIZE(CHUNKED, "0"),
    CHUNK_EXTENSION(CHUNKED + "1;", "x"),
    STATUS("HTTP/1.1 200 O", "K"),
    EMPTY_LINES("", "\r\n"),
    HEADER(OK + "X: ", "x"),
    HEADERS(OK, "X-Header: x\r\n"),
    INTERIM("", "HTTP/1.1 103 Early Hints\r\nLink: <x>\r\n\r\n"),
    CONTINUE("", "HTTP/1.1 100 Continue\r\n\r\n");

    private final String first;
    private final String again;

    Endless(String first, String again) {
      this.first = first;
      this.again = again;
    }
  }

  @ParameterizedTest
  @EnumSource
  void answerWithoutEndIsGivenUp(Endless answer) throws Exception {
    byte[] flood = bytes(answer.again.repeat(1 + (1 << 16) / answer.again.length()));
    try (RawLoginServer server =
        new RawLoginServer(
            (request, wire) -> {
              wire.send(answer.first);
              while (true) wire.send(flood);
            })) {
      assertThatThrownBy(() -> logIn(server)).isInstanceOf(IOException.class);
      assertThat(server.requests()).hasSize(1);
    }
  }

  private static RawLoginServer server(String answer, Ending ending) throws IOException {
    byte[] sent = bytes(answer); // At once: nothing of it waits for an acknowledgement.
    byte[] flood = bytes("x".repeat(1 << 16));
    return new RawLoginServer(
        (request, wire) -> {
          wire.send(sent);
          if (ending == Ending.RESET) wire.reset();
          if (ending == Ending.CLOSED) wire.close();
          while (ending == Ending.FLOODED) wire.send(flood);
        });
  }

  private boolean logIn(RawLoginServer server) throws Exception {
    Path file = Files.createTempFile(folder, "authgraft", ".yml");
    Files.writeString(
        file,
        """
        http: {timeout: 10m, connect-timeout: 10m}
        strategies: {s: {type: lazy-jwt, login: {url: '%s', json: {user: u}}}}
        rules: [{host: api.example, strategy: s}]
        """
            .formatted(server.url("/login")));
    try (LoginTransport transport = transport();
        Authgraft authgraft =
            Authgraft.builder(file).transport(transport).log(new RecordingLog()).load()) {
      Target target = Target.of("https", "api.example", -1, "/", "GET");
      Attempt attempt = Objects.requireNonNull(authgraft.attempt(target));
      return attempt.obtain(true, () -> false);
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
