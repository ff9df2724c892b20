package dev.authgraft.okhttp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.authgraft.Authgraft;
import dev.authgraft.okhttp.internal.ChainHook;
import dev.authgraft.testing.HttpClientContractHook;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import net.bytebuddy.agent.ByteBuddyAgent;
import net.bytebuddy.matcher.ElementMatchers;
import okhttp3.Call;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.internal.http.RealInterceptorChain;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A call that ends while it waits for a login ends as it would without us. */
@Timeout(value = 600, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CanceledCallTest {
  @TempDir private Path folder;
  private ServerSocket silent;
  private Authgraft authgraft;

  @BeforeEach
  void startServer() throws Exception {
    silent = new ServerSocket(0, 9, InetAddress.getLoopbackAddress());
    Path config = folder.resolve("authgraft.yml");
    Files.writeString(
        config,
        """
        http: {timeout: 10m, connect-timeout: 10m}
        strategies:
          grafted: {type: lazy-jwt, login: {url: "http://127.0.0.1:%1$d/login", json: {}}}
        rules:
          - {host: "127.0.0.1:%1$d", path: /api, strategy: grafted}
        """
            .formatted(silent.getLocalPort()));
    authgraft = Authgraft.load(config);
  }

  @AfterEach
  void stop() throws IOException {
    authgraft.close();
    silent.close();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void timeoutOfTheCallIsReportedAsSuch(boolean byHand) {
    Call call = call(byHand, 300);
    assertThatThrownBy(call::execute)
        .isInstanceOf(InterruptedIOException.class)
        .hasMessage("timeout");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void cancellationIsReportedAsSuch(boolean byHand) throws Exception {
    Call call = call(byHand, 0);
    Thread canceling =
        new Thread(
            () -> {
              try {
                silent.accept(); // The login is under way.
              } catch (IOException e) {
                throw new IllegalStateException(e);
              }
              call.cancel();
            });
    canceling.start();
    assertThatThrownBy(call::execute).hasMessage("Canceled");
    assertThat(call.isCanceled()).isTrue();
    canceling.join();
  }

  private Call call(boolean byHand, long timeoutMillis) {
    OkHttpClient.Builder builder =
        new OkHttpClient.Builder().callTimeout(timeoutMillis, TimeUnit.MILLISECONDS);
    if (byHand) {
      OkHttpAuth.install(builder, authgraft);
    } else {
      HttpClientContractHook.install(
          ByteBuddyAgent.install(),
          RealInterceptorChain.class,
          ElementMatchers.isConstructor(),
          new ChainHook(() -> authgraft));
    }
    String url = "http://127.0.0.1:" + silent.getLocalPort() + "/api";
    return builder.build().newCall(new Request.Builder().url(url).build());
  }
}
