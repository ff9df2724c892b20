package dev.authgraft.agent;

import dev.authgraft.testing.HttpClientContract;
import dev.authgraft.testing.HttpClientContractClient;
import java.net.PasswordAuthentication;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Served by the agent: programs that know nothing of it, with the clients of many releases. */
@Tag("matrix")
@ParameterizedClass(name = "{0}")
@MethodSource("lanes")
class ClientsIT extends HttpClientContract {
  private final Lane lane;

  ClientsIT(Lane lane) {
    this.lane = lane;
  }

  static List<Lane> lanes() {
    return Lane.toRun();
  }

  @Override
  protected HttpClientContractClient open(Path config, @Nullable PasswordAuthentication program)
      throws Exception {
    return ChildClient.open(lane, config, program);
  }
}
