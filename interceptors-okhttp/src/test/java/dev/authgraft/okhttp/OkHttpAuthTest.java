package dev.authgraft.okhttp;

import dev.authgraft.Authgraft;
import dev.authgraft.testing.HttpClientContract;
import dev.authgraft.testing.HttpClientContractClient;
import java.net.PasswordAuthentication;
import java.nio.file.Path;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/** Served by hand, calls executed. */
class OkHttpAuthTest extends HttpClientContract {
  @Override
  protected HttpClientContractClient open(Path config, @Nullable PasswordAuthentication program)
      throws Exception {
    Authgraft authgraft = Authgraft.load(config);
    OkHttpClient.Builder builder = OkHttpTestClient.builder(program);
    return new OkHttpTestClient(
        OkHttpAuth.install(builder, authgraft).build(), isAsync(), authgraft);
  }

  boolean isAsync() {
    return false;
  }
}
