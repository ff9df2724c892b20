package dev.authgraft.internal.util;

/** The words of HTTP: names of header fields and cookies, methods. */
public final class HttpToken {
  private HttpToken() {}

  /** Returns whether {@code text} is a token as RFC 9110, section 5.6.2, has it. */
  public static boolean isToken(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c <= ' ' || c >= 0x7f || "\"(),/:;<=>?@[\\]{}".indexOf(c) >= 0) return false;
    }
    return !text.isEmpty();
  }
}
