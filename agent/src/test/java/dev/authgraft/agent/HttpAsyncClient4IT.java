package dev.authgraft.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.authgraft.testing.RawLoginServer.Wire;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** What is HttpAsyncClient 4's own, beside the contract, in each of its generations. */
@ParameterizedClass(name = "{0}")
@ValueSource(strings = {"4.0.2", "4.1.5"})
class HttpAsyncClient4IT extends HttpURLConnectionFixture {
  private final String release;
  private final Jdk jdk;

  /** What a login waits for; null for nothing. */
  private volatile @Nullable CountDownLatch gate;

  private volatile int refusedFrom = Integer.MAX_VALUE;

  HttpAsyncClient4IT(String release) {
    this.release = release;
    this.jdk = release.equals("4.0.2") ? Jdk.JDK_8 : Jdk.JDK_17;
  }

  @Override
  List<String> program() throws IOException {
    String jars = Lane.jars("org.apache.httpcomponents:httpasyncclient:" + release);
    String lowest = Lane.jars("org.apache.httpcomponents:httpasyncclient:4.0.2");
    Path classes = Programs.compiled("apache4asynccases", lowest, "apache4asynccases");
    return List.of("-cp", classes + ":" + jars, "Cases");
  }

  @Override
  void login(Wire wire) throws IOException {
    CountDownLatch opened = gate;
    if (opened != null) await(opened);
    if (logins.get() + 1 < refusedFrom) {
      super.login(wire);
    } else {
      wire.answer("403 No\r\nConnection: close", "{}");
      wire.close();
    }
  }

  private static void await(CountDownLatch opened) throws IOException {
    try {
      assertThat(opened.await(Child.SECONDS, TimeUnit.SECONDS)).as("opened").isTrue();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  /** Answers /free, which lets the login go on that may wait meanwhile. */
  private void letLoginsWaitForAnotherCall(String accepted) {
    CountDownLatch opened = new CountDownLatch(1);
    gate = opened;
    api =
        (request, wire) -> {
          if (request.contains("canary1") && !accepted.equals("canary1")) gate = opened;
          boolean isFree = request.startsWith("GET /free ");
          wire.answer(isFree || request.contains(accepted) ? OK : "401 No", "data");
          if (isFree) opened.countDown();
        };
  }

  /** With one connection and one thread, a call that held either would keep the other out. */
  @Test
  void callThatWaitsForALoginHoldsNoThreadAndNoConnection() throws Exception {
    letLoginsWaitForAnotherCall("canary1");
    assertThat(answersOf(jdk, "beside /data 1")).containsExactly("200 data 200 data");
    assertThat(logins).hasValue(1);
  }

  @Test
  void callWhoseCredentialIsRenewedHoldsNoThread() throws Exception {
    letLoginsWaitForAnotherCall("canary2");
    gate = null; // The first login does not wait.
    assertThat(answersOf(jdk, "beside /data 2")).containsExactly("200 data 200 data");
    assertThat(logins).hasValue(2);
  }

  @Test
  void callThatIsCanceledWhileItWaitsSendsNothing() throws Exception {
    letLoginsWaitForAnotherCall("canary1");
    assertThat(answersOf(jdk, "canceled /data")).containsExactly("canceled 200 data 200 data");
    assertThat(server.requests("/data")).hasSize(1);
  }

  @Test
  void failedLoginIsToldOnceAsAnIOException() throws Exception {
    refusedFrom = 1;
    assertThat(answersOf(jdk, "callback /data")).containsExactly("failed 1 true");
    assertThat(server.requests("/data")).isEmpty();
  }

  @Test
  void redirectThatKeepsTheConnectionHasItsLoginToo() throws Exception {
    api =
        (request, wire) -> {
          boolean isStart = request.startsWith("GET /start ");
          wire.answer(isStart ? "302 Found\r\nLocation: /data" : OK, isStart ? "" : "data");
        };
    assertThat(answersOf(jdk, "get /start", "get /start")).containsExactly("200 data", "200 data");
    assertThat(credentials()).containsExactly("", "Bearer canary1", "", "Bearer canary1");
  }

  @Test
  void programIsAskedOnceForACallWhereOurCredentialIsNotTaken() throws Exception {
    api = HttpURLConnectionFixture::takeBasicOnly;
    assertThat(answersOf(jdk, "credentials /", "get /data/a", "asked /", "get /data/b"))
        .containsExactly("set", "200 data", "1", "200 data");
    assertThat(credentials().subList(0, 3))
        .containsExactly("Bearer canary1", "Bearer canary2", "Basic dXNlcjpwYXNz");
    assertThat(credentials()).endsWith("Basic dXNlcjpwYXNz").hasSizeLessThanOrEqualTo(5);
  }

  @Test
  void credentialThatReplacesTheProgramsMakesNoLoop() throws Exception {
    write(", existing: replace");
    api = HttpURLConnectionFixture::takeBasicOnly;
    assertThat(answersOf(jdk, "credentials /", "get /data", "asked /"))
        .containsExactly("set", "200 data", "1");
    assertThat(credentials())
        .containsExactly("Bearer canary1", "Bearer canary2", "Basic dXNlcjpwYXNz");
  }

  @Test
  void credentialThatTheProgramSendsAheadOfAChallengeIsKept() throws Exception {
    assertThat(answersOf(jdk, "credentials /", "preemptive /data"))
        .containsExactly("set", "200 data");
    assertThat(credentials()).containsExactly("Basic dXNlcjpwYXNz");
  }

  @Test
  void noPartOfTheProgramSeesTheCredential() throws Exception {
    takeSecondTokenOnly();
    List<String> answers = answersOf(jdk, "watched /data", "watched /data", "seen /");
    assertThat(answers.subList(0, 2)).containsExactly("200 data[]", "200 data[]");
    assertThat(answers.get(2)).contains("GET /data").doesNotContain("canary");
    assertThat(credentials()).containsExactly("Bearer canary1", "Bearer canary2", "Bearer canary2");
  }

  private void takeSecondTokenOnly() {
    api = (request, wire) -> wire.answer(request.contains("canary2") ? OK : "401 No", "data");
  }

  /** HttpAsyncClient says that it can, and then finds the file closed. */
  @Test
  void fileIsNotSentAgainAfterARejection() throws Exception {
    takeSecondTokenOnly();
    assertThat(answersOf(jdk, "copied /data", "copied /data"))
        .containsExactly("401 data", "200 data");
    assertThat(bodies()).containsExactly("a body", "a body");
  }

  @Test
  void bodyIsSentAgainAfterARejection() throws Exception {
    takeSecondTokenOnly();
    assertThat(answersOf(jdk, "post /data")).containsExactly("200 data");
    assertThat(bodies()).containsExactly("a body", "a body");
  }

  /** Reading it to its end would take longer than another connection. */
  @Test
  void longRejectionIsNotReadToItsEnd() throws Exception {
    api =
        (request, wire) -> {
          if (request.contains("canary2")) wire.answer(OK, "data");
          else wire.send("HTTP/1.1 401 No\r\nContent-Length: 1000000000\r\n\r\nthe beginning");
        };
    assertThat(answersOf(jdk, "post /data", "get /data")).containsExactly("200 data", "200 data");
    assertThat(credentials()).containsExactly("Bearer canary1", "Bearer canary2", "Bearer canary2");
  }

  @Test
  void rejectionThatStallsIsDiscardedAll() throws Exception {
    api =
        (request, wire) -> {
          if (request.contains("canary2")) wire.answer(OK, "data");
          else wire.send("HTTP/1.1 401 No\r\nContent-Length: 100\r\n\r\nthe beginning");
        };
    assertThat(answersOf(jdk, "get /data")).containsExactly("200 data");
  }

  @Test
  void rejectionThatStandsIsReadByAProgramThatPauses() throws Exception {
    refusedFrom = 2;
    api = (request, wire) -> wire.answer("401 No", "not you");
    assertThat(answersOf(jdk, "paused /data")).containsExactly("401 not you");
    assertThat(server.requests("/data")).hasSize(1);
  }

  @Test
  void beginningOfABodyThatStallsReachesTheProgram() throws Exception {
    rejectBy("{status: [403], body: expired}");
    api =
        (request, wire) ->
            wire.send(
                "HTTP/1.1 403 No\r\nContent-Type: text/plain\r\nContent-Length: 100\r\n\r\nbegun");
    assertThat(answersOf(jdk, "begun /data")).containsExactly("403 begun");
  }

  private void rejectBy(String condition) throws IOException {
    Path config = directory.resolve("authgraft.yml");
    String text = Files.readString(config);
    Files.writeString(
        config, text.replace("json: {}}}", "json: {}}, rejected-when: " + condition + "}"));
  }

  @Test
  void proxyOfATunnelSeesNoCredential() throws Exception {
    List<String> trust =
        List.of(
            "-Djavax.net.ssl.trustStore=" + store(), "-Djavax.net.ssl.trustStorePassword=secret");
    try (HttpURLConnectionTransportIT.Tunnel proxy =
        new HttpURLConnectionTransportIT.Tunnel(secured.port())) {
      String url = "https://127.0.0.1:" + secured.port() + "/data " + proxy.port();
      assertThat(answersOf(jdk, trust, "proxied " + url)).containsExactly("200 data");
      assertThat(proxy.requests).singleElement().asString().startsWith("CONNECT 127.0.0.1:");
      assertThat(proxy.requests.toString()).doesNotContain("canary");
      assertThat(credentials(secured)).containsExactly("Bearer canary1");
    }
  }
}
