package dev.authgraft.internal.login;

import dev.authgraft.spi.LoginResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/** The hidden fields of the login form on a page, such as a token against forged requests. */
public final class HiddenFields {
  private HiddenFields() {}

  /** Returns the fields of the form that asks for a password, or of the page if none does. */
  public static Map<String, String> of(LoginResponse page) {
    Map<String, String> fields = new LinkedHashMap<>();
    Document document = parse(page);
    Element form = document.selectFirst("form:has(input[type=password])");
    for (Element input : (form == null ? document : form).select("input[type=hidden][name]")) {
      fields.put(input.attr("name"), input.attr("value"));
    }
    return fields;
  }

  /** Returns the names of the fields of {@code page} that ask for a password; none if no HTML. */
  public static List<String> passwordFields(LoginResponse page) {
    String type = page.header("Content-Type");
    if (type == null || !type.toLowerCase(Locale.ROOT).contains("html")) {
      return Collections.emptyList();
    }
    return parse(page).select("input[type=password][name]").eachAttr("name");
  }

  private static Document parse(LoginResponse page) {
    try {
      return Jsoup.parse(new ByteArrayInputStream(page.body()), charset(page), "");
    } catch (IOException e) {
      throw new AssertionError(e); // It reads from memory only.
    }
  }

  private static String charset(LoginResponse page) {
    String type = page.header("Content-Type");
    int at = type == null ? -1 : type.toLowerCase(Locale.ROOT).indexOf("charset=");
    if (type == null || at < 0) return StandardCharsets.UTF_8.name();
    String name = type.substring(at + 8).replace("\"", "").trim();
    int end = name.indexOf(';');
    name = end < 0 ? name : name.substring(0, end).trim();
    try {
      return Charset.isSupported(name) ? name : StandardCharsets.UTF_8.name();
    } catch (IllegalArgumentException e) {
      return StandardCharsets.UTF_8.name();
    }
  }
}
