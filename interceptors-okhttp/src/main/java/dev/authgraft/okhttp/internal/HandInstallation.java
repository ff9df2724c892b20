package dev.authgraft.okhttp.internal;

import dev.authgraft.Authgraft;
import java.util.Objects;
import okhttp3.OkHttpClient;

/** Registers the interceptors through OkHttp's public API. */
public final class HandInstallation {
  private HandInstallation() {}

  /** Does what {@link dev.authgraft.okhttp.OkHttpAuth#install} says. */
  public static OkHttpClient.Builder install(OkHttpClient.Builder client, Authgraft authgraft) {
    Objects.requireNonNull(authgraft, "authgraft");
    if (ChainHook.isServed(client.networkInterceptors())) return client;
    if (Features.TYPED_TAGS) client.addInterceptor(new TaggingInterceptor(authgraft));
    return client.addNetworkInterceptor(new HandApplyInterceptor(authgraft));
  }
}
