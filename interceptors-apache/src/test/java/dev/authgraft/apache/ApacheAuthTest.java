package dev.authgraft.apache;

import dev.authgraft.Authgraft;
import dev.authgraft.testing.HttpClientContract;
import dev.authgraft.testing.HttpClientContractClient;
import java.net.PasswordAuthentication;
import java.nio.file.Path;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.jspecify.annotations.Nullable;

/** Served by hand. */
class ApacheAuthTest extends HttpClientContract {
  @Override
  protected HttpClientContractClient open(Path config, @Nullable PasswordAuthentication program)
      throws Exception {
    Authgraft authgraft = Authgraft.load(config);
    return new ApacheTestClient(
        ApacheAuth.install(ApacheTestClient.builder(program), authgraft),
        new PoolingHttpClientConnectionManager(),
        authgraft);
  }
}
