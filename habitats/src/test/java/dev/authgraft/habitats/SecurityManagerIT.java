package dev.authgraft.habitats;

import static org.assertj.core.api.Assertions.assertThat;

import dev.authgraft.agent.Child;
import dev.authgraft.agent.Jdk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A program that may call the API, and do nothing of what the agent has to do for that. */
class SecurityManagerIT extends Habitat {
  /** What the program needs without the agent; its libraries have what it has at most. */
  private static final String POLICY =
      """
      grant codeBase "file:%s/-" {
        permission java.net.SocketPermission "127.0.0.1:%d", "connect,resolve";
        permission java.net.NetPermission "getProxySelector";
        permission java.util.PropertyPermission "*", "read";
        permission java.lang.RuntimePermission "accessDeclaredMembers";
        permission java.lang.RuntimePermission "setSecurityManager";
      };
      grant codeBase "file:%s/-" {
        permission java.security.AllPermission;
      };
      """;

  private static final String MANAGER = "-Djava.security.manager";
  private static final String[] NONE = {};

  private static final String GRANT =
      "grant codeBase \"file:%s\" { permission java.security.AllPermission; };\n";

  private static final String CONFIG =
      """
      strategies:
        token:
          type: lazy-jwt
          login: {url: "http://127.0.0.1:%d/token", json: {user: "${file:user}", path: "${env:PATH}"}}
        key: {type: api-key, header: x-api-key, value: "%s${file:user}"}
      rules:
        - {host: "%s", path: /api/**, strategy: token}
        - {host: "%3$s", strategy: key}
      """;

  private final Relay relay = new Relay(api.port());

  static List<Jdk> jdks() {
    return lanes(Jdk.JDK_8, Jdk.JDK_11, Jdk.JDK_17);
  }

  @BeforeEach
  void logInElsewhere() throws IOException {
    Files.writeString(directory.resolve("user"), "a");
    writeConfigWithKey("first-");
  }

  @AfterEach
  void closeRelay() throws IOException {
    relay.close();
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void agentDoesWhatTheProgramMayNot(Jdk jdk) throws Exception {
    writePolicy(GRANT.formatted(Workshop.agent()));
    try (Child guest = start(jdk, MANAGER)) {
      assertThat(guest.answer()).isEqualTo("ready");
      assertServesGuest(guest);
      assertThat(guest.exit()).isZero();
      assertThat(guest.err())
          .filteredOn(line -> !line.startsWith("WARNING: ")) // the JVM's, of its manager
          .singleElement()
          .asString()
          .startsWith("authgraft INFO ");
    }
  }

  /** Then it starts when there is none yet. */
  @ParameterizedTest
  @MethodSource("jdks")
  void managerThatTheProgramSetsItselfNeedsNoGrant(Jdk jdk) throws Exception {
    writePolicy("");
    String allow = jdk.release() < 17 ? "-Da=b" : "-Djava.security.manager=allow";
    try (Child guest = start(jdk, allow, "set")) {
      assertThat(guest.answer()).isEqualTo("ready");
      assertServesGuest(guest);
    }
  }

  /** The first call waits for the login, the third for another one; the second finds it done. */
  @ParameterizedTest
  @MethodSource("jdks")
  void asynchronousCallsGoOnWithWhatTheProgramMayDo(Jdk jdk) throws Exception {
    writePolicy(GRANT.formatted(Workshop.agent()));
    try (Child guest = start(jdk, MANAGER)) {
      assertThat(guest.answer()).isEqualTo("ready");
      assertThat(guest.ask("async " + url("1"))).isEqualTo("200");
      assertThat(guest.ask("async " + url("2"))).isEqualTo("200");
      assertServed(2);
      api.expireTokens();
      assertThat(guest.ask("async " + url("3"))).isEqualTo("200");
      assertThat(api.requests("/api/3")).hasSize(2).allMatch(request -> request.bearer() != null);
    }
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void changedConfigIsFollowed(Jdk jdk) throws Exception {
    writePolicy(GRANT.formatted(Workshop.agent()));
    try (Child guest = start(jdk, MANAGER)) {
      assertThat(guest.answer()).isEqualTo("ready");
      assertThat(guest.ask("okhttp " + api.url("/key"))).isEqualTo("404");
      writeConfigWithKey("second-");
      do assertThat(guest.ask("okhttp " + api.url("/key"))).isEqualTo("404");
      while (!"second-a".equals(lastKey())); // bound by the test's timeout
    }
  }

  @ParameterizedTest
  @MethodSource("jdks")
  void agentThatIsGrantedNothingSaysWhatItNeeds(Jdk jdk) throws Exception {
    writePolicy("");
    String agent = agent() + ",on-bad-config=run";
    try (Child guest = start(jdk, agent, MANAGER, NONE)) {
      assertThat(guest.answer()).isEqualTo("ready");
      assertThat(guest.ask("okhttp " + url("1"))).isEqualTo("401");
      assertThat(guest.exit()).isZero();
      assertThat(guest.err())
          .filteredOn(line -> !line.startsWith("WARNING: ")) // the JVM's, of its manager
          .singleElement()
          .asString()
          .startsWith("authgraft ERROR cannot start, the program runs without authentication: ")
          .endsWith("must grant java.security.AllPermission to authgraft-agent.jar)");
    }
  }

  /** It may not even end the JVM, which does that itself for an agent that fails. */
  @ParameterizedTest
  @MethodSource("jdks")
  void agentThatIsGrantedNothingStopsTheProgram(Jdk jdk) throws Exception {
    writePolicy("");
    try (Child guest = start(jdk, agent(), MANAGER, NONE)) {
      assertThat(guest.exit()).isNotZero();
      assertThat(guest.out()).isEmpty();
      assertThat(guest.err())
          .filteredOn(line -> line.startsWith("authgraft "))
          .singleElement()
          .asString()
          .startsWith("authgraft ERROR cannot start, the program is stopped; ")
          .endsWith("must grant java.security.AllPermission to authgraft-agent.jar)");
    }
    assertThat(api.requests()).isEmpty();
  }

  private void assertServesGuest(Child guest) throws InterruptedException {
    assertThat(guest.ask("okhttp " + url("1"))).isEqualTo("200");
    assertThat(guest.ask("apache " + url("2"))).isEqualTo("200");
    assertThat(guest.ask("okhttp " + api.url("/key"))).isEqualTo("404");
    assertThat(lastKey()).isEqualTo("first-a");
    for (String attempt :
        List.of(
            "read " + directory.resolve("authgraft.yml"),
            "read " + directory.resolve("user"),
            "variable PATH",
            "connect " + relay.port(),
            "bridge " + directory.resolve("authgraft.yml"))) {
      assertThat(guest.ask(attempt)).as(attempt).startsWith("access denied");
    }
    assertThat(guest.ask("jdk " + url("3"))).isEqualTo("200");
    assertThat(guest.ask("apache " + url("4"))).isEqualTo("200");
    assertServed(4);
  }

  private String lastKey() {
    return String.valueOf(
        api.requests("/key").get(api.requests("/key").size() - 1).header("x-api-key"));
  }

  private Child start(Jdk jdk, String option, String... arguments) throws IOException {
    return start(jdk, agent(), option, arguments);
  }

  private Child start(Jdk jdk, String agent, String option, String[] arguments) throws IOException {
    List<Path> jars = Workshop.libraries("old-clients");
    List<Path> path = new ArrayList<>(jars);
    path.add(Workshop.compiled(directory.resolve("classes"), jars, "clients", "guest"));
    String policy = "-Djava.security.policy==" + directory.resolve("guest.policy");
    List<String> words = new ArrayList<>(List.of(agent, option, policy));
    words.addAll(List.of("-cp", Workshop.path(path), "legacy.Guest"));
    words.addAll(List.of(arguments));
    return start(jdk, words);
  }

  private void writeConfigWithKey(String key) throws IOException {
    Files.writeString(
        directory.resolve("authgraft.yml"), CONFIG.formatted(relay.port(), key, api.authority()));
  }

  private void writePolicy(String more) throws IOException {
    Path libraries = Workshop.libraries("old-clients").get(0).getParent();
    Files.writeString(
        directory.resolve("guest.policy"),
        POLICY.formatted(directory.resolve("classes"), api.port(), libraries) + more);
  }
}
