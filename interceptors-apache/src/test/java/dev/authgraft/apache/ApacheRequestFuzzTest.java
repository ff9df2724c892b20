package dev.authgraft.apache;

import dev.authgraft.Authgraft;
import dev.authgraft.apache.internal.async.AsyncExecChainHook;
import dev.authgraft.apache.internal.classic.ExecChainHook;
import dev.authgraft.testing.HttpClientContractClient;
import dev.authgraft.testing.HttpClientContractHook;
import dev.authgraft.testing.fuzz.RequestFuzz;
import dev.authgraft.testing.fuzz.RequestFuzz.Moved;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import net.bytebuddy.agent.ByteBuddyAgent;
import net.bytebuddy.matcher.ElementMatchers;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.ChainElement;
import org.apache.hc.client5.http.impl.DefaultHttpRequestRetryStrategy;
import org.apache.hc.client5.http.impl.async.AsyncProtocolExec;
import org.apache.hc.client5.http.impl.async.HttpAsyncClientBuilder;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.classic.ProtocolExec;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManager;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManagerBuilder;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.HttpRequestInterceptor;
import org.apache.hc.core5.util.TimeValue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Calls at random. */
@Timeout(3600)
final class ApacheRequestFuzzTest {
  private static final String REDIRECT = ChainElement.REDIRECT.name();
  private static final String TRANSPORT = ChainElement.MAIN_TRANSPORT.name();
  private static final RequestConfig CONFIG =
      RequestConfig.custom().setCircularRedirectsAllowed(true).build();
  private static final DefaultHttpRequestRetryStrategy RETRIES =
      new DefaultHttpRequestRetryStrategy(2, TimeValue.ZERO_MILLISECONDS);

  private static volatile @Nullable Authgraft current;

  @TempDir private Path directory;

  @Test
  void classicCalls() throws Exception {
    RequestFuzz.run(
        directory,
        Moved.MAY_LACK,
        config -> classic(Authgraft.load(config)),
        unserved -> classic(null));
  }

  @Test
  void asynchronousCalls() throws Exception {
    RequestFuzz.run(
        directory,
        Moved.MAY_FAIL,
        config -> async(Authgraft.load(config)),
        unserved -> async(null));
  }

  @Test
  void hookedClassicCalls() throws Exception {
    HttpClientContractHook.install(
        ByteBuddyAgent.install(),
        ProtocolExec.class,
        ElementMatchers.named("execute"),
        new ExecChainHook(() -> current));
    RequestFuzz.run(
        directory,
        Moved.MAY_LACK,
        config -> new Hooked(classic(null), config),
        unserved -> classic(null));
  }

  @Test
  void hookedAsynchronousCalls() throws Exception {
    HttpClientContractHook.install(
        ByteBuddyAgent.install(),
        AsyncProtocolExec.class,
        ElementMatchers.named("execute"),
        new AsyncExecChainHook(() -> current));
    RequestFuzz.run(
        directory,
        Moved.MAY_FAIL,
        config -> new Hooked(async(null), config),
        unserved -> async(null));
  }

  private static HttpClientContractClient classic(@Nullable Authgraft authgraft) {
    HttpClientBuilder builder =
        ApacheTestClient.builder(null)
            .setDefaultRequestConfig(CONFIG)
            .setRetryStrategy(RETRIES)
            .addRequestInterceptorFirst(rewriting("first"))
            .addRequestInterceptorLast(rewriting("last"));
    builder.addExecInterceptorBefore(
        REDIRECT,
        "outer",
        (request, scope, chain) -> {
          rewrite(request, "outer");
          return chain.proceed(request, scope);
        });
    builder.addExecInterceptorBefore(
        TRANSPORT,
        "inner",
        (request, scope, chain) -> {
          rewrite(request, "inner");
          return chain.proceed(request, scope);
        });
    if (authgraft != null) ApacheAuth.install(builder, authgraft);
    return new ApacheTestClient(
        builder,
        PoolingHttpClientConnectionManagerBuilder.create().setDnsResolver(new Loopback()).build(),
        authgraft == null ? () -> {} : authgraft);
  }

  private static HttpClientContractClient async(@Nullable Authgraft authgraft) {
    PoolingAsyncClientConnectionManager connections =
        PoolingAsyncClientConnectionManagerBuilder.create().setDnsResolver(new Loopback()).build();
    HttpAsyncClientBuilder builder =
        HttpAsyncClients.custom()
            .setConnectionManager(connections)
            .setDefaultRequestConfig(CONFIG)
            .setRetryStrategy(RETRIES)
            .addRequestInterceptorFirst(rewriting("first"))
            .addRequestInterceptorLast(rewriting("last"));
    builder.addExecInterceptorBefore(
        REDIRECT,
        "outer",
        (request, body, scope, chain, callback) -> {
          rewrite(request, "outer");
          chain.proceed(request, body, scope, callback);
        });
    builder.addExecInterceptorBefore(
        TRANSPORT,
        "inner",
        (request, body, scope, chain, callback) -> {
          rewrite(request, "inner");
          chain.proceed(request, body, scope, callback);
        });
    if (authgraft != null) ApacheAuth.install(builder, authgraft);
    return new ApacheAsyncTestClient(
        builder.build(),
        () -> connections.getTotalStats().getLeased(),
        authgraft == null ? () -> {} : authgraft);
  }

  private static HttpRequestInterceptor rewriting(String stage) {
    return (request, entity, context) -> rewrite(request, stage);
  }

  private static void rewrite(HttpRequest request, String stage) {
    if (!request.containsHeader("X-Rewrite")) return;
    String[] words = request.getFirstHeader("X-Rewrite").getValue().split(" ");
    if (!words[0].equals(stage)) return;
    if (words[1].equals("set")) request.setHeader(words[2], words[3]);
    else if (words[1].equals("add")) request.addHeader(words[2], words[3]);
    else request.setPath(words[2]);
  }

  /** Is served while it sends. */
  private static final class Hooked implements HttpClientContractClient {
    private final HttpClientContractClient client;
    private final Authgraft authgraft;

    Hooked(HttpClientContractClient client, Path config) throws Exception {
      this.client = client;
      this.authgraft = Authgraft.load(config);
    }

    @Override
    public Reply send(Call call) throws IOException {
      current = authgraft;
      try {
        return client.send(call);
      } finally {
        current = null;
      }
    }

    @Override
    public int connectionsInUse() {
      return client.connectionsInUse();
    }

    @Override
    public void close() throws IOException {
      client.close();
      authgraft.close();
    }
  }

  private static final class Loopback implements DnsResolver {
    @Override
    public InetAddress[] resolve(String host) {
      return new InetAddress[] {InetAddress.getLoopbackAddress()};
    }

    @Override
    public String resolveCanonicalHostname(String host) {
      return host;
    }
  }
}
