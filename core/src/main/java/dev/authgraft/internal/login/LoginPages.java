package dev.authgraft.internal.login;

import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The pages of a login, to which a server redirects requests without a session. */
public final class LoginPages {
  static final LoginPages NONE = new LoginPages(Collections.emptyList());

  private final List<Exchange> exchanges;

  private LoginPages(List<Exchange> exchanges) {
    this.exchanges = exchanges;
  }

  /** Returns where {@code login} begins: at the page that is fetched first, and at its own URL. */
  public static LoginPages of(@Nullable Exchange page, Exchange login) {
    List<Exchange> exchanges = new ArrayList<>();
    if (page != null) exchanges.add(page);
    exchanges.add(login);
    return new LoginPages(exchanges);
  }

  /** Returns whether {@code location}, absolute or relative, is one of them. */
  boolean has(String location) {
    for (Exchange exchange : exchanges) {
      if (exchange.url().isAt(location)) return true;
    }
    return false;
  }

  /**
   * Returns the path of {@code location} without what may follow a page's name: a query that no
   * parser of URLs takes, {@code ;jsessionid=…}, a slash. Null where it has none.
   */
  static @Nullable String path(URI base, String location) {
    String text = location.trim();
    int end = text.length();
    for (char mark : new char[] {'?', '#'}) {
      int at = text.indexOf(mark);
      if (at >= 0) end = Math.min(end, at);
    }
    if (end == 0) return null; // On whichever page it came from.
    if (end > Rejection.LONGEST_LOCATION) return null;
    try {
      String path = base.resolve(text.substring(0, end)).getRawPath();
      return path == null ? null : plain(path);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private static String plain(String path) {
    StringBuilder plain = new StringBuilder();
    boolean parameter = false;
    for (int i = 0; i < path.length(); i++) {
      char c = path.charAt(i);
      parameter = c == ';' || (parameter && c != '/');
      if (!parameter) plain.append(c);
    }
    int length = plain.length();
    if (length > 1 && plain.charAt(length - 1) == '/') plain.setLength(length - 1);
    return length == 0 ? "/" : plain.toString();
  }

  /** Returns their paths: {@code /login or /j_security_check}; "" where there is none. */
  @Override
  public String toString() {
    Set<String> paths = new LinkedHashSet<>();
    for (Exchange exchange : exchanges) paths.add(exchange.url().path());
    return String.join(" or ", paths);
  }
}
