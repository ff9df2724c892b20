package dev.authgraft.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ApiServerTest {
  private static final String[] KEY = {"x-api-key", AssuredApi.API_KEY};

  private final AssuredApi api = new AssuredApi();
  private final Caller caller = new Caller(api);

  @AfterEach
  void close() {
    api.close();
  }

  @Test
  void requestIsRecordedAsItCame() throws Exception {
    caller.post("/api/v1/licences/a%20b?x=%2F&y", "é", KEY);
    ReceivedRequest request = api.requests("/api/v1/licences/a%20b").get(0);
    assertThat(request.method()).isEqualTo("POST");
    assertThat(request.query()).isEqualTo("x=%2F&y");
    assertThat(request.header("X-API-KEY")).isEqualTo(AssuredApi.API_KEY);
    assertThat(request.text()).isEqualTo("é");
  }

  @Test
  void faultsAreCountedAndServedInOrder() throws Exception {
    api.answerNext("/api/v1/providers/", Reply.empty(503), Reply.of(200, "text/html", "<p>"));
    assertThat(caller.get("/api/v1/providers/").statusCode()).isEqualTo(503);
    assertThat(caller.get("/api/v1/providers/").body()).isEqualTo("<p>");
    assertThat(caller.get("/api/v1/providers/", KEY).body()).contains("/api/v1/providers/");
    assertThat(api.count("key")).isEqualTo(3);
    assertThat(api.count("refused")).isZero();
  }

  @Test
  void lostAnswerWasHandled() {
    api.answerNextAndLoseIt("/api/v1/files/");
    assertThatThrownBy(() -> caller.post("/api/v1/files/", "x")).isInstanceOf(IOException.class);
    assertThat(api.count("refused")).isEqualTo(1);
  }

  @Test
  void endlessAnswerEndsWithTheServer() throws Exception {
    api.answerNext("/api/v1/providers/", Reply.endless());
    try (InputStream body = api.url("/api/v1/providers/").toURL().openStream()) {
      assertThat(body.readNBytes(3)).isEqualTo(new byte[] {' ', ' ', ' '});
      api.close();
      while (body.read() >= 0) {
        // what was under way
      }
    } catch (IOException e) {
      assertThat(e).isNotInstanceOf(SocketTimeoutException.class);
    }
  }

  @Test
  void gateHoldsOneRequest() throws Exception {
    Gate gate = api.answerNextThroughGate("/api/v1/providers/");
    CompletableFuture<Integer> held =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return caller.get("/api/v1/providers/", KEY).statusCode();
              } catch (IOException | InterruptedException e) {
                throw new AssertionError(e);
              }
            });
    gate.awaitArrival();
    assertThat(caller.get("/api/v1/providers/", KEY).statusCode()).isEqualTo(200);
    assertThat(held).isNotDone();
    gate.open();
    assertThat(held.get(Await.SECONDS, TimeUnit.SECONDS)).isEqualTo(200);
  }

  @Test
  void unknownCounterIsAMistake() {
    assertThatThrownBy(() -> api.count("logins")).hasMessageContaining("login-refused");
  }
}
