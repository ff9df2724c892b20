package dev.authgraft.internal.login;

import dev.authgraft.internal.util.JsonCodec;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The claims of a JSON Web Token (RFC 7519), decoded and not verified. */
public final class Jwt {
  private Jwt() {}

  /** Returns the claims of {@code token}, or null if it is not a signed JWT. */
  @SuppressWarnings("unchecked") // a map of JsonCodec has names of type String
  public static @Nullable Map<String, @Nullable Object> claims(String token) {
    int first = token.indexOf('.');
    int second = token.indexOf('.', first + 1);
    if (first <= 0 || second < 0 || token.indexOf('.', second + 1) >= 0) return null;
    try {
      byte[] payload =
          Base64.getUrlDecoder()
              .decode(token.substring(first + 1, second).getBytes(StandardCharsets.ISO_8859_1));
      Object claims = JsonCodec.read(payload);
      return claims instanceof Map ? (Map<String, @Nullable Object>) claims : null;
    } catch (IllegalArgumentException | JsonCodec.MalformedException e) {
      return null;
    }
  }

  /** Returns the numeric claim {@code name}, or -1 if there is none. */
  static double number(Map<?, ?> claims, String name) {
    Object value = claims.get(name);
    return value instanceof Number ? ((Number) value).doubleValue() : -1;
  }
}
