package dev.authgraft.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The clients that the config has the agent leave alone. */
class SwitchedOffClientIT extends HttpURLConnectionFixture {
  private String program = "";

  @Override
  List<String> program() throws IOException {
    return List.of("-cp", Programs.compiled(program).toString(), "Cases");
  }

  @ParameterizedTest
  @CsvSource({
    "jdkcases, http-url-connection, Bearer canary1",
    "jdkcases, java-net-http, ''",
    "java11cases, java-net-http, Bearer canary1",
    "java11cases, http-url-connection, ''"
  })
  void onlyTheClientsOfTheListAreServed(String cases, String client, String credential)
      throws Exception {
    program = cases;
    Files.writeString(
        directory.resolve("authgraft.yml"),
        "agent: {clients: [okhttp, " + client + "]}\n",
        StandardOpenOption.APPEND);
    assertThat(answersOf(Jdk.JDK_17, "get /data")).containsExactly("200 data");
    assertThat(credentials()).containsExactly(credential);
  }
}
