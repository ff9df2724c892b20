package dev.authgraft.testing;

import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A portal with a login page and a session cookie, as Spring Security builds them. {@code GET
 * /login} opens a session and shows a form with a hidden {@code _csrf}; {@code POST /login} with
 * both exchanges that session for another. Every other page redirects to {@code /login} without
 * such a session.
 *
 * <p>Counts {@code page} (the login page), {@code login}, {@code login-refused}, {@code protected}
 * and {@code refused}.
 */
public final class PortalApi extends ApiServer {
  /** The user of a portal made without one. */
  public static final String USERNAME = "robot";

  private final String username;
  private final String password;

  private final Set<String> sessions = ConcurrentHashMap.newKeySet();

  /** By the session that the login page opened. */
  private final Map<String, String> csrfTokens = new ConcurrentHashMap<>();

  /** Expects {@link #USERNAME} and {@link #AWKWARD_PASSWORD}. */
  public PortalApi() {
    this(USERNAME, AWKWARD_PASSWORD);
  }

  /** Expects these. */
  public PortalApi(String username, String password) {
    this.username = username;
    this.password = password;
    on("page", "GET|HEAD", "/login", this::page);
    on("login", "POST", "/login", this::login);
    on("protected", "*", "/**", this::withSession);
    counter("login-refused");
    counter("refused");
    start();
  }

  /** Ends every session. */
  public void expireSessions() {
    sessions.clear();
    csrfTokens.clear();
  }

  private Reply page(ReceivedRequest request) {
    String session = newId();
    // Characters that have to survive both HTML and the form.
    String csrf = newId() + "&+=\"";
    csrfTokens.put(session, csrf);
    String html =
        """
        <!DOCTYPE html>
        <html><head><title>Sign in</title></head><body>
        <form method="post" action="/login">
          <input type="hidden" name="_csrf" value="%s"/>
          <input type="text" name="username"/> <input type="password" name="password"/>
          <button type="submit">Sign in</button>
        </form></body></html>
        """
            .formatted(csrf.replace("&", "&amp;").replace("\"", "&quot;"));
    return withCookie(Reply.of(200, "text/html;charset=UTF-8", html), session);
  }

  private Reply login(ReceivedRequest request) throws MalformedBodyException {
    Map<String, String> form = request.form();
    String session = request.cookie("JSESSIONID");
    String csrf = session == null ? null : csrfTokens.get(session);
    if (session == null || csrf == null || !csrf.equals(form.get("_csrf"))) {
      countOne("login-refused");
      return Reply.of(403, "text/html;charset=UTF-8", "<h1>Forbidden</h1>");
    }
    if (!username.equals(form.get("username")) || !password.equals(form.get("password"))) {
      countOne("login-refused");
      return Reply.redirect("/login?error");
    }
    csrfTokens.remove(session);
    String rotated = newId();
    sessions.add(rotated);
    return withCookie(Reply.redirect("/"), rotated);
  }

  private Reply withSession(ReceivedRequest request) {
    String session = request.cookie("JSESSIONID");
    if (session == null || !sessions.contains(session)) {
      countOne("refused");
      return Reply.redirect(url("/login").toString());
    }
    return Reply.of(200, "text/html;charset=UTF-8", "<h1>" + request.path() + "</h1>");
  }

  private static Reply withCookie(Reply reply, String session) {
    return reply.header("Set-Cookie", "JSESSIONID=" + session + "; Path=/; HttpOnly");
  }

  private static String newId() {
    return UUID.randomUUID().toString().replace("-", "");
  }
}
