package dev.authgraft.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is OkHttp 2's own, beside the contract, with its oldest and its newest served release. */
@ParameterizedClass(name = "{0}")
@ValueSource(strings = {"2.2.0", "2.7.5"})
class OkHttp2IT extends HttpURLConnectionFixture {
  private final String release;

  OkHttp2IT(String release) {
    this.release = release;
  }

  @Override
  List<String> program() throws IOException {
    String lowest = Lane.jars("com.squareup.okhttp:okhttp:2.2.0");
    Path classes = Programs.compiled("okhttp2cases", lowest, "okhttp2cases");
    String jars = Lane.jars("com.squareup.okhttp:okhttp:" + release);
    return List.of("-cp", classes + ":" + jars, "Cases");
  }

  /** In 2.2, a clone shares its lists of interceptors with the client that it was made of. */
  @ParameterizedTest
  @EnumSource(names = "JDK_8")
  void clientOfTheProgramStaysAsItIs(Jdk jdk) throws Exception {
    assertThat(answersOf(jdk, "plain /data", "cloned /data", "plain /data", "interceptors /"))
        .containsExactly("200 data", "200 data", "200 data", "0 0");
    assertThat(credentials()).containsExactly("Bearer canary1", "Bearer canary1", "Bearer canary1");
  }

  @ParameterizedTest
  @EnumSource(names = "JDK_17")
  void authenticatorOfTheProgramHasTheLastWord(Jdk jdk) throws Exception {
    api = (request, wire) -> wire.answer("401 No\r\nWWW-Authenticate: Own", "no");
    assertThat(answersOf(jdk, "answering /data")).containsExactly("401 no");
    assertThat(credentials()).containsExactly("Bearer canary1", "Own");
    assertThat(logins).hasValue(1);
  }

  @ParameterizedTest
  @EnumSource(names = "JDK_17")
  void noInterceptorSeesTheCredential(Jdk jdk) throws Exception {
    api = (request, wire) -> wire.answer(request.contains("canary2") ? OK : "401 No", "data");
    List<String> answers = answersOf(jdk, "watching /data", "seen /");
    assertThat(answers.get(0)).isEqualTo("200 data");
    assertThat(answers.get(1)).contains("/data").doesNotContain("canary");
    assertThat(credentials()).containsExactly("Bearer canary1", "Bearer canary2");
  }

  @ParameterizedTest
  @EnumSource(names = "JDK_17")
  void diskCacheHoldsNoCredential(Jdk jdk) throws Exception {
    String cacheable = OK + "\r\nCache-Control: max-age=600\r\nVary: Authorization";
    api = (request, wire) -> wire.answer(cacheable, "data");
    assertThat(answersOf(jdk, "caching /data", "caching /data"))
        .containsExactly("200 data", "200 data");
    assertThat(credentials()).containsExactly("Bearer canary1");
    StringBuilder cached = new StringBuilder();
    try (Stream<Path> files = Files.walk(directory.resolve("cache"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        cached.append(Files.readString(file, StandardCharsets.ISO_8859_1));
      }
    }
    assertThat(cached.toString()).contains("data").doesNotContain("canary");
  }

  /** Before 2.6, OkHttp does not tell the callback what an interceptor of the program throws. */
  @ParameterizedTest
  @EnumSource(names = "JDK_17")
  void failedLoginIsToldToTheCallbackAndLeavesNoConnection(Jdk jdk) throws Exception {
    write(", on-failure: fail");
    String url = "http://127.0.0.1:" + server.port();
    Files.writeString(
        directory.resolve("authgraft.yml"),
        Files.readString(directory.resolve("authgraft.yml"))
            .replace(url + "/login", url + "/refused"));
    api = (request, wire) -> wire.answer(request.contains("/refused ") ? "403 No" : OK, "data");
    assertThat(answersOf(jdk, "async /data/a", "plain /data/b", "leaked /"))
        .hasSize(3)
        .satisfies(answers -> assertThat(answers.get(0)).startsWith("failed ").contains("grafted"))
        .satisfies(answers -> assertThat(answers.get(1)).startsWith("failed ").contains("grafted"))
        .endsWith("0");
    assertThat(server.requests("/data")).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(names = "JDK_17")
  void canceledCallSendsNothing(Jdk jdk) throws Exception {
    assertThat(answersOf(jdk, "canceled /data")).containsExactly("failed Canceled");
    assertThat(server.requests("/data")).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(names = "JDK_17")
  void connectionThatEndsAtTheRequestIsReplacedWithTheCredential(Jdk jdk) throws Exception {
    api =
        (request, wire) -> {
          if (answers.incrementAndGet() == 2) wire.close();
          else wire.answer(OK, "data");
        };
    assertThat(answersOf(jdk, "plain /data", "plain /data"))
        .containsExactly("200 data", "200 data");
    assertThat(credentials()).containsExactly("Bearer canary1", "Bearer canary1", "Bearer canary1");
  }

  @ParameterizedTest
  @EnumSource(names = "JDK_17")
  void bodyIsSentAgainAfterARejection(Jdk jdk) throws Exception {
    api = (request, wire) -> wire.answer(request.contains("canary2") ? OK : "401 No", "data");
    assertThat(answersOf(jdk, "post /data", "post /data")).containsExactly("200 data", "200 data");
    assertThat(bodies()).containsExactly("a body", "a body", "a body");
  }
}
