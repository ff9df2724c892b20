package dev.authgraft.apache.internal.exec;

import dev.authgraft.Authgraft;
import dev.authgraft.apache.internal.request.ProgramRequest;
import dev.authgraft.apache.internal.request.Targets;
import dev.authgraft.client.Attempt;
import dev.authgraft.client.Target;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.core5.http.HttpRequest;
import org.jspecify.annotations.Nullable;

/**
 * The attempt of a hop, which is matched again with what is sent: from 5.2 on, request interceptors
 * of the program's run after its rule was found, and may rewrite the request.
 */
public final class HopAttempt {
  private final Authgraft authgraft;
  private volatile HttpRoute route;
  private volatile Attempt current;
  private volatile Target host;

  private HopAttempt(Authgraft authgraft, HttpRoute route, HttpRequest request, Attempt attempt) {
    this.authgraft = authgraft;
    this.route = route;
    this.current = attempt;
    this.host = Targets.host(route, request);
  }

  /** Returns the attempt for {@code request}, or null if it carries no credential. */
  public static @Nullable HopAttempt of(
      Authgraft authgraft, HttpRoute route, HttpRequest request, HttpRequest original) {
    Attempt attempt = authgraft.attempt(Targets.of(route, request));
    return attempt != null && attempt.isWantedBy(new ProgramRequest(request, original))
        ? new HopAttempt(authgraft, route, request, attempt)
        : null;
  }

  public Attempt current() {
    return current;
  }

  /** Notes where a connection leads if {@code argument}, that it is acquired with, says so. */
  public void leadBy(@Nullable Object argument) {
    if (argument instanceof HttpRoute) route = (HttpRoute) argument;
  }

  /**
   * Returns the attempt for {@code request}, which is being sent; null if it is to carry no
   * credential. It may hold none yet.
   */
  public @Nullable Attempt of(HttpRequest request) {
    if (request.getMethod().equals("CONNECT")) return null; // To a proxy, which is not the target.
    Attempt before = current;
    Attempt now = authgraft.rematch(before, before.target(), Targets.of(route, request));
    if (now == null) return null;
    Target sentTo = Targets.host(route, request);
    if (!sentTo.equals(host) && !isSameAt(Targets.named(route, request), before, now)) return null;
    current = now;
    host = sentTo;
    return now;
  }

  /**
   * Returns whether {@code now} is what the rules say of {@code name} as well. A host that the
   * program gave the request on its way gets no credential that would go to either host alone.
   */
  private boolean isSameAt(Target name, Attempt before, Attempt now) {
    Attempt there = authgraft.rematch(before, before.target(), name);
    return there != null && there.isObtained() && now.isObtained();
  }
}
