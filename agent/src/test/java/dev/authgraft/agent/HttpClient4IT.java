package dev.authgraft.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.authgraft.testing.RawLoginServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is HttpClient 4's own, beside the contract, in each of its chains. */
@ParameterizedClass(name = "{0}")
@ValueSource(strings = {"builder", "director"})
class HttpClient4IT extends HttpURLConnectionFixture {
  private final String chain;
  private final CountDownLatch begun = new CountDownLatch(1);
  private final CountDownLatch opened = new CountDownLatch(1);
  private volatile boolean isGated;

  HttpClient4IT(String chain) {
    this.chain = chain;
  }

  @Override
  List<String> program() throws IOException {
    String jars = Lane.jars("org.apache.httpcomponents:httpclient:4.5.14");
    Path classes = Programs.compiled("apache4cases", jars, "apache4cases");
    return List.of("-cp", classes + ":" + jars, "Cases", chain);
  }

  /** With its own credential the program worked before, and so it does now. */
  @ParameterizedTest
  @EnumSource(names = {"JDK_8", "JDK_25"})
  void programIsAskedOnceForACallWhereOurCredentialIsNotTaken(Jdk jdk) throws Exception {
    api = HttpURLConnectionFixture::takeBasicOnly;
    assertThat(answersOf(jdk, "credentials /", "get /data/a", "asked /", "get /data/b"))
        .containsExactly("set", "200 data", "1", "200 data");
    assertThat(credentials().subList(0, 3))
        .containsExactly("Bearer canary1", "Bearer canary2", "Basic dXNlcjpwYXNz");
    assertThat(credentials()).endsWith("Basic dXNlcjpwYXNz").hasSizeLessThanOrEqualTo(5);
  }

  @ParameterizedTest
  @EnumSource(names = "JDK_17")
  void credentialThatReplacesTheProgramsMakesNoLoop(Jdk jdk) throws Exception {
    write(", existing: replace");
    api = HttpURLConnectionFixture::takeBasicOnly;
    assertThat(answersOf(jdk, "credentials /", "get /data", "asked /"))
        .containsExactly("set", "200 data", "1");
    assertThat(credentials())
        .containsExactly("Bearer canary1", "Bearer canary2", "Basic dXNlcjpwYXNz");
  }

  @ParameterizedTest
  @EnumSource(names = "JDK_17")
  void credentialThatTheProgramSendsAheadOfAChallengeIsKept(Jdk jdk) throws Exception {
    assertThat(answersOf(jdk, "credentials /", "preemptive /data"))
        .containsExactly("set", "200 data");
    assertThat(credentials()).containsExactly("Basic dXNlcjpwYXNz");
  }

  @ParameterizedTest
  @EnumSource(names = "JDK_17")
  void noPartOfTheProgramSeesTheCredential(Jdk jdk) throws Exception {
    api = (request, wire) -> wire.answer(request.contains("canary2") ? OK : "401 No", "data");
    List<String> answers = answersOf(jdk, "reused /data", "reused /data", "seen /");
    assertThat(answers.subList(0, 2)).containsExactly("200 data[]", "200 data[]");
    assertThat(answers.get(2)).contains("GET /data").doesNotContain("canary");
    assertThat(credentials()).containsExactly("Bearer canary1", "Bearer canary2", "Bearer canary2");
  }

  @ParameterizedTest
  @EnumSource(names = "JDK_17")
  void bodyIsSentAgainAfterARejection(Jdk jdk) throws Exception {
    api = (request, wire) -> wire.answer(request.contains("canary2") ? OK : "401 No", "data");
    assertThat(answersOf(jdk, "post /data", "post /data")).containsExactly("200 data", "200 data");
    assertThat(bodies()).containsExactly("a body", "a body", "a body");
  }

  /** Reading it to its end would take longer than another connection. */
  @ParameterizedTest
  @EnumSource(names = "JDK_17")
  void longRejectionIsNotReadToItsEnd(Jdk jdk) throws Exception {
    api =
        (request, wire) -> {
          if (request.contains("canary2")) wire.answer(OK, "data");
          else wire.send("HTTP/1.1 401 No\r\nContent-Length: 1000000000\r\n\r\nthe beginning");
        };
    assertThat(answersOf(jdk, "post /data", "get /data")).containsExactly("200 data", "200 data");
    assertThat(credentials()).containsExactly("Bearer canary1", "Bearer canary2", "Bearer canary2");
  }

  /** HttpClient repeats a GET that a kept connection did not deliver. */
  @ParameterizedTest
  @EnumSource(names = "JDK_17")
  void requestThatHttpClientRepeatsCarriesTheCredential(Jdk jdk) throws Exception {
    api =
        (request, wire) -> {
          if (answers.incrementAndGet() == 2) wire.close();
          else wire.answer(OK, "data");
        };
    assertThat(answersOf(jdk, "get /data", "get /data")).containsExactly("200 data", "200 data");
    assertThat(credentials()).containsExactly("Bearer canary1", "Bearer canary1", "Bearer canary1");
  }

  @ParameterizedTest
  @EnumSource(names = "JDK_17")
  void callThatAnInterceptorMakesMeanwhileHasItsOwnCredential(Jdk jdk) throws Exception {
    assertThat(answersOf(jdk, "nested /data", "nested /free"))
        .containsExactly("200 data", "200 data");
    assertThat(server.requests("/data/inner").get(0)).contains("Bearer canary1");
    assertThat(server.requests("/data").get(0)).contains("Bearer canary1");
    assertThat(server.requests("/free").toString()).doesNotContain("canary");
  }

  /** The login that it waited for serves the next call. */
  @ParameterizedTest
  @EnumSource(names = "JDK_17")
  void callThatIsAbortedWhileItWaitsForALoginSendsNothing(Jdk jdk) throws Exception {
    api =
        (request, wire) -> {
          if (request.startsWith("GET /begun ")) await(begun);
          if (request.startsWith("GET /free ")) opened.countDown();
          wire.answer(OK, "data");
        };
    isGated = true;
    assertThat(answersOf(jdk, "aborted /data")).containsExactly("aborted 200 data");
    assertThat(credentials()).containsExactly("", "", "Bearer canary1");
  }

  @Override
  void login(RawLoginServer.Wire wire) throws IOException {
    begun.countDown();
    if (isGated) await(opened);
    super.login(wire);
  }

  private static void await(CountDownLatch gate) throws IOException {
    try {
      assertThat(gate.await(Child.SECONDS, TimeUnit.SECONDS)).as("opened").isTrue();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  @ParameterizedTest
  @EnumSource(names = "JDK_17")
  void proxyOfATunnelSeesNoCredential(Jdk jdk) throws Exception {
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
