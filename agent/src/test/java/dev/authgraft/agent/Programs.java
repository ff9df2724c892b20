package dev.authgraft.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/** What the tests run: programs, compiled for Java 8 or as their name says, and the agent's jar. */
final class Programs {
  /** In the name of a program that is not compiled for Java 8. */
  private static final Pattern RELEASE = Pattern.compile("java(\\d+)");

  private static final Path SOURCES = Path.of("src/test/programs");
  private static final Path TARGET = Path.of("target").toAbsolutePath();

  private static final Set<String> COMPILED = new HashSet<>();

  private Programs() {}

  /** Returns a directory for programs to run in that outlives every test. */
  static Path directory() {
    return TARGET;
  }

  /** Returns the agent's jar, as it ships. */
  static Path agent() {
    return TARGET.resolve("authgraft-agent.jar");
  }

  /**
   * Returns a copy of the agent's jar, the hooks of which are those of the directory {@code name}.
   */
  static synchronized Path agentWith(String name) throws IOException {
    Path jar = TARGET.resolve("agent-with-" + name + ".jar");
    if (Files.exists(jar) && newer(jar, agent())) return jar;
    Path classes = compiled(name);
    Files.copy(agent(), jar, StandardCopyOption.REPLACE_EXISTING);
    try (FileSystem entries =
            FileSystems.newFileSystem(URI.create("jar:" + jar.toUri()), Map.of());
        Stream<Path> files = Files.walk(classes)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path entry = entries.getPath("authgraft/hooks/" + classes.relativize(file) + "data");
        Files.createDirectories(entry.getParent());
        Files.copy(file, entry, StandardCopyOption.REPLACE_EXISTING);
      }
    }
    return jar;
  }

  /** Returns the classes of the program {@code name}. */
  static Path compiled(String name) throws IOException {
    return compiled(name, System.getProperty("java.class.path"), name);
  }

  /** Returns the classes of {@code sources}, compiled once, under the name {@code name}. */
  static synchronized Path compiled(String name, String classPath, String... sources)
      throws IOException {
    Path classes = TARGET.resolve("programs").resolve(name);
    if (COMPILED.contains(name)) return classes;
    Matcher named = RELEASE.matcher(name);
    String release = named.find() ? named.group(1) : "8";
    List<String> arguments =
        new ArrayList<>(
            List.of("--release", release, "-nowarn", "-Xlint:-options", "-d", classes.toString()));
    arguments.addAll(List.of("-cp", classPath, "-proc:none"));
    for (String source : sources) {
      try (Stream<Path> files = Files.walk(SOURCES.resolve(source))) {
        files.filter(Files::isRegularFile).map(Path::toString).forEach(arguments::add);
      }
    }
    Files.createDirectories(classes);
    int status =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, arguments.toArray(new String[0]));
    assertThat(status).as("%s compiles", name).isZero();
    COMPILED.add(name);
    return classes;
  }

  /** Returns the classes of {@code sources}, made to use the clients under {@code prefix}. */
  static synchronized Path relocated(
      String name, String prefix, String classPath, String... sources) throws IOException {
    String relocated = name + "-relocated";
    Path directory = TARGET.resolve("programs").resolve(relocated + "-sources");
    Files.createDirectories(directory);
    for (String source : sources) {
      try (Stream<Path> files = Files.walk(SOURCES.resolve(source))) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          String text = Files.readString(file);
          String moved =
              text.replaceAll(
                  "(?m)^import (okhttp3|okio|org\\.apache\\.hc)\\.",
                  "import " + Matcher.quoteReplacement(prefix) + ".$1.");
          Files.writeString(directory.resolve(file.getFileName()), moved);
        }
      }
    }
    return compiled(relocated, classPath, directory.toString());
  }

  private static boolean newer(Path file, Path than) throws IOException {
    return Files.getLastModifiedTime(file).compareTo(Files.getLastModifiedTime(than)) > 0;
  }
}
