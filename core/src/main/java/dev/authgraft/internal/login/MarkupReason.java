package dev.authgraft.internal.login;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Finds the reason in an HTML or XML error: the text of a fault, or the title of a page. */
final class MarkupReason {
  private static final int LONGEST = 64 << 10;

  /** The first that has a text: SOAP's faults 1.1 and 1.2, what others call it, a page's title. */
  private static final List<String> TELLING =
      Arrays.asList("faultstring", "text", "errormessage", "message", "msg", "title");

  private MarkupReason() {}

  /** Returns the reason in {@code text}, or "" if it is no markup or gives none. */
  static String reason(String text) {
    if (!text.trim().startsWith("<")) return "";
    Map<String, String> found = new HashMap<>();
    String searched = text.substring(0, Math.min(text.length(), LONGEST));
    boolean fault = false;
    for (int tag = searched.indexOf('<'); tag >= 0; tag = searched.indexOf('<', tag + 1)) {
      String name = name(searched, tag + 1);
      fault |= name.equals("fault");
      // An SVG image has titles as well.
      boolean telling = TELLING.contains(name) && (fault || !name.equals("text"));
      if (telling && !found.containsKey(name)) {
        String content = content(searched, tag);
        if (!content.isEmpty()) found.put(name, content);
      }
    }
    for (String name : TELLING) {
      if (found.containsKey(name)) return String.valueOf(found.get(name));
    }
    return "";
  }

  /** Returns the name of the element that begins at {@code start}, without its prefix. */
  private static String name(String text, int start) {
    int end = start;
    int local = start;
    while (end < text.length() && end - start < 60 && " \t\r\n/>".indexOf(text.charAt(end)) < 0) {
      if (text.charAt(end) == ':') local = end + 1;
      end++;
    }
    return text.substring(local, end).toLowerCase(Locale.ROOT);
  }

  /** Returns the text between a tag and the next. */
  private static String content(String text, int tag) {
    int start = text.indexOf('>', tag) + 1;
    if (start == 0) return "";
    String closing = "<";
    if (text.startsWith("<![CDATA[", start)) {
      start += 9;
      closing = "]]>";
    }
    int end = text.indexOf(closing, start);
    if (end < 0) return "";
    return text.substring(start, end)
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&apos;", "'")
        .replace("&amp;", "&")
        .trim();
  }
}
