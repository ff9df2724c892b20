package dev.authgraft.spi;

import java.net.URI;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One request of a login: it holds secrets, so only its method and origin are printed. Immutable.
 */
public final class LoginRequest {
  private final String method;
  private final URI url;
  private final Map<String, String> headers;
  private final byte @Nullable [] body;
  private final Duration timeout;

  /** Creates a request. The body is not copied and must not be changed. */
  public LoginRequest(
      String method,
      URI url,
      Map<String, String> headers,
      byte @Nullable [] body,
      Duration timeout) {
    this.method = method;
    this.url = url;
    this.headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
    this.body = body;
    this.timeout = timeout;
  }

  /** Returns the HTTP method, in upper case. */
  public String method() {
    return method;
  }

  /** Returns the absolute URL, http or https. */
  public URI url() {
    return url;
  }

  /**
   * Returns the headers in the order to send, {@code Content-Type} among them if there is a body.
   */
  public Map<String, String> headers() {
    return headers;
  }

  /** Returns the encoded body, or null if there is none. The caller does not change it. */
  public byte @Nullable [] body() {
    return body;
  }

  /** Returns how long the whole call may take, from connecting to the last byte of the answer. */
  public Duration timeout() {
    return timeout;
  }

  @Override
  public String toString() {
    // Placeholders may stand in the path and the query, too.
    String port = url.getPort() < 0 ? "" : ":" + url.getPort();
    return method + " " + url.getScheme() + "://" + url.getHost() + port;
  }
}
