package dev.authgraft.agent;

import dev.authgraft.testing.HttpClientContract;
import dev.authgraft.testing.HttpClientContractClient;
import java.io.IOException;
import java.net.PasswordAuthentication;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Served by the agent: programs that know nothing of it, with the clients of many releases. */
@Tag("matrix")
@ParameterizedClass(name = "{0}")
@MethodSource("lanes")
@Timeout(value = 600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ClientsIT extends HttpClientContract {
  private static final Map<Lane, IdlePrograms> PROGRAMS = new ConcurrentHashMap<>();

  private final Lane lane;
  private boolean isCold;

  ClientsIT(Lane lane) {
    this.lane = lane;
  }

  static List<Lane> lanes() {
    return Lane.toRun();
  }

  /** Where threads start cold, the program does: they race for the hook, too. */
  @BeforeEach
  void prepare(TestInfo test) {
    var unused = lane.jdk().tool("java"); // or the test is skipped
    isCold = test.getTestMethod().orElseThrow().getName().contains("Cold");
  }

  /** HttpURLConnection throws HttpRetryException, with or without Authgraft. */
  @Override
  protected boolean handsOnAnswersToStreams() {
    return !lane.client().equals("HttpURLConnection");
  }

  @Override
  protected boolean mergesSlashes() {
    return lane.client().contains(":httpclient:4.5");
  }

  @Override
  protected String plusInQueries() {
    return lane.client().matches(".*:okhttp:2\\.[45].*") ? "%20" : "+";
  }

  @AfterParameterizedClassInvocation
  static void endPrograms(Lane lane) throws IOException {
    IdlePrograms programs = PROGRAMS.remove(lane);
    if (programs != null) programs.close();
  }

  @Override
  protected HttpClientContractClient open(Path config, @Nullable PasswordAuthentication program)
      throws Exception {
    if (isCold || program != null) return ChildClient.open(lane, config, program);
    return PROGRAMS.computeIfAbsent(lane, IdlePrograms::new).open(config);
  }
}
