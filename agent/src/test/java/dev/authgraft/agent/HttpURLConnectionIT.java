package dev.authgraft.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is the JDK's own, beside the contract. The JVM verifies the hooked classes here. */
class HttpURLConnectionIT extends HttpURLConnectionFixture {
  // Requests

  @ParameterizedTest
  @EnumSource
  void getThatBecomesAPostAfterItConnectedIsServed(Jdk jdk) throws Exception {
    write(", method: POST");
    assertThat(answersOf(jdk, "late-post /data", "get /data"))
        .containsExactly("200 data", "200 data");
    assertThat(credentials()).containsExactly("Bearer canary1", "");
  }

  @ParameterizedTest
  @EnumSource
  void headerThatTheProgramCannotReadBackIsItsOwnAllTheSame(Jdk jdk) throws Exception {
    assertThat(answersOf(jdk, "own /data")).containsExactly("200 data");
    assertThat(credentials()).containsExactly("Own");
    assertThat(logins).hasValue(0);
  }

  @ParameterizedTest
  @EnumSource
  void streamedBodyIsNotSentAgainAndTheNextCallHasANewCredential(Jdk jdk) throws Exception {
    api =
        (request, wire) -> {
          if (request.contains("chunked"))
            wire.send("HTTP/1.1 401 No\r\nContent-Length: 0\r\n\r\n");
          else wire.answer(request.contains("canary2") ? OK : "401 No", "data");
          if (request.contains("chunked")) wire.close();
        };
    assertThat(answersOf(jdk, "fixed /data", "get /data")).containsExactly("401 ", "200 data");
    assertThat(credentials()).containsExactly("Bearer canary1", "Bearer canary2");
  }

  @ParameterizedTest
  @EnumSource
  void responseOfTheProgramsCacheNeedsNoLogin(Jdk jdk) throws Exception {
    assertThat(answersOf(jdk, "caching /data")).containsExactly("200 cached");
    assertThat(server.requests()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void classesThatAreLoadedOverHttpGetTheCredential(Jdk jdk) throws Exception {
    byte[] remote = Files.readAllBytes(Programs.compiled("remote").resolve("Remote.class"));
    api =
        (request, wire) -> {
          if (!request.contains("canary1")) {
            wire.answer("404 No", "");
            return;
          }
          wire.send("HTTP/1.1 200 OK\r\nContent-Length: " + remote.length + "\r\n\r\n");
          wire.send(remote);
        };
    assertThat(answersOf(jdk, "class /data/")).containsExactly("class Remote");
    assertThat(logins).hasValue(1);
  }

  @ParameterizedTest
  @EnumSource(names = "JDK_8", mode = EnumSource.Mode.EXCLUDE)
  void internalsOfTheJdkStayClosedToTheProgram(Jdk jdk) throws Exception {
    boolean isStrict = jdk.release() > 11; // earlier ones have to be told
    List<String> flags = isStrict ? List.of() : List.of("--illegal-access=deny");
    List<String> answers = answersOf(jdk, flags, "get /data", "internals /");
    assertThat(answers.get(0)).isEqualTo("200 data");
    assertThat(answers.get(1)).startsWith("failed InaccessibleObjectException");
  }

  /** The rule matches the source's call as well, which would wait for its own login. */
  @ParameterizedTest
  @EnumSource
  void sourceOfSecretsIsNotServedItself(Jdk jdk) throws Exception {
    ExtensionJar.write(directory.resolve("lib/vault.jar"), "vaultsource", "Vault", "example.Vault");
    Files.writeString(
        directory.resolve("authgraft.yml"),
        """
        strategies:
          grafted:
            type: lazy-jwt
            login:
              url: "http://127.0.0.1:%1$d/login"
              json: {password: "${vault:127.0.0.1:%1$d}"}
        rules:
          - {host: "127.0.0.1:*", strategy: grafted}
        """
            .formatted(server.port()));
    List<String> flags = List.of("-Dauthgraft.extensions=lib");
    assertThat(answersOf(jdk, flags, "get /data")).containsExactly("200 data");
    assertThat(logins).hasValue(1);
    assertThat(server.requests("/vault")).singleElement().asString().doesNotContain("canary");
    assertThat(server.requests("/login")).singleElement().asString().contains("\"data\"");
  }

  @ParameterizedTest
  @EnumSource(names = {"JDK_8", "JDK_17"})
  void requestsAreCountedOnceWhereNothingIsApplied(Jdk jdk) throws Exception {
    Files.writeString(
        directory.resolve("authgraft.yml"), "mode: observe\n", StandardOpenOption.APPEND);
    assertThat(answersOf(jdk, "get /data", "post /data", "get /other"))
        .containsExactly("200 data", "200 data", "200 data");
    assertThat(logged)
        .anyMatch(line -> line.endsWith("observed: 2 requests that a rule matches, 1 others"));
  }

  // Answers

  @ParameterizedTest
  @EnumSource
  void rejectionIsRenewedWhereTheProgramFollowsNoRedirects(Jdk jdk) throws Exception {
    api = (request, wire) -> wire.answer(request.contains("canary2") ? OK : "401 No", "data");
    assertThat(answersOf(jdk, "no-redirects /data", "stream /data"))
        .containsExactly("200 data", "stream data");
    assertThat(credentials()).containsExactly("Bearer canary1", "Bearer canary2", "Bearer canary2");
  }

  @ParameterizedTest
  @EnumSource
  void failureOfTheServerArrivesAsItIs(Jdk jdk) throws Exception {
    api = (request, wire) -> wire.answer("404 None", "nothing here");
    String url = "http://127.0.0.1:" + server.port() + "/data";
    assertThat(answersOf(jdk, "get /data", "stream /data"))
        .containsExactly("404 nothing here", "failed FileNotFoundException " + url);
    assertThat(logins).hasValue(1);
  }

  /** With its own credential the program worked before, and so it does now, asked once. */
  @ParameterizedTest
  @EnumSource
  void authenticatorOfTheProgramIsAskedOnceWhereOursIsNotTaken(Jdk jdk) throws Exception {
    api = HttpURLConnectionFixture::takeBasicOnly;
    assertThat(answersOf(jdk, "authenticator /", "get /data/a", "get /data/b", "asked /"))
        .containsExactly("set", "200 data", "200 data", "1");
    assertThat(credentials().subList(0, 3))
        .containsExactly("Bearer canary1", "Bearer canary2", "Basic dXNlcjpwYXNz");
    assertThat(credentials().subList(3, credentials().size()))
        .containsExactly("Basic dXNlcjpwYXNz");
  }

  @ParameterizedTest
  @EnumSource
  void credentialThatReplacesTheProgramsMakesNoLoop(Jdk jdk) throws Exception {
    write(", existing: replace");
    api = HttpURLConnectionFixture::takeBasicOnly;
    assertThat(answersOf(jdk, "authenticator /", "get /data", "asked /"))
        .containsExactly("set", "200 data", "1");
    assertThat(credentials())
        .containsExactly("Bearer canary1", "Bearer canary2", "Basic dXNlcjpwYXNz");
  }

  /** The JDK keeps what its own Authenticator gave it for the whole JVM. */
  @ParameterizedTest
  @EnumSource
  void nothingOfOursIsInTheCacheOfTheJdk(Jdk jdk) throws Exception {
    api =
        (request, wire) -> {
          boolean isGood = request.contains("canary2") || request.startsWith("GET /free ");
          wire.answer(isGood ? OK : "401 No\r\nWWW-Authenticate: Bearer realm=\"r\"", "data");
        };
    assertThat(answersOf(jdk, "get /data", "get /free")).containsExactly("200 data", "200 data");
    assertThat(credentials()).containsExactly("Bearer canary1", "Bearer canary2", "");
  }
}
