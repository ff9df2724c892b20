package dev.authgraft.okhttp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.authgraft.Authgraft;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.Test;

/** The README shows code that compiles and does what it says. */
final class ReadmeTest {
  private static final String SHOWN =
      "OkHttpClient ok = OkHttpAuth.install(new OkHttpClient.Builder(), authgraft).build();";

  @Test
  void readmeShowsThisCode() throws Exception {
    assertThat(Files.readString(Path.of("../README.md"))).contains(SHOWN);
    assertThat(Files.readString(Path.of("../docs/library.md"))).contains(SHOWN);
    String source = Files.readString(Path.of("src/test/java/dev/authgraft/okhttp/ReadmeTest.java"));
    assertThat(source.split("\\R")).anyMatch(line -> line.trim().equals(SHOWN));
  }

  @Test
  void codeOfTheReadmeBuildsAClient() throws Exception {
    try (Authgraft authgraft = Authgraft.load(Paths.get("../config-examples/kyc.yml"))) {
      OkHttpClient ok = OkHttpAuth.install(new OkHttpClient.Builder(), authgraft).build();
      assertThat(ok).isNotNull();
    }
  }
}
