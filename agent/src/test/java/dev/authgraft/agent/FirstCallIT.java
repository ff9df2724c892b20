package dev.authgraft.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.authgraft.testing.HttpClientContractClient.Call;
import dev.authgraft.testing.KycApi;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Programs whose first call comes before their config is read. */
@ParameterizedClass(name = "{0}")
@MethodSource("lanes")
@Timeout(600)
class FirstCallIT {
  private final KycApi api = new KycApi();
  private final Lane lane;

  @SuppressWarnings("NullAway.Init")
  @TempDir
  Path directory;

  FirstCallIT(Lane lane) {
    this.lane = lane;
  }

  static List<Lane> lanes() {
    return List.of(Lane.of("okhttp:3.14.9"), Lane.of("httpclient5:5.6.5"));
  }

  @AfterEach
  void closeApi() {
    api.close();
  }

  @Test
  void badConfigStopsTheProgramBeforeIt() throws Exception {
    Files.writeString(directory.resolve("authgraft.yml"), "rules: 7\n");
    try (Child child = start("")) {
      child.send(ChildClient.line("1", call()));
      assertThat(child.status()).isEqualTo(78);
      assertThat(child.out()).allMatch("ready"::equals);
      assertThat(api.requests()).isEmpty();
    }
  }

  @Test
  void badConfigThatIsToleratedLeavesTheRequestAsItIs() throws Exception {
    Files.writeString(directory.resolve("authgraft.yml"), "rules: 7\n");
    try (Child child = start("=on-bad-config=run")) {
      child.send(ChildClient.line("1", call()));
      assertThat(child.answer()).isEqualTo("ready");
      assertThat(child.answer()).startsWith("1 answered ");
      assertThat(child.exit()).isZero();
      assertThat(api.requests()).singleElement().matches(r -> r.header("x-api-key") == null);
      assertThat(child.err()).isNotEmpty().allMatch(line -> line.startsWith("authgraft ERROR "));
    }
  }

  @Test
  @DisabledOnOs(value = OS.WINDOWS, disabledReason = "it makes a pipe with mkfifo")
  void itWaitsForTheConfigWhileTheProgramRunsOn() throws Exception {
    Files.writeString(
        directory.resolve("authgraft.yml"), Configs.GOOD.replace("localhost", api.authority()));
    ConfigGate gate = ConfigGate.in(directory);
    try (Child child = start("=" + gate.option())) {
      child.send(ChildClient.line("1", call()));
      assertThat(child.answer()).isEqualTo("ready");
      while (!child.ask("2 waiting").equals("2 1")) assertThat(api.requests()).isEmpty();
      assertThat(child.err()).isEmpty();
      assertThat(api.requests()).isEmpty();

      gate.open();
      assertThat(child.answer()).startsWith("1 answered ");
      assertThat(api.requests())
          .singleElement()
          .matches(r -> "secret".equals(r.header("x-api-key")));
      assertThat(child.exit()).isZero();
    }
  }

  private Call call() {
    return new Call("GET", api.url("/open").toString(), Map.of(), null, false);
  }

  private Child start(String options) throws IOException {
    return Child.start(directory, lane.command("-javaagent:" + Programs.agent() + options));
  }
}
