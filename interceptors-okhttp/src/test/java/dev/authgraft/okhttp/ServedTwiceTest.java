package dev.authgraft.okhttp;

import dev.authgraft.Authgraft;
import java.net.PasswordAuthentication;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/** Served by a hook and by hand, and once more as a copy. */
class ServedTwiceTest extends ChainHookTest {
  @Override
  OkHttpClient.Builder builder(@Nullable PasswordAuthentication program, Authgraft authgraft)
      throws Exception {
    OkHttpClient.Builder builder = super.builder(program, authgraft);
    OkHttpClient served = OkHttpAuth.install(builder, authgraft).build();
    return OkHttpAuth.install(OkHttpAuth.install(served.newBuilder(), authgraft), authgraft);
  }
}
