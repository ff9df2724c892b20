package dev.authgraft;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.authgraft.admin.Inspector;
import dev.authgraft.config.ConfigProblem;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
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
    try (Inspector inspector = builder.inspect()) {
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
    String file = name.endsWith(".yml") ? "this file" : directory.resolve(name).toString();
    assertThat(warnings())
        .containsExactly(file + " can be written by everybody on this machine (chmod o-w)");
    allow(name, "rwxr-xr-x");
    assertThat(warnings()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"keys/key", "bin/print"})
  void aFileInADirectoryThatEverybodyCanWriteIsNamed(String name) throws Exception {
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

  /** What a config names beside its secrets' files decides as much. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "keys/trust.p12",
        "keys/store.p12",
        "keys/opens-store",
        "keys/secrets.p12",
        "keys/own.p12",
        "keys/opens-secrets",
        "keys/code",
        "bin/code",
        "bin/absolute",
        "lib/extension.jar"
      })
  void soIsWhateverElseTheConfigNames(String name) throws Exception {
    Files.createDirectories(directory.resolve("lib"));
    for (String each :
        List.of(
            "keys/trust.p12",
            "keys/store.p12",
            "keys/opens-store",
            "keys/secrets.p12",
            "keys/own.p12",
            "keys/opens-secrets",
            "keys/code",
            "bin/code",
            "bin/absolute",
            "lib/extension.jar")) {
      Files.writeString(directory.resolve(each), "x");
      allow(each, "rwxr-xr-x");
    }
    allow("lib", "rwxr-xr-x");
    Configs.write(
        directory,
        "authgraft.yml",
        """
        http:
          trust-store: {file: keys/trust.p12}
          key-store: {file: keys/store.p12, password: "${file:keys/opens-store}"}
        secrets: {pkcs12: {file: keys/secrets.p12, password: "${file:keys/opens-secrets}"}}
        strategies:
          a: {type: api-key, value: "${pkcs12:a:-x}"}
          b: {type: api-key, value: "${pkcs12:keys/own.p12#a:-x}"}
          c: {type: api-key, value: "${command:%s/bin/absolute:-x}"}
          d:
            type: pre-auth-2fa
            code: {file: keys/code}
            pre-auth: {url: "https://d.example/", json: {a: b}}
            login: {url: "https://d.example/", json: {c: "${code}"}}
          e:
            type: pre-auth-2fa
            code: {command: [bin/code, now]}
            pre-auth: {url: "https://e.example/", json: {a: b}}
            login: {url: "https://e.example/", json: {c: "${code}"}}
        rules:
          - {host: a.example, strategy: a}
          - {host: b.example, strategy: b}
          - {host: c.example, strategy: c}
          - {host: f.example, strategy: d}
          - {host: g.example, strategy: e}
        """
            .formatted(directory));
    assertThat(warningsOfAFile()).isEmpty();
    allow(name, "rwxr-xrwx");
    String file = directory.resolve(name).toString();
    assertThat(warningsOfAFile())
        .containsExactly(file + " can be written by everybody on this machine (chmod o-w)");
    allow(name, "rwxr-xr-x");
    allow(Path.of(name).getParent().toString(), "rwxrwxrwx");
    assertThat(warningsOfAFile())
        .anyMatch(line -> line.startsWith(file + " can be replaced by everybody"));
  }

  private List<String> warningsOfAFile() throws Exception {
    URL[] jars = {directory.resolve("lib/extension.jar").toUri().toURL()};
    Path config = directory.resolve("authgraft.yml");
    try (URLClassLoader extensions = new URLClassLoader(jars, getClass().getClassLoader());
        Inspector inspector = Authgraft.builder(config).extensions(extensions).inspect()) {
      return inspector.warnings().stream()
          .map(ConfigProblem::text)
          .filter(line -> line.contains("by everybody"))
          .toList();
    }
  }
}
