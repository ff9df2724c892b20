package dev.authgraft.apache;

import dev.authgraft.Authgraft;
import java.net.PasswordAuthentication;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.jspecify.annotations.Nullable;

/** Served by a hook and, twice, by hand. */
class ServedTwiceTest extends ExecChainHookTest {
  @Override
  HttpClientBuilder builder(@Nullable PasswordAuthentication program, Authgraft authgraft) {
    HttpClientBuilder builder = super.builder(program, authgraft);
    return ApacheAuth.install(ApacheAuth.install(builder, authgraft), authgraft);
  }
}
