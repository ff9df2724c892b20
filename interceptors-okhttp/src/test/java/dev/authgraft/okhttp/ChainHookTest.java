package dev.authgraft.okhttp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.authgraft.Authgraft;
import dev.authgraft.okhttp.internal.ChainHook;
import dev.authgraft.testing.HttpClientContract;
import dev.authgraft.testing.HttpClientContractClient;
import dev.authgraft.testing.HttpClientContractHook;
import java.net.PasswordAuthentication;
import java.nio.file.Path;
import java.util.List;
import net.bytebuddy.agent.ByteBuddyAgent;
import net.bytebuddy.matcher.ElementMatchers;
import okhttp3.OkHttpClient;
import okhttp3.internal.http.RealInterceptorChain;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Served by a hook in OkHttp, as by the agent. */
class ChainHookTest extends HttpClientContract {
  private static volatile @Nullable Authgraft current;

  @BeforeAll
  static void hook() {
    HttpClientContractHook.install(
        ByteBuddyAgent.install(),
        RealInterceptorChain.class,
        ElementMatchers.isConstructor(),
        new ChainHook(() -> current));
  }

  @Override
  protected HttpClientContractClient open(Path config, @Nullable PasswordAuthentication program)
      throws Exception {
    Authgraft authgraft = Authgraft.load(config);
    current = authgraft;
    return new OkHttpTestClient(
        builder(program, authgraft).build(),
        true,
        () -> {
          current = null;
          authgraft.close();
        });
  }

  OkHttpClient.Builder builder(@Nullable PasswordAuthentication program, Authgraft authgraft)
      throws Exception {
    return OkHttpTestClient.builder(program);
  }

  @Test
  void listThatIsNotThatOfAWholeChainIsLeftAlone() {
    ChainHook hook = new ChainHook(() -> current);
    List<Object> interceptors = List.of(new Object());
    assertThat(hook.exchange(interceptors, 1)).isSameAs(interceptors);
    assertThat(hook.exchange("no list", 0)).isEqualTo("no list");
    assertThat(hook.exchange(null, 0)).isNull();
  }

  /** The agent says so: calls of a release that is not known must not go out without a word. */
  @Test
  void chainThatIsNotKnownIsAComplaint() {
    ChainHook hook = new ChainHook(() -> current);
    assertThatThrownBy(() -> hook.exchange(List.of(new Object()), 0))
        .isInstanceOf(IllegalStateException.class);
  }
}
