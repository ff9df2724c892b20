package dev.authgraft.internal.secret;

import dev.authgraft.internal.util.UrlEncoding;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Removes secrets from text of another origin, such as a server's answer. */
public final class Redaction {
  public static final String MARK = "██";

  private static final String[] MEDIA_TYPES = {
    "text/html",
    "text/plain",
    "text/xml",
    "application/xml",
    "application/xhtml+xml",
    "application/soap+xml",
    "application/json",
    "application/problem+json",
    "application/problem+xml",
    "application/jwt",
    "application/octet-stream",
    "application/x-www-form-urlencoded"
  };

  /** A shorter secret would match inside other words by chance. */
  private static final int SHORTEST = 4;

  /** A server may have cut a secret; a beginning of this length is removed as well. */
  private static final int TELLING = 8;

  /** No more text is repeated than this, so no more is searched. */
  private static final int LONGEST = 1000;

  private Redaction() {}

  /**
   * Returns the beginning of {@code text} with each of {@code secrets}, plain or encoded for a URL,
   * in either case, marked out; the mark alone where one of them is in it cut short or in another
   * encoding.
   */
  public static String of(String text, List<String> secrets) {
    Set<String> forms = new LinkedHashSet<>();
    for (String secret : secrets) {
      String beginning = secret.substring(0, Math.min(secret.length(), LONGEST));
      add(beginning, forms);
      add(beginning.trim(), forms); // As a server may have read it.
    }
    Set<String> keys = new LinkedHashSet<>();
    for (String form : forms) keys.add(form.substring(0, Math.min(form.length(), TELLING)));
    String read = text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
    String redacted = marked(read, forms);
    return Decodings.contain(redacted, keys) ? MARK : redacted;
  }

  private static void add(String secret, Set<String> forms) {
    if (secret.length() < SHORTEST) return;
    String encoded = UrlEncoding.encode(secret);
    forms.addAll(Arrays.asList(secret, encoded, encoded.replace("+", "%20")));
  }

  private static String marked(String text, Set<String> forms) {
    StringBuilder marked = new StringBuilder();
    for (int at = 0; at < text.length(); ) {
      int length = 0;
      for (String form : forms) {
        // The longest: a user name may be part of a password.
        if (form.length() > length && isAt(text, at, form)) length = form.length();
      }
      if (length > 0) marked.append(MARK);
      else marked.append(text.charAt(at));
      at += Math.max(1, length);
    }
    return marked.toString();
  }

  private static boolean isAt(String text, int at, String form) {
    if (form.length() > text.length() - at) return false;
    for (int i = 0; i < form.length(); i++) {
      if (folded(text.charAt(at + i)) != folded(form.charAt(i))) return false;
    }
    return true;
  }

  /** Returns what stands for {@code c} in either case, and for whatever a log has as a space. */
  static char folded(char c) {
    return c <= ' ' ? ' ' : Character.toLowerCase(Character.toUpperCase(c));
  }

  /** Returns a URL, or what should be a part of one, without its user info and its query. */
  public static String ofUrl(String url) {
    int host = url.indexOf("://") < 0 ? 0 : url.indexOf("://") + 3;
    int at = url.lastIndexOf('@');
    String shown = at < host ? url : url.substring(0, host) + MARK + url.substring(at);
    int query = shown.indexOf('?');
    return query < 0 ? shown : shown.substring(0, query + 1) + MARK;
  }

  /**
   * Returns the media type that the header {@code Content-Type} names, or null if it is none of
   * those that servers answer with: then it may hold anything.
   */
  public static @Nullable String mediaType(@Nullable String contentType) {
    if (contentType == null) return null;
    for (String type : MEDIA_TYPES) {
      boolean starts = contentType.regionMatches(true, 0, type, 0, type.length());
      if (!starts) continue;
      if (contentType.length() == type.length()) return type;
      char next = contentType.charAt(type.length());
      if (next == ';' || next == ' ') return type;
    }
    return null;
  }
}
