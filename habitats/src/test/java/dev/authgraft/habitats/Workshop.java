package dev.authgraft.habitats;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import javax.tools.ToolProvider;

/** Makes what the tests run: programs of {@code src/test/programs}, jars, and paths to them. */
final class Workshop {
  private static final Path SOURCES = Path.of("src/test/programs");
  private static final Path LIBRARIES = Path.of("target/libraries");

  private Workshop() {}

  /** Returns the agent's jar, as it ships. */
  static Path agent() {
    Path jar = Path.of("../agent/target/authgraft-agent.jar").toAbsolutePath().normalize();
    assertThat(jar).isRegularFile();
    return jar;
  }

  /** Returns the jars of a line of {@code src/test/libraries.txt}. */
  static List<Path> libraries(String name) throws IOException {
    try (Stream<Path> jars = Files.list(LIBRARIES.resolve(name))) {
      return jars.map(Path::toAbsolutePath).sorted().toList();
    }
  }

  /** Returns the only one of {@code jars} whose name begins with {@code prefix}. */
  static Path named(String prefix, List<Path> jars) {
    List<Path> found =
        jars.stream().filter(jar -> jar.getFileName().toString().startsWith(prefix)).toList();
    assertThat(found).as(prefix + " of " + jars).hasSize(1);
    return found.get(0);
  }

  static String path(List<Path> entries) {
    return entries.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
  }

  /** Compiles {@code programs} against {@code libraries} into {@code classes}, and returns that. */
  static Path compiled(Path classes, List<Path> libraries, String... programs) throws IOException {
    return compiledWith(List.of("--release", "8", "-cp", path(libraries)), classes, programs);
  }

  /** Compiles {@code programs} with {@code options} into {@code classes}, and returns that. */
  static Path compiledWith(List<String> options, Path classes, String... programs)
      throws IOException {
    return compile(classes, options, Arrays.stream(programs).map(Workshop::source).toList());
  }

  /** Compiles everything below {@code sources} into {@code classes}, and returns that. */
  static Path compile(Path classes, List<String> options, List<Path> sources) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("-d", classes.toString()));
    arguments.addAll(List.of("-nowarn", "-Xlint:-options", "-proc:none"));
    arguments.addAll(options);
    for (Path source : sources)
      arguments.addAll(files(source).values().stream().map(Path::toString).toList());
    Files.createDirectories(classes);
    String[] all = arguments.toArray(new String[0]);
    int status = ToolProvider.getSystemJavaCompiler().run(null, null, null, all);
    assertThat(status).as("%s compile", sources).isZero();
    return classes;
  }

  /** Returns the directory of a program's sources. */
  static Path source(String program) {
    return SOURCES.resolve(program);
  }

  /** Writes a jar of files by the names of their entries, stored as they are, and returns it. */
  static Path jar(Path jar, Map<String, String> manifest, Map<String, Path> entries)
      throws IOException {
    Manifest head = new Manifest();
    head.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.forEach((name, value) -> head.getMainAttributes().putValue(name, value));
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file, head)) {
      for (String folder : folders(entries.keySet())) out.putNextEntry(stored(folder, new byte[0]));
      for (Map.Entry<String, Path> entry : entries.entrySet()) {
        byte[] content = Files.readAllBytes(entry.getValue());
        out.putNextEntry(stored(entry.getKey(), content));
        out.write(content);
      }
    }
    return jar;
  }

  /** Returns the folders of {@code entries}, outer ones first: loaders look for them. */
  private static Set<String> folders(Set<String> entries) {
    Set<String> folders = new TreeSet<>();
    for (String entry : entries) {
      for (int at = -1; (at = entry.indexOf('/', at + 1)) >= 0; ) {
        folders.add(entry.substring(0, at + 1));
      }
    }
    return folders;
  }

  private static JarEntry stored(String name, byte[] content) {
    CRC32 sum = new CRC32();
    sum.update(content);
    JarEntry entry = new JarEntry(name);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(content.length);
    entry.setCrc(sum.getValue());
    return entry;
  }

  /** Returns the files below {@code directory} by the names that they have there. */
  static Map<String, Path> files(Path directory) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      return files
          .filter(Files::isRegularFile)
          .collect(
              Collectors.toMap(
                  file -> directory.relativize(file).toString().replace('\\', '/'), file -> file));
    }
  }
}
