package dev.authgraft.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The keys of a server and of a program, for programs that speak TLS: made once a test run. */
final class TestKeys {
  private static final Path DIRECTORY = Programs.directory().resolve("keys");
  private static boolean made;

  private TestKeys() {}

  /** Returns the folder of {@code server.p12} and {@code program.p12}; the password is "secret". */
  static synchronized Path directory() throws Exception {
    if (made) return DIRECTORY;
    Files.createDirectories(DIRECTORY);
    make("server", "-dname", "CN=one.test", "-ext", "san=dns:one.test,ip:127.0.0.1");
    make("program", "-dname", "CN=program");
    made = true;
    return DIRECTORY;
  }

  private static void make(String name, String... options) throws Exception {
    Path store = DIRECTORY.resolve(name + ".p12");
    Files.deleteIfExists(store);
    String keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    List<String> command = new ArrayList<>(List.of(keytool, "-J-Dkeystore.pkcs12.legacy"));
    command.addAll(List.of("-genkeypair", "-alias", name, "-keyalg", "EC", "-validity", "36500"));
    command.addAll(List.of("-storetype", "PKCS12", "-keystore", store.toString()));
    command.addAll(List.of("-storepass", "secret"));
    command.addAll(List.of(options));
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(Programs.directory().resolve("keytool.txt").toFile())
            .start();
    assertThat(process.waitFor(Child.SECONDS, TimeUnit.SECONDS)).as("keytool ends").isTrue();
    assertThat(process.exitValue()).as("keytool makes %s", store).isZero();
  }
}
