package dev.authgraft.agent;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * A JDK of this machine: the tests run on one of each release that matters and report those that
 * are missing as skipped. They are looked for in {@code /usr/lib/jvm}, in {@code AUTHGRAFT_JDKS}
 * (homes joined as in a class path), and there is the one that runs the tests.
 */
public enum Jdk {
  JDK_8,
  JDK_11,
  JDK_17,
  JDK_21,
  JDK_25;

  public int release() {
    return Integer.parseInt(name().substring("JDK_".length()));
  }

  /** Returns the program {@code name} of this JDK; the test is skipped if there is no such JDK. */
  public String tool(String name) {
    for (Path home : homes()) {
      Path tool = home.resolve("bin").resolve(name);
      if (release(home) == release() && Files.exists(tool)) return tool.toString();
    }
    return Assumptions.abort("no JDK " + release() + " here; name its home in AUTHGRAFT_JDKS");
  }

  /**
   * Returns the beginning of a command that runs this JDK's {@code java} with {@code words}. Its
   * flags let a program that is soon over start faster, and who attaches wait longer than for the
   * five or ten seconds after which it gives up, which a busy machine may take.
   */
  public List<String> java(String... words) {
    List<String> command = new ArrayList<>(List.of(tool("java")));
    command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    command.add("-Dsun.tools.attach.attachTimeout=" + TimeUnit.SECONDS.toMillis(Child.SECONDS));
    command.addAll(List.of(words));
    return command;
  }

  private static List<Path> homes() {
    List<Path> homes = new ArrayList<>();
    String named = System.getenv("AUTHGRAFT_JDKS");
    if (named != null) {
      for (String home : named.split(java.io.File.pathSeparator)) homes.add(Path.of(home));
    }
    homes.add(Path.of(System.getProperty("java.home")));
    Path known = Path.of("/usr/lib/jvm");
    if (Files.isDirectory(known)) {
      try (Stream<Path> found = Files.list(known)) {
        found.sorted().forEach(homes::add);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return homes;
  }

  private static int release(Path home) {
    Properties facts = new Properties();
    try (var in = Files.newBufferedReader(home.resolve("release"))) {
      facts.load(in);
    } catch (IOException e) {
      return Files.exists(home.resolve("jre/lib/rt.jar")) ? 8 : 0; // 0: not a JDK
    }
    String version = facts.getProperty("JAVA_VERSION", "0").replace("\"", "");
    if (version.startsWith("1.")) version = version.substring(2);
    return Integer.parseInt(version.split("\\D", 2)[0]);
  }
}
