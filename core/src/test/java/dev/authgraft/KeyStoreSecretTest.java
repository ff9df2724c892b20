package dev.authgraft;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Secrets that {@code keytool} put into a PKCS#12 key store. */
@Timeout(600)
final class KeyStoreSecretTest extends SecretFixture {
  private void keytool(String... words) throws Exception {
    List<String> command =
        Stream.concat(
                Stream.of(Path.of(System.getProperty("java.home"), "bin/keytool").toString()),
                Stream.of(words))
            .toList();
    Process process =
        new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true).start();
    try (var in = process.getOutputStream()) {
      in.write("s3cret-Entry 1\ns3cret-Entry 1\n".getBytes(StandardCharsets.UTF_8));
    }
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
  }

  private void importPassword(String alias) throws Exception {
    keytool(
        "-importpass",
        "-alias",
        alias,
        "-keystore",
        "keys.p12",
        "-storetype",
        "PKCS12",
        "-storepass",
        "store-password");
  }

  @Test
  void aKeyStoreHoldsASecretThatKeytoolPutIn() throws Exception {
    importPassword("api");
    Files.writeString(directory.resolve("opens"), "store-password\n");
    String opens = "password: \"${file:opens}\"";
    load("\"${pkcs12:keys.p12#api}\"", "{pkcs12: {" + opens + "}}");
    assertThat(sentKey()).isEqualTo("s3cret-Entry 1");
    load("\"${pkcs12:api}\"", "{pkcs12: {file: keys.p12, " + opens + "}}");
    assertThat(sentKey()).isEqualTo("s3cret-Entry 1");
    load("\"${pkcs12:none}\"", "{pkcs12: {file: keys.p12, " + opens + "}}");
    assertThat(failure())
        .contains("keys.p12 has no entry 'none' (make it with keytool -importpass");
    load("\"${pkcs12:none.p12#api}\"", "{pkcs12: {" + opens + "}}");
    assertThat(failure()).contains("none.p12 does not exist");
    load("\"${pkcs12:opens#api}\"", "{pkcs12: {" + opens + "}}");
    assertThat(failure()).contains("opens cannot be read (is it PKCS#12");
    load("\"${pkcs12:keys.p12#api}\"", "{pkcs12: {password: s3cretWrong}}");
    assertThat(failure()).contains("keys.p12 does not open: its password is another");
    load("\"${pkcs12:keys.p12#api}\"", "{pkcs12: {password: \"${file:none}\"}}");
    assertThat(failure()).contains("file " + directory.resolve("none") + " does not exist");
    load("\"${pkcs12:keys.p12#api}\"", "{}");
    assertThat(failure()).contains("no 'password' for ${pkcs12:…}");
  }

  @Test
  void aKeyPairIsNotUsedAsASecret() throws Exception {
    keytool(
        "-genkeypair",
        "-alias",
        "pair",
        "-keyalg",
        "EC",
        "-dname",
        "CN=x",
        "-keystore",
        "keys.p12",
        "-storetype",
        "PKCS12",
        "-storepass",
        "store-password");
    load("\"${pkcs12:keys.p12#pair}\"", "{pkcs12: {password: store-password}}");
    assertThat(failure()).contains("has no secret under 'pair', but a key or a certificate");
  }
}
