package dev.authgraft.testing;

import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Odoo's JSON-RPC: every answer has the status 200 and sets {@code session_id}, one that says no as
 * well. {@code POST /web/session/authenticate} opens a session; every other call without one is
 * answered with the error 100.
 *
 * <p>Counts {@code login}, {@code login-refused}, {@code protected} and {@code refused}.
 */
public final class OdooApi extends ApiServer {
  private final String password;
  private final Set<String> sessions = ConcurrentHashMap.newKeySet();

  public OdooApi(String password) {
    this.password = password;
    on("login", "POST", "/web/session/authenticate", this::login);
    on("protected", "*", "/**", this::withSession);
    counter("login-refused");
    counter("refused");
    start();
  }

  /** Ends every session. */
  public void expireSessions() {
    sessions.clear();
  }

  private Reply login(ReceivedRequest request) throws MalformedBodyException {
    Object params = request.json().get("params");
    String session = UUID.randomUUID().toString();
    if (!(params instanceof Map) || !password.equals(((Map<?, ?>) params).get("password"))) {
      countOne("login-refused");
      return error(200, "Odoo Server Error", "Access Denied", session);
    }
    sessions.add(session);
    return withCookie(
        Reply.json(200, Map.of("jsonrpc", "2.0", "result", Map.of("uid", 2))), session);
  }

  private Reply withSession(ReceivedRequest request) {
    String session = request.cookie("session_id");
    if (session != null && sessions.contains(session)) {
      return Reply.json(200, Map.of("jsonrpc", "2.0", "result", Map.of()));
    }
    countOne("refused");
    return error(100, "Odoo Session Expired", "Session expired", UUID.randomUUID().toString());
  }

  private static Reply error(int code, String message, String reason, String session) {
    Map<String, Object> error =
        Map.of("code", code, "message", message, "data", Map.of("message", reason));
    return withCookie(Reply.json(200, Map.of("jsonrpc", "2.0", "error", error)), session);
  }

  private static Reply withCookie(Reply reply, String session) {
    return reply.header(
        "Set-Cookie", "session_id=" + session + "; Max-Age=604800; HttpOnly; Path=/");
  }
}
