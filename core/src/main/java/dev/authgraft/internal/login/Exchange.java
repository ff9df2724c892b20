package dev.authgraft.internal.login;

import dev.authgraft.client.Target;
import dev.authgraft.internal.credential.LoginDeadline;
import dev.authgraft.internal.credential.LoginFailure;
import dev.authgraft.internal.secret.ReadPolicy;
import dev.authgraft.internal.secret.Redaction;
import dev.authgraft.internal.secret.StepValues;
import dev.authgraft.internal.secret.Template;
import dev.authgraft.internal.util.Printable;
import dev.authgraft.internal.util.SourcePosition;
import dev.authgraft.spi.LoginRequest;
import dev.authgraft.spi.LoginResponse;
import dev.authgraft.spi.SecretException;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One request to the auth server, and where in its answer the token stands. */
public final class Exchange {
  private final ExchangeKind kind;

  /** What messages call it. */
  private final String name;

  private final SourcePosition position;
  private final Template url;
  private final String method;
  private final Map<String, Template> headers;
  private final @Nullable ExchangeBody body;
  private final ExchangeAnswer answer;

  private Exchange(Builder builder) {
    this.kind = builder.kind;
    this.name = kind.toString();
    this.position = builder.position;
    this.url = builder.url;
    this.method = builder.method;
    this.headers = builder.headers;
    this.body = builder.body;
    this.answer = builder.answer;
  }

  /** Returns a builder of an exchange that sends a POST with no body to {@code url}. */
  public static Builder builder(ExchangeKind kind, Template url) {
    return new Builder(kind, url);
  }

  /** Builds an exchange. For use by one thread. */
  public static final class Builder {
    private final ExchangeKind kind;
    private final Template url;
    private SourcePosition position;
    private String method = "POST";
    private Map<String, Template> headers = Collections.emptyMap();
    private @Nullable ExchangeBody body;
    private ExchangeAnswer answer = ExchangeAnswer.builder().build();

    private Builder(ExchangeKind kind, Template url) {
      this.kind = kind;
      this.url = url;
      this.position = url.position();
    }

    /** Sets the position in the config that messages name; by default, that of the URL. */
    public Builder position(SourcePosition position) {
      this.position = position;
      return this;
    }

    public Builder method(String method) {
      this.method = method;
      return this;
    }

    public Builder headers(Map<String, Template> headers) {
      this.headers = headers;
      return this;
    }

    public Builder body(@Nullable ExchangeBody body) {
      this.body = body;
      return this;
    }

    public Builder answer(ExchangeAnswer answer) {
      this.answer = answer;
      return this;
    }

    public Exchange build() {
      return new Exchange(this);
    }
  }

  /** Returns the exchange that fetches a page with GET. */
  public static Exchange page(Template url) {
    return get(ExchangeKind.PAGE, url);
  }

  /** Returns the exchange that fetches a one-time code with GET. */
  public static Exchange code(Template url) {
    return get(ExchangeKind.CODE, url);
  }

  private static Exchange get(ExchangeKind kind, Template url) {
    return builder(kind, url).method("GET").build();
  }

  public ExchangeKind kind() {
    return kind;
  }

  public String name() {
    return name;
  }

  public String method() {
    return method;
  }

  public Template url() {
    return url;
  }

  public List<String> cookies() {
    return answer.cookies();
  }

  public boolean yieldsCookies() {
    return !cookies().isEmpty();
  }

  /** Adds what this sends, and what it takes from the answer, to the key of its principal. */
  void addTo(PrincipalKey key, StepValues stepValues) throws IOException {
    Map<String, String> sent = new LinkedHashMap<>();
    for (Map.Entry<String, Template> header : headers.entrySet()) {
      sent.put(header.getKey(), header.getValue().resolve(stepValues));
    }
    key.add(name);
    key.add(answer.tokenPointer());
    key.add(String.join(" ", answer.cookies()));
    key.addRequest(
        method,
        url.resolveUrl(stepValues),
        sent,
        body == null ? null : body.contentType(),
        body == null ? new byte[0] : body.encode(stepValues, Collections.emptyMap()));
  }

  LoginResponse send(LoginContext context, StepValues stepValues, LoginDeadline deadline)
      throws LoginFailure {
    return send(context, stepValues, deadline, Collections.emptyMap(), Collections.emptyMap());
  }

  /**
   * Sends this and returns the answer, whatever its status.
   *
   * @param jar the cookies to send
   * @param hidden further fields for the form
   */
  LoginResponse send(
      LoginContext context,
      StepValues stepValues,
      LoginDeadline deadline,
      Map<String, String> jar,
      Map<String, String> hidden)
      throws LoginFailure {
    LoginRequest request = request(context, stepValues, deadline, jar, hidden);
    if (deadline.isOver()) throw LoginFailure.trouble(name + " ran out of time");
    try {
      return context.transport().send(request, context.http());
    } catch (LoginFailure e) {
      throw e;
    } catch (IOException e) {
      // Clients' messages quote addresses, not requests; what was sent is cut out all the same.
      String reason = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
      throw LoginFailure.trouble(
          name
              + " at "
              + origin(request.url())
              + " failed: "
              + Printable.of(Redaction.of(reason, stepValues.secrets())));
    }
  }

  private LoginRequest request(
      LoginContext context,
      StepValues stepValues,
      LoginDeadline deadline,
      Map<String, String> jar,
      Map<String, String> hidden)
      throws LoginFailure {
    try {
      URI resolved = checkedUrl(stepValues);
      stepValues.sentQuery(resolved.getRawQuery());
      Map<String, String> sent = new LinkedHashMap<>();
      sent.put("Accept", kind == ExchangeKind.PAGE ? "text/html,*/*" : "application/json,*/*");
      byte[] encoded = null;
      if (body != null) {
        encoded = body.encode(stepValues, hidden);
        sent.put("Content-Type", body.contentType());
      }
      for (String cookie : jar.values()) stepValues.secret(cookie);
      if (!jar.isEmpty()) putHeader(sent, "Cookie", CookieJar.header(jar));
      for (Map.Entry<String, Template> header : headers.entrySet()) {
        putHeader(sent, header.getKey(), stepValues.secret(header.getValue().resolve(stepValues)));
      }
      return new LoginRequest(method, resolved, sent, encoded, deadline.left());
    } catch (IOException e) {
      throw LoginFailure.notSent(String.valueOf(e.getMessage()));
    }
  }

  private void putHeader(Map<String, String> sent, String header, String value) throws IOException {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if ((c < 0x20 && c != '\t') || c >= 0x7f) {
        throw new IOException(
            "header "
                + header
                + " of "
                + name
                + " holds a character that no header can carry ("
                + position
                + ")");
      }
    }
    sent.keySet().removeIf(header::equalsIgnoreCase);
    sent.put(header, value);
  }

  /** Returns the URL, which is https unless the config itself says http or the host is this one. */
  private URI checkedUrl(StepValues stepValues) throws IOException {
    // Only the values of placeholders in the query can be secret; they are not repeated.
    URI resolved;
    try {
      resolved = new URI(url.resolveUrl(stepValues));
    } catch (URISyntaxException e) {
      throw new IOException(
          "the url of " + name + " is not a URL: " + shown(url) + " (" + position + ")");
    }
    String scheme = resolved.getScheme();
    boolean http = "http".equalsIgnoreCase(scheme);
    if (resolved.getHost() == null || !(http || "https".equalsIgnoreCase(scheme))) {
      throw new IOException(
          "the url of "
              + name
              + " is not an absolute http or https URL: "
              + shown(url)
              + underscore(resolved)
              + " ("
              + position
              + ")");
    }
    if (resolved.getRawUserInfo() != null) {
      throw new IOException(
          "the url of " + name + " holds user info (write a header instead: " + position + ")");
    }
    boolean loopback = Target.isLoopback(Target.canonicalHost(resolved.getHost()));
    if (http && !loopback && !saysHttp()) {
      throw new IOException(
          "refusing to send secrets of "
              + name
              + " over plain http (write http:// in the config"
              + " itself if that is meant: "
              + position
              + ")");
    }
    return resolved;
  }

  /** Returns what is wrong with a host that Java takes for none, or nothing. */
  public static String underscore(URI url) {
    String authority = url.getRawAuthority();
    return authority == null || authority.indexOf('_') < 0
        ? ""
        : ": no host name has a '_' (use another name of the server, or its address)";
  }

  /** Returns {@code url} as it was written, without its query and user info: both hold secrets. */
  public static String shown(Template url) {
    return Redaction.ofUrl(url.toString());
  }

  /** Returns whether the config says in so many words that secrets may travel in clear. */
  public boolean saysHttp() {
    return url.literalStart().regionMatches(true, 0, "http://", 0, 7);
  }

  /**
   * Refuses an answer that is an error, in the terms of {@link LoginFailure}.
   *
   * @param now the local time, for {@code Retry-After}
   */
  void check(LoginResponse received, StepValues stepValues, long now) throws LoginFailure {
    answer.check(name, received, stepValues, now);
  }

  /** Does the same for what the config alone takes for a refusal. */
  void checkRefusedWhen(LoginResponse received, StepValues stepValues, long now)
      throws LoginFailure {
    answer.checkRefusedWhen(name, received, stepValues, now);
  }

  /** Returns the token in an answer with a good status. */
  String token(LoginResponse received, StepValues stepValues) throws LoginFailure {
    return answer.token(name, received, stepValues);
  }

  @Nullable String expiresIn(LoginResponse received, StepValues stepValues) throws LoginFailure {
    return answer.expiresIn(name, received, stepValues);
  }

  /** Returns the refresh token in the answer; an empty one is none. */
  @Nullable String refreshToken(LoginResponse received, StepValues stepValues) throws LoginFailure {
    return answer.refreshToken(name, received, stepValues);
  }

  /**
   * Returns whether {@code location}, absolute or relative, is the page of this exchange, whatever
   * its query adds. A program that tells its pages apart by a parameter is not there where one of
   * the parameters has another value.
   */
  boolean isAt(String location) {
    URI own = presentUrl();
    if (own == null) return false;
    String there = LoginPages.path(own, location);
    if (there == null || !there.equals(LoginPages.path(own, own.getRawPath()))) return false;
    int query = location.indexOf('?');
    return query < 0
        || own.getRawQuery() == null
        || !differ(parameters(own.getRawQuery()), parameters(location.substring(query + 1)));
  }

  /** Returns its path, as far as it is known without waiting. */
  String path() {
    URI own = presentUrl();
    String path = own == null ? null : LoginPages.path(own, own.getRawPath());
    return path == null ? shown(url) : path;
  }

  private @Nullable URI presentUrl() {
    try {
      URI own = new URI(url.resolveUrl(new StepValues(ReadPolicy.NO_WAIT)));
      return own.isOpaque() || own.getRawPath() == null
          ? null
          : own.getRawPath().isEmpty() ? own.resolve("/") : own;
    } catch (URISyntaxException | SecretException e) {
      return null;
    }
  }

  private static Map<String, String> parameters(String query) {
    Map<String, String> parameters = new LinkedHashMap<>();
    for (String pair : query.split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0) parameters.put(pair.substring(0, equals), pair.substring(equals + 1));
    }
    return parameters;
  }

  private static boolean differ(Map<String, String> own, Map<String, String> there) {
    for (Map.Entry<String, String> parameter : own.entrySet()) {
      String value = there.get(parameter.getKey());
      if (value != null && !value.equals(parameter.getValue())) return true;
    }
    return false;
  }

  /** Returns the names of the fields of the form that is sent, none where it is no form. */
  Set<String> formFields() {
    return body instanceof ExchangeBody.Form
        ? ((ExchangeBody.Form) body).names()
        : Collections.emptySet();
  }

  private static String origin(URI url) {
    return url.getScheme() + "://" + url.getHost() + (url.getPort() < 0 ? "" : ":" + url.getPort());
  }
}
