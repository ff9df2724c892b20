package dev.authgraft.testing;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** Signs JSON Web Tokens with HS256 (RFC 7519) and checks that they are its own. */
final class Jwt {
  private static final String HEADER = encode("{\"alg\":\"HS256\",\"typ\":\"JWT\"}");

  private final byte[] key = new byte[32];

  Jwt() {
    new SecureRandom().nextBytes(key);
  }

  String sign(Map<String, ?> claims) {
    String signed = HEADER + "." + encode(Json.write(claims));
    return signed + "." + signature(signed);
  }

  /** Returns the claims of {@code token}, expired or not, or null if it is not signed with this. */
  @Nullable Map<String, @Nullable Object> verify(@Nullable String token) {
    if (token == null || token.chars().filter(c -> c == '.').count() != 2) {
      return null;
    }
    int dot = token.lastIndexOf('.');
    String expected = signature(token.substring(0, dot));
    if (!MessageDigest.isEqual(bytes(expected), bytes(token.substring(dot + 1)))) {
      return null;
    }
    try {
      String claims = token.substring(token.indexOf('.') + 1, dot);
      return Json.parseObject(
          new String(Base64.getUrlDecoder().decode(claims), StandardCharsets.UTF_8));
    } catch (MalformedBodyException e) {
      throw new AssertionError("signed here and not JSON", e);
    }
  }

  static boolean isExpired(Map<String, @Nullable Object> claims, Instant now) {
    return !(claims.get("exp") instanceof Long expiry) || now.getEpochSecond() >= expiry;
  }

  private String signature(String signed) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(mac.doFinal(bytes(signed)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String encode(String text) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes(text));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
