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
 * The attempt of a hop, which is matched again with the request that is sent: from 5.2 on, the
 * program's request interceptors run after the rule was found and may rewrite the request.
 */
public final class RematchedAttempt {
  private final Authgraft authgraft;
  private volatile HttpRoute route;
  private volatile Attempt current;
  private volatile Target host;

  private RematchedAttempt(
      Authgraft authgraft, HttpRoute route, HttpRequest request, Attempt attempt) {
    this.authgraft = authgraft;
    this.route = route;
    this.current = attempt;
    this.host = Targets.host(route, request);
  }

  /** Returns the attempt for {@code request}, or null if it carries no credential. */
  public static @Nullable RematchedAttempt of(
      Authgraft authgraft, HttpRoute route, HttpRequest request, HttpRequest original) {
    Attempt attempt = authgraft.attempt(Targets.of(route, request));
    return attempt != null && attempt.isWantedBy(new ProgramRequest(request, original))
        ? new RematchedAttempt(authgraft, route, request, attempt)
        : null;
  }

  public Attempt current() {
    return current;
  }

  /**
   * Notes the route of the connection if {@code argument}, one of those it is acquired with, is a
   * route.
   */
  public void leadBy(@Nullable Object argument) {
    if (argument instanceof HttpRoute) route = (HttpRoute) argument;
  }

  /**
   * Returns the attempt for {@code request}, which is being sent; null if it is to carry no
   * credential. It may hold none yet.
   */
  public @Nullable Attempt of(HttpRequest request) {
    if (request.getMethod().equals("CONNECT")) return null; // It goes to a proxy.
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
   * Returns whether {@code now} is what the rules say of {@code name} as well. If the program gave
   * the request another host on its way, it carries a credential only if the rules choose the same
   * one for both hosts.
   */
  private boolean isSameAt(Target name, Attempt before, Attempt now) {
    Attempt there = authgraft.rematch(before, before.target(), name);
    return there != null && there.isObtained() && now.isObtained();
  }
}
