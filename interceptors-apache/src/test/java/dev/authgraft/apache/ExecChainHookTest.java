package dev.authgraft.apache;

import dev.authgraft.Authgraft;
import dev.authgraft.apache.internal.classic.ExecChainHook;
import dev.authgraft.testing.HttpClientContract;
import dev.authgraft.testing.HttpClientContractClient;
import dev.authgraft.testing.HttpClientContractHook;
import java.net.PasswordAuthentication;
import java.nio.file.Path;
import net.bytebuddy.agent.ByteBuddyAgent;
import net.bytebuddy.matcher.ElementMatchers;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.classic.ProtocolExec;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;

/** Served by a hook in HttpClient, as by the agent. */
class ExecChainHookTest extends HttpClientContract {
  private static volatile @Nullable Authgraft current;

  @BeforeAll
  static void hook() {
    HttpClientContractHook.install(
        ByteBuddyAgent.install(),
        ProtocolExec.class,
        ElementMatchers.named("execute"),
        new ExecChainHook(() -> current));
  }

  @Override
  protected HttpClientContractClient open(Path config, @Nullable PasswordAuthentication program)
      throws Exception {
    Authgraft authgraft = Authgraft.load(config);
    current = authgraft;
    return new ApacheTestClient(
        builder(program, authgraft),
        new PoolingHttpClientConnectionManager(),
        () -> {
          current = null;
          authgraft.close();
        });
  }

  HttpClientBuilder builder(@Nullable PasswordAuthentication program, Authgraft authgraft) {
    return ApacheTestClient.builder(program);
  }
}
