package dev.authgraft.demo;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The program that is not to be touched, in a JVM of its own. */
final class LegacyProgram {
  private static final String MAIN = "com.example.legacy.LegacyProgram";
  private static final long LIMIT_SECONDS = 300;

  private final Path classes;
  private final Path libraries;

  LegacyProgram(Path target) {
    this.classes = target.resolve("classes");
    this.libraries = target.resolve("lib");
  }

  /**
   * Returns a sentence on what was looked through.
   *
   * @throws IOException if one of the program's classes, or of its libraries' names, has the word
   *     Authgraft in it
   */
  String requireIgnoranceOfAuthgraft() throws IOException {
    List<Path> found = filesUnder(classes, ".class");
    for (Path file : found) {
      String constants = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
      if (mentionsAuthgraft(constants)) {
        throw new IOException("the program refers to Authgraft: " + file);
      }
    }
    List<Path> jars = filesUnder(libraries, ".jar");
    for (Path jar : jars) {
      if (mentionsAuthgraft(String.valueOf(jar.getFileName()))) {
        throw new IOException("the program's class path has Authgraft: " + jar);
      }
    }
    return String.format(
        "the program (%d classes, %d libraries) never mentions Authgraft",
        found.size(), jars.size());
  }

  private static boolean mentionsAuthgraft(String text) {
    return text.toLowerCase(Locale.ROOT).contains("authgraft");
  }

  private static List<Path> filesUnder(Path directory, String suffix) throws IOException {
    try (Stream<Path> files = Files.walk(directory)) {
      List<Path> found = files.filter(file -> file.toString().endsWith(suffix)).sorted().toList();
      if (found.isEmpty()) {
        throw new IOException("no *" + suffix + " under " + directory + ": is it built?");
      }
      return found;
    }
  }

  /** Runs it to its end, with {@code jvmOptions}. */
  Run run(StandIns standIns, List<String> jvmOptions) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(jvmOptions);
    command.add("-cp");
    command.add(classes + File.pathSeparator + libraries + File.separator + "*");
    command.add(MAIN);
    command.addAll(standIns.arguments());
    Path out = Files.createTempFile("authgraft-demo", ".out");
    Path log = Files.createTempFile("authgraft-demo", ".log");
    try {
      int status = waitFor(start(command, standIns.environment(), out, log));
      List<Call> calls = new ArrayList<>();
      for (String line : Files.readAllLines(out)) {
        calls.add(Call.parse(line));
      }
      return new Run(status, calls, Files.readAllLines(log));
    } finally {
      Files.delete(out);
      Files.delete(log);
    }
  }

  private static Process start(
      List<String> command, Map<String, String> environment, Path out, Path log)
      throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().remove("JAVA_TOOL_OPTIONS");
    builder.environment().keySet().removeIf(name -> name.startsWith("AUTHGRAFT_"));
    builder.environment().putAll(environment);
    return builder.redirectOutput(out.toFile()).redirectError(log.toFile()).start();
  }

  /** Returns the exit status, -1 if the program had to be killed. */
  private static int waitFor(Process process) throws InterruptedException {
    Thread killer = new Thread(process::destroyForcibly);
    Runtime.getRuntime().addShutdownHook(killer);
    try {
      return process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS) ? process.exitValue() : -1;
    } finally {
      process.destroyForcibly().waitFor();
      Runtime.getRuntime().removeShutdownHook(killer);
    }
  }

  /** What came of one run. */
  record Run(int exitStatus, List<Call> calls, List<String> log) {
    /** Returns the answer to the same call as {@code other}, or a word for its absence. */
    String statusOf(Call other) {
      return calls.stream().filter(other::isSameAs).map(Call::status).findFirst().orElse("missing");
    }
  }

  /** One call of the program and the status of its answer. */
  record Call(String client, String method, URI url, String status) {
    static Call parse(String line) throws IOException {
      String[] fields = line.split("\\|", -1);
      if (fields.length != 4) {
        throw new IOException("a line on standard output that is not the program's: " + line);
      }
      return new Call(fields[0], fields[1], URI.create(fields[2]), fields[3]);
    }

    boolean isSameAs(Call other) {
      return client.equals(other.client) && method.equals(other.method) && url.equals(other.url);
    }

    /** Returns whether the API answers this call without a credential. */
    boolean isPublic() {
      return url.getPath().startsWith("/api/opportunities");
    }

    @Override
    public String toString() {
      return client + " " + method + " " + url.getPath();
    }
  }
}
