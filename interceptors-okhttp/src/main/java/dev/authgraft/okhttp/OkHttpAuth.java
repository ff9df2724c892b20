package dev.authgraft.okhttp;

import dev.authgraft.Authgraft;
import dev.authgraft.okhttp.internal.HandInstallation;
import okhttp3.OkHttpClient;

/** Adds authentication to OkHttp clients that a program builds itself. */
public final class OkHttpAuth {
  private OkHttpAuth() {}

  /**
   * Makes every client that {@code client} builds send the credential that {@code authgraft} has
   * for the target of each hop, and renew a credential that the server rejects.
   *
   * <p>Call this last: a network interceptor that is added later sees the credential. The
   * credential for the first hop is obtained before the call takes a connection; the credential for
   * a redirect to another origin is obtained while the call holds one. Web sockets pass no network
   * interceptor and get no credential; those of a client that the agent serves do. A client that is
   * served already, by an earlier call of this method or as a copy of such a client, is left as it
   * is. A rejected call is sent again from OkHttp 3.11 on; before that, the credential is replaced
   * for the next call.
   *
   * @return {@code client}
   */
  public static OkHttpClient.Builder install(OkHttpClient.Builder client, Authgraft authgraft) {
    return HandInstallation.install(client, authgraft);
  }
}
