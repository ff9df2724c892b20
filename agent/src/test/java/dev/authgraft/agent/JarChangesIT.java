package dev.authgraft.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.authgraft.testing.HttpClientContractClient.Call;
import dev.authgraft.testing.ReceivedRequest;
import dev.authgraft.testing.TokenApi;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The jar of an agent that is on is replaced or goes, as when a package is upgraded. */
@Timeout(600)
class JarChangesIT {
  private final TokenApi api = new TokenApi();
  private Path jar;
  private Path link;

  @SuppressWarnings("NullAway.Init")
  @TempDir
  Path directory;

  /** What becomes of the jar; the JVM was given a link to it. */
  enum Change {
    OVERWRITTEN_WITH_ANOTHER_JAR {
      @Override
      void make(Path jar, Path link) throws IOException {
        Files.write(jar, Files.readAllBytes(Programs.agentWith("hook")));
      }
    },
    OVERWRITTEN_WITH_GARBAGE {
      @Override
      void make(Path jar, Path link) throws IOException {
        byte[] garbage = new byte[(int) Files.size(jar)];
        new Random(1).nextBytes(garbage);
        Files.write(jar, garbage);
      }
    },
    TRUNCATED {
      @Override
      void make(Path jar, Path link) throws IOException {
        Files.write(jar, new byte[0]);
      }
    },
    DELETED {
      @Override
      void make(Path jar, Path link) throws IOException {
        Files.delete(jar);
      }
    },
    LINK_SWAPPED {
      @Override
      void make(Path jar, Path link) throws IOException {
        Path next = Files.copy(Programs.agentWith("hook"), jar.resolveSibling("2.jar"));
        Path swapped = Files.createSymbolicLink(jar.resolveSibling("next"), next.getFileName());
        Files.move(swapped, link, StandardCopyOption.ATOMIC_MOVE);
        Files.delete(jar);
      }
    };

    abstract void make(Path jar, Path link) throws IOException;
  }

  static Stream<Arguments> changes() {
    return Stream.of(
            lane("okhttp", "sync", "start", Jdk.JDK_8, "okhttp:3.14.9"),
            lane("okhttp", "async", "attach", Jdk.JDK_25, "okhttp-jvm:5.5.1"),
            lane("apache", "async", "attach", Jdk.JDK_8, "httpclient5:5.0.4"),
            lane("apache", "sync", "start", Jdk.JDK_25, "httpclient5:5.6.5"))
        .flatMap(lane -> Arrays.stream(Change.values()).map(change -> Arguments.of(lane, change)));
  }

  private static Lane lane(String program, String calls, String agent, Jdk jdk, String client) {
    return new Lane("always", program, calls, agent, jdk, Lane.of(client).client(), null);
  }

  @BeforeEach
  void layOut() throws IOException {
    jar = Files.copy(Programs.agent(), directory.resolve("1.jar"));
    link = Files.createSymbolicLink(directory.resolve("agent.jar"), jar.getFileName());
    Files.writeString(
        directory.resolve("authgraft.yml"),
        """
        strategies:
          api: {type: lazy-jwt, login: {url: "http://%1$s/token", json: {user: a}}}
        rules:
          - {host: "%1$s", path: /api/**, strategy: api}
        """
            .formatted(api.authority()));
  }

  @AfterEach
  void closeApi() {
    api.close();
  }

  /** Nothing that a login, a hook or a renewal needs is loaded before the change. */
  @ParameterizedTest
  @MethodSource("changes")
  void agentLivesFromWhatItReadAtItsStart(Lane lane, Change change) throws Exception {
    try (Child child = start(lane)) {
      change.make(jar, link);
      assertThat(answer(child, "1")).startsWith("1 answered MjAw "); // 200
      assertThat(answer(child, "2")).startsWith("2 answered MjAw ");
      assertThat(api.count("login")).isEqualTo(1);
      api.expireTokens();
      assertThat(answer(child, "3")).startsWith("3 answered MjAw ");
      assertThat(child.exit()).isZero();
      assertThat(child.err()).allMatch(line -> line.startsWith("authgraft INFO "));
    }
    assertThat(api.count("login")).isEqualTo(2);
    assertThat(api.requests("/api/a")).hasSize(4).allMatch(JarChangesIT::carriesAToken);
  }

  /** A jar that was mixed from two, say. */
  @Test
  void loginThatNothingCanSendIsToldByWhatIsMissing() throws Exception {
    try (FileSystem entries = FileSystems.newFileSystem(jar)) {
      Path services = entries.getPath("authgraft/agent/META-INF/services");
      Files.writeString(services.resolve("dev.authgraft.spi.LoginTransport"), "example.Gone\n");
    }
    try (Child child = start(lane("okhttp", "sync", "start", Jdk.JDK_8, "okhttp:3.14.9"))) {
      String[] answer = answer(child, "1").split(" ");
      assertThat(answer[1]).isEqualTo("failed");
      assertThat(new String(Base64.getDecoder().decode(answer[2]), StandardCharsets.UTF_8))
          .contains("nothing can send a login")
          .contains("example.Gone not found");
    }
    assertThat(api.requests()).isEmpty();
  }

  private static boolean carriesAToken(ReceivedRequest request) {
    return request.bearer() != null;
  }

  private String answer(Child child, String number) throws InterruptedException {
    Call call = new Call("GET", api.url("/api/a").toString(), Map.of(), null, false);
    return child.ask(ChildClient.line(number, call));
  }

  private Child start(Lane lane) throws Exception {
    List<String> command = lane.isAttached() ? lane.command() : lane.command("-javaagent:" + link);
    Child child = Child.start(directory, command);
    assertThat(child.answer()).isEqualTo("ready");
    if (!lane.isAttached()) return child;
    List<String> attach = lane.jdk().java("-jar", link.toString(), "attach", "" + child.pid());
    try (Child attaching = Child.start(directory, attach)) {
      assertThat(attaching.exit()).as("%s", attaching.err()).isZero();
    } catch (Throwable e) {
      child.close();
      throw e;
    }
    return child;
  }
}
