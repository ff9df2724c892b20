package dev.authgraft.jdk.internal.http;

import dev.authgraft.Authgraft;
import dev.authgraft.internal.hook.AroundHook;
import dev.authgraft.internal.util.Contained;
import java.net.HttpURLConnection;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Renews a rejected credential in {@code getServerAuthentication}, which the JDK calls for each 401
 * with or without a challenge. Only if that fails is the program's {@code Authenticator} asked.
 */
public final class ChallengeHook implements AroundHook {
  private static final int UNAUTHORIZED = 401;

  public ChallengeHook(@SuppressWarnings("unused") Supplier<@Nullable Authgraft> authgraft) {
    Internals.check();
  }

  /**
   * Returns null, which means no credential of the JDK's, to have {@link ResponseHook} send again.
   */
  @Override
  public @Nullable Object enter(@Nullable Object[] arguments) {
    HttpURLConnection connection = (HttpURLConnection) arguments[0];
    ConnectionHop hop = ConnectionHop.of(connection);
    if (hop == null) return arguments;
    try {
      ConnectionAnswer answer = new ConnectionAnswer(connection, UNAUTHORIZED);
      return hop.isRenewedForChallenge(answer) ? null : arguments;
    } catch (Throwable e) {
      return Contained.failure(e);
    }
  }
}
