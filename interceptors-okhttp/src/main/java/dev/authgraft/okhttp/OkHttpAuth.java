package dev.authgraft.okhttp;

import dev.authgraft.Authgraft;
import dev.authgraft.okhttp.internal.HandInstallation;
import okhttp3.OkHttpClient;

/** Grafts authentication onto OkHttp clients that the program builds itself. */
public final class OkHttpAuth {
  private OkHttpAuth() {}

  /**
   * Makes every client that {@code client} builds present the credentials that {@code authgraft}
   * has for the target of each hop, and renew those that a server rejects.
   *
   * <p>Call this last: a network interceptor that is added later sees the credential. A credential
   * for the first hop is obtained before the call holds a connection, one for another origin that
   * it is redirected to while it holds one. Web sockets pass no network interceptor and get no
   * credential; those of a client that the agent serves do. A client that is served already, by an
   * earlier call of this or as a copy of such a client, is left as it is. Replaying a rejected call
   * takes OkHttp 3.11; before that the credential is replaced for the next call.
   *
   * @return {@code client}
   */
  public static OkHttpClient.Builder install(OkHttpClient.Builder client, Authgraft authgraft) {
    return HandInstallation.install(client, authgraft);
  }
}
