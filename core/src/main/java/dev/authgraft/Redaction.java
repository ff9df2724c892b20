package dev.authgraft;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Cuts secrets out of text that somebody else wrote. */
final class Redaction {
  static final String MARK = "██";

  /** A shorter secret would cut words apart, and says little where it stands by chance. */
  private static final int SHORTEST = 4;

  private Redaction() {}

  /**
   * Returns {@code text} with each of {@code secrets}, plain or encoded for a URL, marked out; the
   * mark alone where one of them is in it in another encoding.
   */
  static String of(String text, List<String> secrets) {
    Set<String> forms = new LinkedHashSet<>();
    for (String secret : secrets) {
      add(secret, forms);
      add(secret.trim(), forms); // As a server may have read it.
    }
    // Longest first: a user name may be part of a password.
    List<String> longestFirst = new ArrayList<>(forms);
    longestFirst.sort(Comparator.comparingInt(String::length).reversed());
    String redacted = text;
    for (String form : longestFirst) redacted = redacted.replace(form, MARK);
    return Disguise.hides(redacted, forms) ? MARK : redacted;
  }

  private static void add(String secret, Set<String> forms) {
    if (secret.length() < SHORTEST) return;
    String encoded = ExchangeBody.Form.encode(secret);
    forms.addAll(Arrays.asList(secret, encoded, encoded.replace("+", "%20")));
  }

  /** Returns a URL, or what should be a part of one, without its user info and its query. */
  static String ofUrl(String url) {
    int host = url.indexOf("://") < 0 ? 0 : url.indexOf("://") + 3;
    int at = url.lastIndexOf('@');
    String shown = at < host ? url : url.substring(0, host) + MARK + url.substring(at);
    int query = shown.indexOf('?');
    return query < 0 ? shown : shown.substring(0, query + 1) + MARK;
  }

  /** Returns a header's value up to its first parameter, printable and short. */
  static String firstWord(String value) {
    int end = 0;
    while (end < value.length()
        && end < 60
        && value.charAt(end) > ' '
        && value.charAt(end) < 0x7f
        && value.charAt(end) != ';') {
      end++;
    }
    return value.substring(0, end);
  }
}
