package dev.authgraft.internal.login;

import dev.authgraft.internal.credential.LoginDeadline;
import dev.authgraft.internal.secret.StepValues;
import dev.authgraft.internal.secret.Template;
import dev.authgraft.internal.util.SourcePosition;
import dev.authgraft.spi.LoginRequest;
import java.io.IOException;
import java.net.URI;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What an exchange sends. Immutable. */
final class ExchangeRequest {
  private final ExchangeKind kind;
  private final SourcePosition position;
  private final ExchangeUrl url;
  private final String method;
  private final Map<String, Template> headers;
  private final @Nullable ExchangeBody body;

  ExchangeRequest(Exchange.Builder exchange) {
    this.kind = exchange.kind;
    this.position = exchange.position;
    this.url = exchange.url;
    this.method = exchange.method;
    this.headers = exchange.headers;
    this.body = exchange.body;
  }

  ExchangeUrl url() {
    return url;
  }

  String method() {
    return method;
  }

  /** Returns the names of the fields of the form that is sent, none if the body is no form. */
  Set<String> formFields() {
    return body instanceof ExchangeBody.Form
        ? ((ExchangeBody.Form) body).names()
        : Collections.emptySet();
  }

  /**
   * Returns the request with the values of placeholders written out.
   *
   * @param stepValues to read from; notes what is sent, so that it can be redacted
   * @param jar the cookies to send, by name
   * @param hidden further fields for the form
   * @throws IOException if a value is missing or cannot be sent; the message holds no secret
   */
  LoginRequest build(
      StepValues stepValues,
      LoginDeadline deadline,
      Map<String, String> jar,
      Map<String, String> hidden)
      throws IOException {
    URI resolved = url.resolve(stepValues, kind.toString(), position.toString());
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
      String value = stepValues.secret(header.getValue().resolve(stepValues));
      putHeader(sent, header.getKey(), value);
    }
    // Asked last: secrets that were waited for have taken their part of the time.
    return new LoginRequest(method, resolved, sent, encoded, deadline.left());
  }

  private void putHeader(Map<String, String> sent, String header, String value) throws IOException {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if ((c < 0x20 && c != '\t') || c >= 0x7f) {
        throw new IOException(
            "header "
                + header
                + " of "
                + kind
                + " holds a character that no header can carry ("
                + position
                + ")");
      }
    }
    sent.keySet().removeIf(header::equalsIgnoreCase);
    sent.put(header, value);
  }

  /** Adds what is sent to the key of a principal. */
  void addTo(PrincipalKey key, StepValues stepValues) throws IOException {
    Map<String, String> sent = new LinkedHashMap<>();
    for (Map.Entry<String, Template> header : headers.entrySet()) {
      sent.put(header.getKey(), header.getValue().resolve(stepValues));
    }
    key.addRequest(
        method,
        url.template().resolveUrl(stepValues),
        sent,
        body == null ? null : body.contentType(),
        body == null ? new byte[0] : body.encode(stepValues, Collections.emptyMap()));
  }
}
