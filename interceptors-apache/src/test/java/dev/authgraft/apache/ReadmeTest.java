package dev.authgraft.apache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.authgraft.Authgraft;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.junit.jupiter.api.Test;

/** The README shows code that compiles and does what it says. */
final class ReadmeTest {
  private static final String SHOWN =
      "CloseableHttpClient hc = ApacheAuth.install(HttpClients.custom(), authgraft).build();";

  @Test
  void readmeShowsThisCode() throws Exception {
    assertThat(Files.readString(Path.of("../README.md"))).contains(SHOWN);
    assertThat(Files.readString(Path.of("../docs/library.md"))).contains(SHOWN);
    String source = Files.readString(Path.of("src/test/java/dev/authgraft/apache/ReadmeTest.java"));
    assertThat(source.split("\\R")).anyMatch(line -> line.trim().equals(SHOWN));
  }

  @Test
  void codeOfTheReadmeBuildsAClient() throws Exception {
    try (Authgraft authgraft = Authgraft.load(Paths.get("../config-examples/kyc.yml"))) {
      CloseableHttpClient hc = ApacheAuth.install(HttpClients.custom(), authgraft).build();
      assertThat(hc).isNotNull();
      hc.close();
    }
  }
}
