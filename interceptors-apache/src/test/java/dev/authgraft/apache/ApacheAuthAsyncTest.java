package dev.authgraft.apache;

import dev.authgraft.Authgraft;
import dev.authgraft.testing.HttpClientContract;
import dev.authgraft.testing.HttpClientContractClient;
import java.net.PasswordAuthentication;
import java.nio.file.Path;
import org.apache.hc.client5.http.impl.async.HttpAsyncClientBuilder;
import org.apache.hc.client5.http.impl.async.HttpAsyncClients;
import org.apache.hc.client5.http.impl.nio.PoolingAsyncClientConnectionManager;
import org.jspecify.annotations.Nullable;

/** Asynchronous calls, served by hand. */
class ApacheAuthAsyncTest extends HttpClientContract {
  @Override
  protected HttpClientContractClient open(Path config, @Nullable PasswordAuthentication program)
      throws Exception {
    Authgraft authgraft = Authgraft.load(config);
    return open(ApacheAuth.install(HttpAsyncClients.custom(), authgraft), program, authgraft);
  }

  static HttpClientContractClient open(
      HttpAsyncClientBuilder builder,
      @Nullable PasswordAuthentication program,
      AutoCloseable served) {
    PoolingAsyncClientConnectionManager connections = new PoolingAsyncClientConnectionManager();
    return new ApacheAsyncTestClient(
        builder
            .setConnectionManager(connections)
            .setDefaultCredentialsProvider(ApacheAsyncTestClient.credentials(program))
            .build(),
        () -> connections.getTotalStats().getLeased(),
        served);
  }
}
