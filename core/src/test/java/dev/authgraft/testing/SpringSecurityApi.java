package dev.authgraft.testing;

import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A web application with the form login of Spring Security as it is by default, without CSRF: every
 * answer to somebody unknown opens a session of nobody's. {@code POST /login} redirects to {@code
 * /} or, with a wrong password, to {@code /login?error}; every other page redirects to {@code
 * /login} without a session of somebody's.
 *
 * <p>Counts {@code page}, {@code login}, {@code login-refused}, {@code protected} and {@code
 * refused}.
 */
public final class SpringSecurityApi extends ApiServer {
  private final String password;
  private final String attributes;
  private final Set<String> sessions = ConcurrentHashMap.newKeySet();

  /**
   * @param attributes what follows a session's cookie: {@code Path=/; HttpOnly}
   */
  public SpringSecurityApi(String password, String attributes) {
    this.password = password;
    this.attributes = attributes;
    on("page", "GET|HEAD", "/login", request -> anonymous(loginPage()));
    on("login", "POST", "/login", this::login);
    on("protected", "*", "/**", this::withSession);
    counter("login-refused");
    counter("refused");
    start();
  }

  /** Ends every session. */
  public void expireSessions() {
    sessions.clear();
  }

  private static Reply loginPage() {
    return Reply.of(
        200,
        "text/html;charset=UTF-8",
        "<title>Please sign in</title><form method=post action=/login><input name=username>"
            + "<input type=password name=password></form>");
  }

  private Reply login(ReceivedRequest request) throws MalformedBodyException {
    Map<String, String> form = request.form();
    if (!password.equals(form.get("password"))) {
      countOne("login-refused");
      return anonymous(Reply.redirect("/login?error"));
    }
    String session = UUID.randomUUID().toString();
    sessions.add(session);
    return withCookie(Reply.redirect("/"), session);
  }

  private Reply withSession(ReceivedRequest request) {
    String session = request.cookie("JSESSIONID");
    if (session != null && sessions.contains(session)) return Reply.json(200, Map.of());
    countOne("refused");
    return anonymous(Reply.redirect(url("/login").toString()));
  }

  private Reply anonymous(Reply reply) {
    return withCookie(reply, UUID.randomUUID().toString());
  }

  private Reply withCookie(Reply reply, String session) {
    return reply.header("Set-Cookie", "JSESSIONID=" + session + "; " + attributes);
  }
}
