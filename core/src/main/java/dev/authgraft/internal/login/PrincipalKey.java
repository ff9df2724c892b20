package dev.authgraft.internal.login;

import dev.authgraft.internal.util.JsonCodec;
import dev.authgraft.internal.util.UrlEncoding;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Names a principal across processes: an HMAC-SHA-256 (RFC 2104) of what a strategy sends to log
 * in. The same config gives the same key wherever its file stands and however it is written.
 * Without the HMAC's own key it says nothing about what went into it. For use by one thread.
 */
final class PrincipalKey {
  /* Two principals must never share a key, because one would be served the other's token. So a
   * password is left out only beside the user name that it belongs to; where nothing names the user,
   * the secret itself is all that tells two principals apart, and it counts. An unknown field counts
   * as well: at worst a changed value costs one login. */
  private static final int SHORTEST_KEY_BYTES = 16;

  private static final Set<String> USERS =
      names(
          "user username userid uid email emailaddress mail login loginname loginid account"
              + " accountname accountid clientid customerid phone");

  private static final Set<String> PASSWORDS =
      names("password passwd passphrase pass pwd pin secret clientsecret usersecret");

  private final Mac mac;

  /**
   * @param key at least 16 bytes
   */
  PrincipalKey(byte[] key) {
    if (key.length < SHORTEST_KEY_BYTES) {
      throw new IllegalArgumentException("the key must have 16 bytes or more: " + key.length);
    }
    try {
      mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JVM has HmacSHA256", e);
    }
    add("authgraft principal 1");
  }

  /** Adds a text, with its length before it: no two sequences of texts look alike. */
  void add(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    mac.update(ByteBuffer.allocate(4).putInt(bytes.length).array());
    mac.update(bytes);
  }

  /**
   * Adds what one exchange sends.
   *
   * @param body as it is sent, or null
   */
  void addRequest(
      String method, String url, Map<String, String> headers, @Nullable String type, byte[] body)
      throws IOException {
    Map<String, String> fields = new TreeMap<>();
    int query = url.indexOf('?');
    if (query >= 0) putPairs("query", url.substring(query + 1), fields);
    headers.forEach((name, value) -> putHeader(name.toLowerCase(Locale.ROOT), value, fields));
    if ("application/json".equals(type)) put("body", JsonCodec.read(body), fields);
    else putPairs("body", new String(body, StandardCharsets.US_ASCII), fields);
    boolean namesUser = false;
    for (Map.Entry<String, String> field : fields.entrySet()) {
      namesUser |= USERS.contains(lastName(field.getKey())) && !field.getValue().isEmpty();
    }
    add(method);
    add(query < 0 ? url : url.substring(0, query));
    for (Map.Entry<String, String> field : fields.entrySet()) {
      add(field.getKey());
      if (!namesUser || !PASSWORDS.contains(lastName(field.getKey()))) add(field.getValue());
    }
    add("end");
  }

  /** Returns the key as letters and digits; nothing can be added after it. */
  String end() {
    return new BigInteger(1, mac.doFinal()).toString(36);
  }

  /* Basic (RFC 7617) carries user and password in one value. */
  private static void putHeader(String name, String value, Map<String, String> fields) {
    if (name.equals("authorization") && value.startsWith("Basic ")) {
      try {
        String pair =
            new String(Base64.getDecoder().decode(value.substring(6)), StandardCharsets.UTF_8);
        int colon = pair.indexOf(':');
        if (colon >= 0) {
          fields.put("header/basic/user", pair.substring(0, colon));
          fields.put("header/basic/password", pair.substring(colon + 1));
          return;
        }
      } catch (IllegalArgumentException e) {
        // It is not Base64, so it is taken as it is.
      }
    }
    fields.put("header/" + name, value);
  }

  private static void putPairs(String place, String encoded, Map<String, String> fields) {
    int number = 0;
    for (String pair : encoded.split("&", -1)) {
      int equals = pair.indexOf('=');
      String name = equals < 0 ? pair : pair.substring(0, equals);
      String decoded = UrlEncoding.decode(name);
      // Numbered, because a name may come twice.
      String path = place + "/" + (decoded == null ? name : decoded);
      fields.put(fields.containsKey(path) ? ++number + path : path, pair.substring(equals + 1));
    }
  }

  private static void put(String path, @Nullable Object value, Map<String, String> fields) {
    if (value instanceof Map) {
      for (Map.Entry<?, ?> member : ((Map<?, ?>) value).entrySet()) {
        put(path + "/" + member.getKey(), member.getValue(), fields);
      }
    } else if (value instanceof List) {
      int number = 0;
      for (Object item : (List<?>) value) put(path + "/" + number++, item, fields);
    } else {
      // The class tells "1" from 1.
      String kind = value == null ? "" : value.getClass().getSimpleName();
      fields.put(path, kind.equals("String") ? String.valueOf(value) : kind + ":" + value);
    }
  }

  private static String lastName(String path) {
    String name = path.substring(path.lastIndexOf('/') + 1);
    return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
  }

  private static Set<String> names(String words) {
    return new HashSet<>(Arrays.asList(words.split(" ")));
  }
}
