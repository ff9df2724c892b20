package dev.authgraft.apache;

import dev.authgraft.Authgraft;
import dev.authgraft.apache.internal.async.AsyncExecChainHook;
import dev.authgraft.testing.HttpClientContract;
import dev.authgraft.testing.HttpClientContractClient;
import dev.authgraft.testing.HttpClientContractHook;
import java.net.PasswordAuthentication;
import java.nio.file.Path;
import net.bytebuddy.agent.ByteBuddyAgent;
import net.bytebuddy.matcher.ElementMatchers;
import org.apache.hc.client5.http.impl.async.AsyncProtocolExec;
import org.apache.hc.client5.http.impl.async.HttpAsyncClientBuilder;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;

/** Asynchronous calls, served by a hook in HttpClient, as by the agent, and twice by hand. */
class AsyncExecChainHookTest extends HttpClientContract {
  private static volatile @Nullable Authgraft current;

  @BeforeAll
  static void hook() {
    HttpClientContractHook.install(
        ByteBuddyAgent.install(),
        AsyncProtocolExec.class,
        ElementMatchers.named("execute"),
        new AsyncExecChainHook(() -> current));
  }

  @Override
  protected HttpClientContractClient open(Path config, @Nullable PasswordAuthentication program)
      throws Exception {
    Authgraft authgraft = Authgraft.load(config);
    current = authgraft;
    HttpAsyncClientBuilder builder = HttpAsyncClients.custom();
    ApacheAuth.install(ApacheAuth.install(builder, authgraft), authgraft);
    return ApacheAuthAsyncTest.open(
        builder,
        program,
        () -> {
          current = null;
          authgraft.close();
        });
  }
}
