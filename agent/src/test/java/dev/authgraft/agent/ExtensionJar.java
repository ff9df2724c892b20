package dev.authgraft.agent;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Jars with a source of secrets that was compiled for a test. */
final class ExtensionJar {
  private ExtensionJar() {}

  /** Writes a jar with the class {@code example.NAME} of a program, and the sources it declares. */
  static void write(Path jar, String program, String name, String declared) throws IOException {
    String entry = "example/" + name + ".class";
    Files.createDirectories(jar.getParent());
    try (OutputStream out = Files.newOutputStream(jar);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      zip.putNextEntry(new ZipEntry("META-INF/services/dev.authgraft.spi.SecretSource"));
      zip.write(declared.getBytes(StandardCharsets.UTF_8));
      zip.putNextEntry(new ZipEntry(entry));
      zip.write(Files.readAllBytes(Programs.compiled(program).resolve(entry)));
    }
  }
}
