package dev.authgraft.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.authgraft.testing.RawLoginServer;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Attaching to a program in which the agent is on: its client lives on, the config changes. */
class AttachAgainIT {
  private final AtomicInteger logins = new AtomicInteger();
  private final CountDownLatch held = new CountDownLatch(1);
  private final CountDownLatch letGo = new CountDownLatch(1);
  private RawLoginServer server;

  @SuppressWarnings("NullAway.Init")
  @TempDir
  Path directory;

  static Stream<Lane> lanes() {
    return Stream.of(
        lane(Jdk.JDK_8, "okhttp:3.14.9"),
        lane(Jdk.JDK_17, "okhttp:4.12.0"),
        lane(Jdk.JDK_25, "okhttp-jvm:5.5.1"));
  }

  private static Lane lane(Jdk jdk, String client) {
    Lane lane = Lane.of(client);
    return new Lane("always", "okhttp", "sync", "attach", jdk, lane.client(), null);
  }

  @BeforeEach
  void start() throws IOException {
    server =
        new RawLoginServer(
            (request, wire) -> {
              if (request.startsWith("POST /login ")) {
                String token = "canary" + logins.incrementAndGet();
                wire.answer("200 OK", "{\"access_token\": \"" + token + "\"}");
                return;
              }
              if (request.startsWith("GET /held ")) hold();
              wire.answer("200 OK", "data");
            });
    write("a.yml", "/a");
    write("b.yml", "/b");
  }

  @AfterEach
  void stop() throws IOException {
    letGo.countDown();
    server.close();
  }

  /** Started with the program or attached before: the second attach finds the same. */
  @ParameterizedTest
  @MethodSource("lanes")
  void sameConfigChangesNothing(Lane lane) throws Exception {
    try (Child program = program(lane, "-javaagent:" + Programs.agent() + "=config=a.yml")) {
      call(program, "/a");
      for (int i = 0; i < 2; i++) {
        try (Child attaching = attach(lane, program, Programs.agent(), "a.yml")) {
          assertThat(attaching.exit()).isZero();
          assertThat(attaching.out()).singleElement().asString().contains("nothing changes");
        }
      }
      call(program, "/a");
      assertThat(program.exit()).isZero();
      assertThat(said(program, "INFO is on already: this attach changes nothing")).isEqualTo(2);
    }
    assertThat(credentials("/a")).containsExactly("Bearer canary1", "Bearer canary1");
  }

  @ParameterizedTest
  @MethodSource("lanes")
  void anotherConfigIsTakenAndAnUnchangedStrategyKeepsItsToken(Lane lane) throws Exception {
    try (Child program = program(lane)) {
      attachWell(lane, program, "a.yml");
      call(program, "/a");
      call(program, "/b");
      attachWell(lane, program, "b.yml");
      call(program, "/a");
      call(program, "/b");

      write("b.yml", "/a");
      attachWell(lane, program, "b.yml"); // at once, not when the change is noticed
      call(program, "/a");
      assertThat(program.exit()).isZero();
    }
    assertThat(credentials("/a")).containsExactly("Bearer canary1", "none", "Bearer canary1");
    assertThat(credentials("/b")).containsExactly("none", "Bearer canary1");
    assertThat(logins).hasValue(1);
  }

  @ParameterizedTest
  @MethodSource("lanes")
  void environmentMayChange(Lane lane) throws Exception {
    Files.writeString(directory.resolve("a-prod.yml"), "vars: {path: /b}\n");
    try (Child program = program(lane)) {
      attachWell(lane, program, "a.yml");
      attachWell(lane, program, "a.yml", "--env", "prod");
      call(program, "/a");
      call(program, "/b");
      assertThat(program.exit()).isZero();
    }
    assertThat(credentials("/a")).containsExactly("none");
    assertThat(credentials("/b")).containsExactly("Bearer canary1");
  }

  @ParameterizedTest
  @MethodSource("lanes")
  void badConfigIsRefusedWholeWithEveryProblem(Lane lane) throws Exception {
    try (Child program = program(lane)) {
      attachWell(lane, program, "a.yml");
      call(program, "/a");
      Files.writeString(directory.resolve("bad.yml"), "rules: 7\nstrategy: 8\n");
      try (Child attaching = attach(lane, program, Programs.agent(), "bad.yml")) {
        assertThat(attaching.exit()).isEqualTo(78);
        assertThat(String.join("\n", attaching.err()))
            .contains("bad.yml:1:8: ")
            .contains("bad.yml:2:1: ");
      }
      call(program, "/a");
      attachWell(lane, program, "b.yml");
      call(program, "/a");
      assertThat(program.exit()).isZero();
    }
    assertThat(credentials("/a")).containsExactly("Bearer canary1", "Bearer canary1", "none");
    assertThat(logins).hasValue(1);
  }

  /** With on-bad-config=run a program runs without, until somebody attaches with a good one. */
  @ParameterizedTest
  @MethodSource("lanes")
  void programWithABadConfigIsServedAfterAnAttach(Lane lane) throws Exception {
    Files.writeString(directory.resolve("bad.yml"), "rules: 7\n");
    String agent = "-javaagent:" + Programs.agent() + "=config=bad.yml,on-bad-config=run";
    try (Child program = program(lane, agent)) {
      call(program, "/a");
      attachWell(lane, program, "a.yml");
      call(program, "/a");
      assertThat(program.exit()).isZero();
    }
    assertThat(credentials("/a")).containsExactly("none", "Bearer canary1");
  }

  @ParameterizedTest
  @MethodSource("lanes")
  void callUnderWayIsNotDisturbed(Lane lane) throws Exception {
    write("a.yml", "/**");
    try (Child program = program(lane)) {
      attachWell(lane, program, "a.yml");
      program.send("plain http://127.0.0.1:" + server.port() + "/held");
      assertThat(held.await(Child.SECONDS, TimeUnit.SECONDS)).isTrue();
      attachWell(lane, program, "b.yml");
      letGo.countDown();
      assertThat(program.answer()).isEqualTo("200 data");
      assertThat(program.exit()).isZero();
    }
    assertThat(credentials("/held")).containsExactly("Bearer canary1");
  }

  @ParameterizedTest
  @MethodSource("lanes")
  void anotherVersionIsNamedAndDoesNothingElse(Lane lane) throws Exception {
    Path other = directory.resolve("other.jar");
    Files.copy(Programs.agent(), other, StandardCopyOption.REPLACE_EXISTING);
    try (FileSystem jar = FileSystems.newFileSystem(other)) {
      Path manifest = jar.getPath("META-INF/MANIFEST.MF");
      String text = Files.readString(manifest);
      Files.writeString(
          manifest,
          text.replaceFirst("Implementation-Version: [^\r\n]*", "Implementation-Version: 99.9"));
    }
    String bothVersions = Child.VERSION + " is on, not 99.9 of ";
    try (Child program = program(lane)) {
      attachWell(lane, program, "a.yml");
      try (Child attaching = attach(lane, program, other, "b.yml")) {
        assertThat(attaching.exit()).as("%s", attaching.err()).isZero();
      }
      call(program, "/b");
      assertThat(program.exit()).isZero();
      assertThat(said(program, "WARN attached from another version: " + bothVersions)).isEqualTo(1);
    }
    String first = "-javaagent:" + Programs.agent() + "=config=a.yml";
    String second = "-javaagent:" + other + "=config=a.yml";
    try (Child program = program(lane, first, second)) {
      assertThat(program.exit()).isZero();
      assertThat(said(program, "WARN this JVM has an agent of Authgraft already")).isEqualTo(1);
      assertThat(String.join("\n", program.err())).contains(bothVersions);
    }
    assertThat(credentials("/b")).containsExactly("Bearer canary1");
  }

  private void write(String name, String path) throws IOException {
    Files.writeString(
        directory.resolve(name),
        """
        vars: {path: "%2$s"}
        strategies:
          grafted: {type: lazy-jwt, login: {url: "http://127.0.0.1:%1$d/login", json: {}}}
        rules:
          - {host: "127.0.0.1:%1$d", path: "${var:path}", strategy: grafted}
        """
            .formatted(server.port(), path));
  }

  private void hold() {
    held.countDown();
    try {
      letGo.await(Child.SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private Child program(Lane lane, String... agents) throws Exception {
    Path classes =
        Programs.compiled("okhttpcases", Lane.of("okhttp:3.12.13").jars(), "okhttpcases");
    Child program = Child.start(directory, lane.command(classes, "Cases", agents));
    assertThat(program.answer()).isEqualTo("ready");
    return program;
  }

  private void call(Child program, String path) throws Exception {
    assertThat(program.ask("plain http://127.0.0.1:" + server.port() + path)).isEqualTo("200 data");
  }

  private void attachWell(Lane lane, Child program, String config, String... more)
      throws Exception {
    try (Child attaching = attach(lane, program, Programs.agent(), config, more)) {
      assertThat(attaching.exit()).as("%s", attaching.err()).isZero();
      assertThat(attaching.out()).singleElement().asString().doesNotContain("nothing changes");
    }
  }

  private Child attach(Lane lane, Child program, Path agent, String config, String... more)
      throws IOException {
    List<String> command = lane.jdk().java("-jar", agent.toString(), "attach");
    command.addAll(List.of(Long.toString(program.pid()), "--config", config));
    command.addAll(List.of(more));
    return Child.start(directory, command);
  }

  private static long said(Child program, String text) {
    return program.err().stream().filter(line -> line.contains(text)).count();
  }

  private List<String> credentials(String path) {
    return server.requests("GET " + path).stream()
        .map(request -> request.replaceFirst("(?s).*\r\n(?i:authorization): ([^\r]*).*", "$1"))
        .map(value -> value.startsWith("GET ") ? "none" : value)
        .toList();
  }
}
