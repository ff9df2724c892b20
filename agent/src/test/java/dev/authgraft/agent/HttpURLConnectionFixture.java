package dev.authgraft.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.authgraft.testing.RawLoginServer;
import dev.authgraft.testing.RawLoginServer.Wire;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A program that calls a server of the test with HttpURLConnection, under the agent. */
abstract class HttpURLConnectionFixture {
  static final String OK = "200 OK";
  static final Pattern AUTHORIZATION = Pattern.compile("\r\n(?i:authorization): (.*)\r\n");

  final AtomicInteger logins = new AtomicInteger();
  final AtomicInteger answers = new AtomicInteger();
  volatile RawLoginServer.Answering api = (request, wire) -> wire.answer(OK, "data");
  volatile int acceptedAtLogin = -1;
  List<String> logged = List.of();
  RawLoginServer server;
  RawLoginServer secured;

  @SuppressWarnings("NullAway.Init")
  @TempDir
  Path directory;

  @BeforeEach
  void start() throws Exception {
    server =
        new RawLoginServer(
            (request, wire) -> {
              if (request.startsWith("POST /login ")) login(wire);
              else api.answer(request, wire);
            });
    secured = RawLoginServer.secured(tls(), (request, wire) -> api.answer(request, wire));
    write("");
  }

  void login(Wire wire) throws IOException {
    acceptedAtLogin = answers.get();
    String token = "canary" + logins.incrementAndGet();
    wire.answer(OK + "\r\nConnection: close", "{\"access_token\": \"" + token + "\"}");
    wire.close();
  }

  void write(String option) throws IOException {
    Files.writeString(
        directory.resolve("authgraft.yml"),
        """
        strategies:
          grafted: {type: lazy-jwt, login: {url: "http://127.0.0.1:%1$d/login", json: {}}}
        rules:
          - {host: ["127.0.0.1:%1$d", "127.0.0.1:%2$d", "one.test:%2$d"], scheme: any, path: /data/**, strategy: grafted%3$s}
        """
            .formatted(server.port(), secured.port(), option));
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
    secured.close();
  }

  static void takeBasicOnly(String request, Wire wire) throws IOException {
    boolean isTaken = request.contains("Basic dXNlcjpwYXNz");
    wire.answer(isTaken ? OK : "401 No\r\nWWW-Authenticate: Basic realm=\"r\"", "data");
  }

  List<String> answersOf(Jdk jdk, String... ways) throws Exception {
    return answersOf(jdk, List.of(), ways);
  }

  List<String> answersOf(Jdk jdk, List<String> flags, String... ways) throws Exception {
    List<String> command =
        jdk.java("-XX:+UnlockDiagnosticVMOptions", "-XX:+BytecodeVerificationLocal");
    command.addAll(flags);
    command.add("-javaagent:" + Programs.agent());
    command.addAll(program());
    try (Child child = Child.start(directory, command)) {
      assertThat(child.answer()).isEqualTo("ready");
      for (String way : ways) {
        child.ask(way.replaceFirst("^(\\S+) /", "$1 http://127.0.0.1:" + server.port() + "/"));
      }
      assertThat(child.exit()).isZero();
      logged = List.copyOf(child.err());
      assertThat(child.err())
          .allMatch(line -> line.matches("authgraft (INFO|WARN) .*"))
          .noneMatch(line -> line.contains("canary"))
          .noneMatch(line -> line.contains("not served"));
      return child.out().subList(1, child.out().size());
    }
  }

  /** Returns the flags of a security manager that does not let the program look into classes. */
  List<String> securityManager() throws IOException {
    Path policy = directory.resolve("program.policy");
    Files.writeString(
        policy,
        """
        grant codeBase "%s" { permission java.security.AllPermission; };
        grant {
          permission java.net.SocketPermission "*", "connect,listen,resolve";
          permission java.util.PropertyPermission "*", "read,write";
          permission java.io.FilePermission "<<ALL FILES>>", "read,write,delete";
          permission java.lang.RuntimePermission "modifyThread";
        };
        """
            .formatted(Programs.agent().toUri()));
    return List.of("-Djava.security.manager", "-Djava.security.policy==" + policy);
  }

  /** Returns what starts the program, after the options of its JVM. */
  List<String> program() throws IOException {
    return List.of("-cp", Programs.compiled("jdkcases").toString(), "Cases");
  }

  List<String> bodies() {
    return server.requests("/data").stream()
        .map(request -> request.substring(request.indexOf("\r\n\r\n") + 4))
        .toList();
  }

  List<String> credentials() {
    return credentials(server);
  }

  static List<String> credentials(RawLoginServer of) {
    List<String> credentials = new ArrayList<>();
    for (String request : of.requests()) {
      if (request.startsWith("POST /login ")) continue;
      credentials.add(
          String.join(
              " AND ",
              AUTHORIZATION
                  .matcher(request)
                  .results()
                  .map((MatchResult one) -> one.group(1))
                  .toList()));
    }
    return credentials;
  }

  static String store() throws Exception {
    return TestKeys.directory().resolve("server.p12").toString();
  }

  static SSLContext tls() throws Exception {
    KeyStore keys = KeyStore.getInstance(Path.of(store()).toFile(), "secret".toCharArray());
    KeyManagerFactory managers = KeyManagerFactory.getInstance("PKIX");
    managers.init(keys, "secret".toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    return context;
  }
}
