package dev.authgraft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A file that everybody can write decides where secrets go, so that {@code check} names it. */
final class WritableFilesTest {
  @TempDir private Path directory;

  @BeforeEach
  void write() throws IOException {
    assumeTrue(FileSystems.getDefault().supportedFileAttributeViews().contains("posix"));
    directory = directory.toRealPath();
    Configs.write(
        directory,
        "authgraft.yml",
        """
        strategies:
          a: {type: api-key, value: "${file:keys/key}"}
          b: {type: api-key, value: "${command:bin/print}"}
        rules: [{host: a.example, strategy: a}, {host: b.example, strategy: b}]
        """);
    Configs.write(directory, "authgraft-prod.yml", "vars: {}\n");
    Files.createDirectories(directory.resolve("keys"));
    Files.createDirectories(directory.resolve("bin"));
    Files.writeString(directory.resolve("keys/key"), "x");
    Path script = Files.writeString(directory.resolve("bin/print"), "#!/bin/sh\necho x\n");
    for (String name : List.of("authgraft.yml", "authgraft-prod.yml", "keys/key", "bin/print")) {
      allow(name, "rwxr-xr-x");
    }
    allow("keys", "rwxr-xr-x");
    allow("bin", "rwxr-xr-x");
    allow("", "rwxr-xr-x");
    assertThat(script.toFile().canExecute()).isTrue();
  }

  private void allow(String name, String permissions) throws IOException {
    Files.setPosixFilePermissions(
        directory.resolve(name), PosixFilePermissions.fromString(permissions));
  }

  private List<String> warnings() throws ConfigException {
    Authgraft.Builder builder =
        Authgraft.builder(directory.resolve("authgraft.yml")).environment("prod");
    try (Inspector inspector = Inspector.open(builder)) {
      return inspector.warnings().stream().map(ConfigProblem::text).toList();
    }
  }

  @Test
  void filesOfTheirOwnersAreNotNamed() throws Exception {
    assertThat(warnings()).isEmpty();
    allow("authgraft.yml", "rw-rw----"); // A group is somebody's decision.
    assertThat(warnings()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"authgraft.yml", "authgraft-prod.yml", "keys/key", "bin/print"})
  void aFileThatEverybodyCanWriteIsNamed(String name) throws Exception {
    allow(name, "rwxr-xrwx");
    String file = directory.resolve(name).toString();
    assertThat(warnings())
        .containsExactly(
            file + " can be written by everybody on this machine (chmod o-w " + file + ")");
    allow(name, "rwxr-xr-x");
    assertThat(warnings()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"keys/key", "bin/print"})
  void soIsOneInADirectoryThatEverybodyCanWrite(String name) throws Exception {
    Path file = directory.resolve(name);
    allow(file.getParent().toString(), "rwxrwxrwx");
    assertThat(warnings())
        .containsExactly(
            file
                + " can be replaced by everybody on this machine, who may write into its directory"
                + " (chmod o-w "
                + file.getParent()
                + ")");
    Files.setAttribute(file.getParent(), "unix:mode", 01777); // As /tmp is.
    assertThat(warnings()).isEmpty();
  }

  @Test
  void aLinkIsFollowedAndItsOwnDirectoryCounts() throws Exception {
    Path elsewhere = Files.createDirectories(directory.resolve("elsewhere"));
    Files.move(directory.resolve("keys/key"), elsewhere.resolve("key"));
    Files.createSymbolicLink(directory.resolve("keys/key"), elsewhere.resolve("key"));
    assertThat(warnings()).isEmpty();
    allow("elsewhere/key", "rw-r--rw-");
    assertThat(warnings()).hasSize(1).first().asString().endsWith("o-w " + elsewhere + "/key)");
    allow("elsewhere/key", "rw-r--r--");
    allow("keys", "rwxrwxrwx");
    assertThat(warnings()).hasSize(1).first().asString().contains("can be replaced");
  }
}
