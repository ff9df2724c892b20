package dev.authgraft.okhttp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.authgraft.Authgraft;
import dev.authgraft.internal.hook.UnservedException;
import dev.authgraft.okhttp.internal.ChainHook;
import dev.authgraft.testing.HttpClientContract;
import dev.authgraft.testing.HttpClientContractClient;
import dev.authgraft.testing.HttpClientContractHook;
import java.net.PasswordAuthentication;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import net.bytebuddy.agent.ByteBuddyAgent;
import net.bytebuddy.matcher.ElementMatchers;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.internal.UnknownInterceptor;
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
    assertThat(hook.replace(interceptors, 1)).isSameAs(interceptors);
    assertThat(hook.replace("no list", 0)).isEqualTo("no list");
    assertThat(hook.replace(null, 0)).isNull();
  }

  /** OkHttp's own tests build such chains: RetryConnectionTest, RouteSelectorTest. */
  @Test
  void chainThatAProgramBuildsItselfIsLeftAlone() {
    ChainHook hook = new ChainHook(() -> current);
    Interceptor own = chain -> chain.proceed(chain.request());
    for (List<?> interceptors :
        List.of(
            List.of(),
            List.of(own),
            Arrays.asList(own, null),
            List.of(new UnknownInterceptor(), own))) {
      assertThat(hook.replace(interceptors, 0)).isSameAs(interceptors);
    }
  }

  /** The agent says so: calls of a release that is not known must not go out without a word. */
  @Test
  void unknownWholeChainIsReported() {
    ChainHook hook = new ChainHook(() -> current);
    List<Interceptor> unknown = Arrays.asList(null, new UnknownInterceptor());
    assertThatThrownBy(() -> hook.replace(unknown, 0)).isInstanceOf(UnservedException.class);
  }
}
