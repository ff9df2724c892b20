package dev.authgraft.internal.credential;

import dev.authgraft.client.RequestEditor;
import java.io.IOException;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The place of a credential in a request: a header, a query parameter or cookies. */
public abstract class Placement {
  /** Returns whether {@code request} already has something of the program's own in this place. */
  public abstract boolean isTaken(RequestEditor request);

  public abstract void apply(RequestEditor request, Credential credential);

  /**
   * Refuses a secret with characters that its place cannot carry.
   *
   * @throws IOException that says what is wrong and nothing of the value
   */
  public abstract void check(Credential credential) throws IOException;

  /** Returns the place with the secret redacted: {@code Authorization: Bearer ██}. */
  @Override
  public abstract String toString();

  public static Placement header(String name, String prefix) {
    return new Header(name, prefix);
  }

  public static Placement query(String name) {
    return new Query(name);
  }

  /** Returns the placement of a credential's cookies, which have these names. */
  public static Placement cookies(List<String> names) {
    return new Cookies(names);
  }

  private static void checkHeaderText(String text) throws IOException {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if ((c >= 0x20 && c < 0x7f) || c == '\t') continue;
      // RFC 9110, section 5.5. Clients refuse other characters too, with messages that quote them.
      throw new IOException(
          "its value holds a "
              + (c == '\n' || c == '\r'
                  ? "line break"
                  : c < 0x80 ? "control character" : "letter beyond ASCII")
              + ", which no header can carry (check how the secret was stored)");
    }
  }

  private static final class Header extends Placement {
    private final String name;
    private final String prefix;

    Header(String name, String prefix) {
      this.name = name;
      this.prefix = prefix;
    }

    @Override
    public boolean isTaken(RequestEditor request) {
      return request.header(name) != null;
    }

    @Override
    public void apply(RequestEditor request, Credential credential) {
      request.setHeader(name, prefix + credential.secret());
    }

    @Override
    public void check(Credential credential) throws IOException {
      checkHeaderText(credential.secret());
    }

    @Override
    public String toString() {
      return name + ": " + prefix + "██";
    }
  }

  private static final class Query extends Placement {
    private final String name;

    Query(String name) {
      this.name = encode(name);
    }

    @Override
    public boolean isTaken(RequestEditor request) {
      for (String pair : pairs(request.query())) {
        if (isNamed(pair)) return true;
      }
      return false;
    }

    @Override
    public void apply(RequestEditor request, Credential credential) {
      List<String> pairs = new ArrayList<>();
      for (String pair : pairs(request.query())) {
        if (!isNamed(pair)) pairs.add(pair);
      }
      pairs.add(name + "=" + encode(credential.secret()));
      request.setQuery(String.join("&", pairs));
    }

    @Override
    public void check(Credential credential) {
      // Whatever it holds is encoded.
    }

    private boolean isNamed(String pair) {
      int equals = pair.indexOf('=');
      return (equals < 0 ? pair : pair.substring(0, equals)).equals(name);
    }

    private static String[] pairs(@Nullable String query) {
      return query == null || query.isEmpty() ? new String[0] : query.split("&", -1);
    }

    private static String encode(String text) {
      try {
        return URLEncoder.encode(text, "UTF-8").replace("+", "%20");
      } catch (java.io.UnsupportedEncodingException e) {
        throw new AssertionError(e);
      }
    }

    @Override
    public String toString() {
      return "?" + name + "=██";
    }
  }

  /** Cookies (RFC 6265, section 4.2), merged into the one header that a request has. */
  private static final class Cookies extends Placement {
    private final List<String> names;

    Cookies(List<String> names) {
      this.names = names;
    }

    @Override
    public boolean isTaken(RequestEditor request) {
      for (String pair : pairs(request.header("Cookie"))) {
        if (names.contains(nameOf(pair))) return true;
      }
      return false;
    }

    @Override
    public void apply(RequestEditor request, Credential credential) {
      List<String> merged = new ArrayList<>();
      for (String pair : pairs(request.header("Cookie"))) {
        if (!credential.cookies().containsKey(nameOf(pair))) merged.add(pair);
      }
      for (Map.Entry<String, String> cookie : credential.cookies().entrySet()) {
        merged.add(cookie.getKey() + "=" + cookie.getValue());
      }
      request.setHeader("Cookie", String.join("; ", merged));
    }

    @Override
    public void check(Credential credential) throws IOException {
      for (String value : credential.cookies().values()) {
        checkHeaderText(value);
        if (value.indexOf(';') >= 0) {
          throw new IOException("its value holds a ';', which no cookie can carry");
        }
      }
    }

    private static List<String> pairs(@Nullable String header) {
      List<String> pairs = new ArrayList<>();
      if (header == null) return pairs;
      for (String pair : header.split(";", -1)) {
        if (!pair.trim().isEmpty()) pairs.add(pair.trim());
      }
      return pairs;
    }

    private static String nameOf(String pair) {
      int equals = pair.indexOf('=');
      return equals < 0 ? pair : pair.substring(0, equals);
    }

    @Override
    public String toString() {
      return "Cookie: " + String.join("=██; ", names) + "=██";
    }
  }
}
