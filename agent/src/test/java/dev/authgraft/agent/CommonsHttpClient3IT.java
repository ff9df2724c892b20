package dev.authgraft.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.authgraft.testing.RawLoginServer.Wire;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is Commons HttpClient 3's own, beside the contract. */
class CommonsHttpClient3IT extends HttpURLConnectionFixture {
  private volatile boolean acceptsLogins = true;

  @Override
  void login(Wire wire) throws IOException {
    if (acceptsLogins) super.login(wire);
    else wire.answer("403 No", "no");
  }

  @Override
  List<String> program() throws IOException {
    String jars = Lane.jars("commons-httpclient:commons-httpclient:3.1");
    Path classes = Programs.compiled("commons3cases", jars, "commons3cases");
    return List.of("-cp", classes + ":" + jars, "Cases");
  }

  /**
   * With its own credential the program worked before, and so it does now. HttpClient asks for it
   * twice.
   */
  @ParameterizedTest
  @EnumSource(names = {"JDK_8", "JDK_25"})
  void programsCredentialIsUsedWhereOursIsNotTaken(Jdk jdk) throws Exception {
    api = HttpURLConnectionFixture::takeBasicOnly;
    assertThat(answersOf(jdk, "credentials /", "plain /data", "asked /", "leased /"))
        .containsExactly("set", "200 data", "2", "0");
    assertThat(credentials())
        .containsExactly("Bearer canary1", "Bearer canary2", "Basic dXNlcjpwYXNz");
  }

  @ParameterizedTest
  @EnumSource(names = "JDK_17")
  void credentialThatReplacesTheProgramsMakesNoLoop(Jdk jdk) throws Exception {
    write(", existing: replace");
    api = HttpURLConnectionFixture::takeBasicOnly;
    assertThat(answersOf(jdk, "credentials /", "plain /data", "asked /"))
        .containsExactly("set", "200 data", "2");
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
    assertThat(answers.subList(0, 2)).containsExactly("200 data", "200 data");
    assertThat(answers.get(2)).contains("GET /data", "Host", "/data").doesNotContain("canary");
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
    assertThat(answersOf(jdk, "post /data", "plain /data", "leased /"))
        .containsExactly("200 data", "200 data", "0");
    assertThat(credentials()).containsExactly("Bearer canary1", "Bearer canary2", "Bearer canary2");
  }

  /** The handler that the program is asked by sees no credential, and what is repeated has it. */
  @ParameterizedTest
  @EnumSource(names = "JDK_17")
  void requestThatHttpClientRepeatsCarriesTheCredential(Jdk jdk) throws Exception {
    api =
        (request, wire) -> {
          if (answers.incrementAndGet() == 1) wire.close();
          else wire.answer(OK, "data");
        };
    List<String> answers = answersOf(jdk, "retried /data", "seen /");
    assertThat(answers.get(0)).isEqualTo("200 data");
    assertThat(answers.get(1)).contains("Host: 127.0.0.1").doesNotContain("canary");
    assertThat(credentials()).containsExactly("Bearer canary1", "Bearer canary1");
  }

  /** Its beginning, which is the whole of it, is read before HttpClient would release it. */
  @ParameterizedTest
  @EnumSource(names = "JDK_17")
  void connectionOfABodyThatWasReadAheadIsReleasedAtItsEnd(Jdk jdk) throws Exception {
    Path config = directory.resolve("authgraft.yml");
    String rejected = "json: {}}, rejected-when: {status: [401], body: expired}}";
    Files.writeString(config, Files.readString(config).replace("json: {}}}", rejected));
    api = (request, wire) -> wire.answer("401 No\r\nContent-Type: text/plain", "data");
    assertThat(answersOf(jdk, "read /data", "leased /", "plain /data", "leased /"))
        .containsExactly("401 data", "0", "401 data", "0");
    assertThat(credentials()).containsExactly("Bearer canary1", "Bearer canary1");
  }

  @ParameterizedTest
  @EnumSource(names = "JDK_17")
  void failedLoginReleasesTheConnectionAndIsNotRepeated(Jdk jdk) throws Exception {
    acceptsLogins = false;
    assertThat(answersOf(jdk, "plain /data", "leased /"))
        .satisfies(answers -> assertThat(answers.get(0)).startsWith("failed ").contains("grafted"))
        .endsWith("0");
    assertThat(server.requests("/login")).hasSize(1);
    assertThat(server.requests("/data")).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(names = "JDK_17")
  void abortedMethodSendsNothing(Jdk jdk) throws Exception {
    assertThat(answersOf(jdk, "aborted /data", "leased /"))
        .satisfies(answers -> assertThat(answers.get(0)).startsWith("failed "))
        .endsWith("0");
    assertThat(server.requests("/data")).isEmpty();
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

  @ParameterizedTest
  @EnumSource(names = "JDK_8")
  void programUnderASecurityManagerIsServed(Jdk jdk) throws Exception {
    api = (request, wire) -> wire.answer(request.contains("canary2") ? OK : "401 No", "data");
    assertThat(answersOf(jdk, securityManager(), "plain /data")).containsExactly("200 data");
    assertThat(credentials()).containsExactly("Bearer canary1", "Bearer canary2");
  }
}
