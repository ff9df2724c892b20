package dev.authgraft.internal.login;

import dev.authgraft.client.Target;
import dev.authgraft.internal.secret.ReadPolicy;
import dev.authgraft.internal.secret.Redaction;
import dev.authgraft.internal.secret.StepValues;
import dev.authgraft.internal.secret.Template;
import dev.authgraft.spi.SecretException;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The URL of an exchange. Immutable. */
public final class ExchangeUrl {
  private final Template template;

  public ExchangeUrl(Template template) {
    this.template = template;
  }

  /** Returns the URL with its placeholders. */
  public Template template() {
    return template;
  }

  /**
   * Returns the URL, which is https unless the config itself says http or the host is this one.
   *
   * @throws IOException if secrets must not be sent to it; the message follows the name of the
   *     exchange and holds none of them
   */
  URI resolve(StepValues stepValues, String exchange, String position) throws IOException {
    // Only the values of placeholders in the query can be secret; they are not repeated.
    URI url;
    try {
      url = new URI(template.resolveUrl(stepValues));
    } catch (URISyntaxException e) {
      throw new IOException(
          "the url of " + exchange + " is not a URL: " + this + " (" + position + ")");
    }
    String scheme = url.getScheme();
    boolean http = "http".equalsIgnoreCase(scheme);
    if (url.getHost() == null || !(http || "https".equalsIgnoreCase(scheme))) {
      throw new IOException(
          "the url of "
              + exchange
              + " is not an absolute http or https URL: "
              + this
              + underscore(url)
              + " ("
              + position
              + ")");
    }
    if (url.getRawUserInfo() != null) {
      throw new IOException(
          "the url of " + exchange + " holds user info (write a header instead: " + position + ")");
    }
    boolean loopback = Target.isLoopback(Target.canonicalHost(url.getHost()));
    if (http && !loopback && !saysHttp()) {
      throw new IOException(
          "refusing to send secrets of "
              + exchange
              + " over plain http (write http:// in the config"
              + " itself if that is meant: "
              + position
              + ")");
    }
    return url;
  }

  /** Returns the remedy if {@code url} has a host that Java does not accept, or "". */
  public static String underscore(URI url) {
    String authority = url.getRawAuthority();
    return authority == null || authority.indexOf('_') < 0
        ? ""
        : ": no host name has a '_' (use another name of the server, or its address)";
  }

  /**
   * Returns whether the config itself says {@code http://}, so that secrets may travel in clear.
   */
  public boolean saysHttp() {
    return template.literalStart().regionMatches(true, 0, "http://", 0, 7);
  }

  /**
   * Returns whether {@code location}, absolute or relative, is this page, whatever its query adds.
   * Example: {@code /login?error} is the page {@code /login}, but {@code /?p=home} is not the page
   * {@code /?p=login}: a program that tells its pages apart by a parameter is elsewhere when that
   * parameter has another value.
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

  /** Returns the path as far as it is known without waiting for secrets. */
  String path() {
    URI own = presentUrl();
    String path = own == null ? null : LoginPages.path(own, own.getRawPath());
    return path == null ? toString() : path;
  }

  private @Nullable URI presentUrl() {
    try {
      URI own = new URI(template.resolveUrl(new StepValues(ReadPolicy.NO_WAIT)));
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

  /** Returns the URL as it was written, without its query and user info: both hold secrets. */
  @Override
  public String toString() {
    return Redaction.ofUrl(template.toString());
  }
}
