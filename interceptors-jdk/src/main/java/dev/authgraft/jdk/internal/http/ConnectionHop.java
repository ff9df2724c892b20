package dev.authgraft.jdk.internal.http;

import dev.authgraft.Authgraft;
import dev.authgraft.client.Answer;
import dev.authgraft.client.Attempt;
import dev.authgraft.client.Target;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URL;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;

/*
 * A connection has no place where a hook could keep something, so hops are found in a map, by the
 * headers of the request: the connection and the HttpClient below it both have these, and each hop
 * that changes them is another one. A hop leaves the map with its answer, and with the headers if
 * there is none. The connection's own lock keeps its hop to one thread at a time.
 */
/** One hop of a connection: the first request, a redirect, or one of these sent again. */
final class ConnectionHop {
  private static final Map<Object, ConnectionHop> HOPS =
      Collections.synchronizedMap(new WeakHashMap<>());

  private final Target target;
  private final @Nullable Attempt attempt;
  private @Nullable String programCookies;
  private boolean isApplied;
  private boolean isOver;
  private boolean isReplayed;

  private ConnectionHop(Target target, @Nullable Attempt attempt) {
    this.target = target;
    this.attempt = attempt;
  }

  /** Returns the hop whose request has these headers, or null if it needs no credential. */
  static @Nullable ConnectionHop of(Object headers) {
    return HOPS.get(headers);
  }

  static @Nullable ConnectionHop of(HttpURLConnection connection) {
    return HOPS.get(Internals.requests(connection));
  }

  /** Obtains the credential of the hop that begins, unless that has been done. */
  static void prepare(HttpURLConnection connection, Authgraft authgraft) throws IOException {
    Object headers = Internals.requests(connection);
    Target target = target(connection);
    ConnectionHop before = HOPS.get(headers);
    boolean isNew = before == null || !before.target.equals(target);
    ConnectionHop hop = before == null || isNew ? next(authgraft, target, before) : before;
    if (isNew) HOPS.remove(headers); // Obtaining may fail.
    hop.programCookies = Internals.programCookies(connection);
    hop.obtain(connection, headers);
    // Also without an attempt: a request that is matched twice would be counted twice.
    if (isNew) HOPS.put(headers, hop);
  }

  private static ConnectionHop next(
      Authgraft authgraft, Target target, @Nullable ConnectionHop before) {
    return new ConnectionHop(
        target,
        before == null
            ? authgraft.attempt(target)
            : authgraft.rematch(before.attempt, before.target, target));
  }

  /*
   * Asked again before the request is written: before it sends to another host, the JDK removes the
   * program's credential, but it connects before that.
   */
  private void obtain(HttpURLConnection connection, Object headers) throws IOException {
    if (attempt == null || isOver || attempt.isObtained()) return;
    if (!attempt.isWantedBy(new ProgramHeaders(headers, programCookies))) return;
    isOver = !attempt.obtain(!Internals.isStreaming(connection), () -> false);
  }

  private static Target target(HttpURLConnection connection) {
    URL url = connection.getURL();
    return Target.of(
        url.getProtocol(),
        url.getHost(),
        url.getPort(),
        url.getPath(),
        connection.getRequestMethod());
  }

  /** Returns a copy of {@code headers} with the credential, or null to send them as they are. */
  @Nullable Object applied(Object headers) throws IOException {
    isApplied = false;
    if (attempt == null || isOver || !attempt.isObtained()) return null;
    // What the JDK added for the program's Authenticator is the program's as well.
    if (!attempt.isWantedBy(new ProgramHeaders(headers, programCookies))) return null;
    Object copy = MessageHeaders.copy(headers);
    attempt.applyTo(new HeaderEditor(copy));
    isApplied = true;
    return copy;
  }

  /**
   * Decides about a 401 before the JDK asks the program's {@code Authenticator}. Returns whether
   * the hop is to be sent again with another credential of ours.
   */
  boolean isRenewedForChallenge(Answer answer) throws IOException {
    if (!isApplied || attempt == null) return false;
    if (isRenewed(attempt, answer, true)) {
      isReplayed = true;
      return true;
    }
    isOver = true; // From here on the program's own credential counts.
    return false;
  }

  /** Returns whether the hop, which has its answer, is to be sent again. Ends it if not. */
  boolean isSentAgain(Answer answer, boolean isRepeatable, Object headers) throws IOException {
    if (isReplayed) {
      isReplayed = false;
      return true;
    }
    Attempt sent = isApplied && !isOver ? attempt : null;
    if (sent != null && isRenewed(sent, answer, isRepeatable)) return true;
    HOPS.remove(headers);
    return false;
  }

  private static boolean isRenewed(Attempt sent, Answer answer, boolean isRepeatable)
      throws IOException {
    return sent.isRenewalDue(answer) && sent.renew(isRepeatable, () -> false);
  }

  /** Ends a hop whose body was streamed and whose answer the JDK does not hand on. */
  void endStreaming(Answer answer, Object headers) throws IOException {
    if (attempt != null && isApplied) isRenewed(attempt, answer, false);
    HOPS.remove(headers);
  }
}
