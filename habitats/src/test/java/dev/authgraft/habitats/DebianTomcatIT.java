package dev.authgraft.habitats;

import static org.assertj.core.api.Assertions.assertThat;

import dev.authgraft.agent.Child;
import dev.authgraft.agent.Jdk;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.ServerSocket;
import java.net.URL;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The Tomcat that Debian packages, run by its own scripts. */
@Matrix
class DebianTomcatIT extends Habitat {
  private static final Path HOME = Path.of("/usr/share/tomcat10");
  private static final Path INSTANCES = Path.of("/usr/bin/tomcat10-instance-create");

  private static final AtomicInteger NEXT_PORT =
      new AtomicInteger(20_000 + (int) (ProcessHandle.current().pid() % 10_000));

  private static final String WEB_XML =
      """
      <web-app xmlns="https://jakarta.ee/xml/ns/jakartaee" version="5.0">
        <servlet>
          <servlet-name>call</servlet-name>
          <servlet-class>legacy.CallServlet</servlet-class>
        </servlet>
        <servlet-mapping>
          <servlet-name>call</servlet-name>
          <url-pattern>/call</url-pattern>
        </servlet-mapping>
      </web-app>
      """;

  /** By JAVA_OPTS the agent meets the JVM that stops the server, too. */
  @ParameterizedTest
  @ValueSource(strings = {"JAVA_OPTS", "CATALINA_OPTS", "setenv.sh"})
  void isServedAndStopsAsItDoesWithoutTheAgent(String place) throws Exception {
    Assumptions.assumeTrue(
        Files.exists(INSTANCES), INSTANCES + " is not here: apt-get install tomcat10-user");
    int port = freePort();
    Path base = instance(port);
    deploy(base);
    Map<String, String> variables = new HashMap<>();
    if (place.equals("setenv.sh")) addLineOfTheGuide(base);
    else variables.put(place, agent());
    variables.put("CATALINA_BASE", base.toString());
    String java = Jdk.JDK_17.tool("java");
    variables.put("JAVA_HOME", Path.of(java).getParent().getParent().toString());
    List<String> run = List.of("sh", "-c", "exec " + HOME + "/bin/catalina.sh run 2>&1");
    try (Child tomcat = Child.start(directory, variables, run)) {
      while (!tomcat.answer().contains("Server startup in")) {}
      assertThat(call(port, "okhttp", url("1"))).startsWith("200 11 snakeyaml-1.17.jar");
      assertThat(call(port, "apache", url("2"))).startsWith("200 11 snakeyaml-1.17.jar");
      assertServed(2);
      List<String> stop = List.of(HOME + "/bin/catalina.sh", "stop");
      try (Child stopping = Child.start(directory, variables, stop)) {
        assertThat(stopping.exit()).as("%s", stopping.err()).isZero();
        assertThat(stopping.out()).noneMatch(line -> line.contains("authgraft"));
        assertThat(stopping.err()).noneMatch(line -> line.contains("authgraft ERROR"));
      }
      assertThat(tomcat.status()).isZero();
      assertThat(tomcat.out())
          .filteredOn(line -> line.contains("memory leak"))
          .noneMatch(line -> line.contains("authgraft"));
    }
  }

  private Path instance(int port) throws IOException, InterruptedException {
    Path base = directory.resolve("instance");
    List<String> command =
        List.of(
            INSTANCES.toString(),
            "-p",
            Integer.toString(port),
            "-c",
            Integer.toString(freePort()),
            base.toString());
    try (Child creating = Child.start(directory, command)) {
      assertThat(creating.exit()).as("%s %s", creating.out(), creating.err()).isZero();
    }
    return base;
  }

  /** Adds the line that docs/guides/tomcat.md shows, with the paths of this test. */
  private void addLineOfTheGuide(Path base) throws IOException {
    String guide = Files.readString(Path.of("../docs/guides/tomcat.md"));
    int from = guide.indexOf("CATALINA_OPTS=\"");
    String line = guide.substring(from, guide.indexOf('\n', from) + 1);
    String here = line.replaceFirst("-javaagent:[^\"]+", Matcher.quoteReplacement(agent()));
    assertThat(here).contains(agent());
    Files.writeString(base.resolve("bin/setenv.sh"), here, StandardOpenOption.APPEND);
  }

  private static void deploy(Path base) throws IOException {
    Path web = Files.createDirectories(base.resolve("webapps/old/WEB-INF/lib")).getParent();
    Files.writeString(web.resolve("web.xml"), WEB_XML);
    try (Stream<Path> jars = Files.list(HOME.resolve("lib"))) {
      List<Path> api =
          jars.filter(jar -> jar.getFileName().toString().contains("servlet")).toList();
      List<Path> libraries = Workshop.libraries("old-clients");
      Webapp.make(web.resolve("classes"), web.resolve("lib"), libraries, api, "jakarta");
    }
  }

  private static String call(int port, String client, String url) throws IOException {
    String query = "?client=" + client + "&url=" + URLEncoder.encode(url, StandardCharsets.UTF_8);
    URL call = new URL("http://127.0.0.1:" + port + "/old/call" + query);
    try (BufferedReader answer =
        new BufferedReader(new InputStreamReader(call.openStream(), StandardCharsets.UTF_8))) {
      return answer.readLine();
    }
  }

  /** Returns a port that is free, below those that Linux gives to whoever wants any. */
  private static int freePort() {
    while (true) {
      int port = NEXT_PORT.getAndIncrement();
      try (ServerSocket socket = new ServerSocket(port)) {
        return socket.getLocalPort();
      } catch (IOException e) {
        // Somebody has that one.
      }
    }
  }
}
