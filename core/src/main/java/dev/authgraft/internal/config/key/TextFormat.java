package dev.authgraft.internal.config.key;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A pattern of texts, in words that an editor shows to whoever writes another text. */
public final class TextFormat {
  private static final String PORT =
      ":(6553[0-5]|655[0-2][0-9]|65[0-4][0-9]{2}|6[0-4][0-9]{3}|[1-5][0-9]{4}"
          + "|[1-9][0-9]{0,3}|\\*)";
  private static final String TOKEN = "^[!#$%&'*+.^_`|~0-9A-Za-z-]+$"; // RFC 9110, section 5.6.2
  private static final String OR_VARIABLE = "|\\$\\{var:";
  private static final String OR_PLACEHOLDER = "|\\$\\{";
  private static final String PLACEHOLDER =
      "A placeholder is closed and holds no other: ${env:NAME}, ${file:PATH}, ${var:NAME}. A"
          + " literal ${ is $${.";

  public static final TextFormat ANY = new TextFormat(null, "");
  public static final TextFormat NOT_EMPTY = new TextFormat(null, "");

  /** Text with placeholders. */
  public static final TextFormat TEMPLATE =
      new TextFormat(
          "^(\\$\\$\\{|\\$\\{[^:}]+:([^}$]|\\$(?!\\{))*\\}|\\$(?!\\{)|[^$])*$", PLACEHOLDER);

  /** Text with placeholders, also those of a login's earlier steps: {@code ${code}}. */
  public static final TextFormat STEP_TEMPLATE =
      new TextFormat("^(\\$\\$\\{|\\$\\{([^}$]|\\$(?!\\{))*\\}|\\$(?!\\{)|[^$])*$", PLACEHOLDER);

  public static final TextFormat URL =
      new TextFormat(
          "^([hH][tT][tT][pP][sS]?://(?![^/?#]*@)[^/?#]|.*\\$\\{)",
          "An absolute URL without user info, as https://host/path.");
  public static final TextFormat HEADER_NAME =
      new TextFormat(TOKEN + OR_VARIABLE, "A header's name, as X-Api-Key.");

  /** The name of a header as a key of a map, which has no placeholders. */
  public static final TextFormat HEADER_KEY =
      new TextFormat(TOKEN, "A header's name, as X-Api-Key.");

  public static final TextFormat COOKIE_NAME =
      new TextFormat(TOKEN + OR_VARIABLE, "A cookie's name.");
  public static final TextFormat METHOD = new TextFormat(TOKEN + OR_VARIABLE, "A method, as POST.");

  /** A method as a rule names it. */
  public static final TextFormat RULE_METHOD =
      new TextFormat("^[A-Z]+$" + OR_PLACEHOLDER, "Methods in capitals, as GET.");

  public static final TextFormat POINTER =
      new TextFormat("^(/.*)?$|^\\$\\{var:", "A JSON Pointer, as /access_token (RFC 6901).");
  public static final TextFormat PRINTABLE =
      new TextFormat("^[ -~]*$", "Letters that a header can carry: printable ASCII.");
  public static final TextFormat PACKAGE =
      new TextFormat(
          "^[^\\s.0-9][^\\s.]*(\\.[^\\s.0-9][^\\s.]*)*$" + OR_PLACEHOLDER,
          "A package, as com.example.shaded.");
  public static final TextFormat PROXY =
      new TextFormat(
          "^(none|(http://)?[^@/\\s]+:[0-9]{1,5}/?)$" + OR_PLACEHOLDER,
          "host:port, http://host:port or none. Without user info.");
  public static final TextFormat PATH =
      new TextFormat(
          "^(/(\\*\\*?|[^/*?#;\\\\{}]*))+$" + OR_PLACEHOLDER,
          "A path from / on: * is a whole segment, ** any number. No query, no braces.");

  /** A name with {@code *.} before it or without, an address of version 6 in brackets or not. */
  public static final TextFormat HOST =
      new TextFormat(
          "^(\\*\\.)?[A-Za-z0-9_\\u0080-\\uffff-]+(\\.[A-Za-z0-9_\\u0080-\\uffff-]+)*\\.?("
              + PORT
              + ")?$|^\\[[0-9A-Fa-f:.]+(%[^\\]]+)?\\]("
              + PORT
              + ")?$|^[0-9A-Fa-f.]*:[0-9A-Fa-f.]*:[0-9A-Fa-f:.]*(%.+)?$"
              + OR_PLACEHOLDER,
          "A host or *.suffix, with a port where it is not the scheme's own (host:8443, host:*). No"
              + " scheme, no path.");

  private final @Nullable String pattern;
  private final String words;

  private TextFormat(@Nullable String pattern, String words) {
    this.pattern = pattern;
    this.words = words;
  }

  /** Adds the keywords that describe such a text. */
  void describe(Map<String, Object> schema) {
    if (this == NOT_EMPTY) schema.put("minLength", 1);
    if (pattern == null) return;
    schema.put("errorMessage", words);
    schema.put("pattern", pattern);
  }
}
