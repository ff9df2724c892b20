package dev.authgraft.internal.login;

import java.io.IOException;
import java.net.URI;
import java.security.GeneralSecurityException;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * A generator of time-based one-time passwords (RFC 6238). {@code toString} does not show its key.
 */
final class Totp {
  private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"; // RFC 4648, section 6

  private final byte[] key;
  private final String algorithm;
  private final int digits;
  private final int periodSeconds;

  private Totp(byte[] key, String algorithm, int digits, int periodSeconds) {
    this.key = key;
    this.algorithm = algorithm;
    this.digits = digits;
    this.periodSeconds = periodSeconds;
  }

  /**
   * Returns the generator for {@code secret}.
   *
   * @param secret Base32, with or without padding, spaces and hyphens; or an {@code
   *     otpauth://totp/} URI, whose own parameters win
   * @param algorithm {@code SHA1}, {@code SHA256} or {@code SHA512}
   * @throws IOException if it is neither, without repeating it
   */
  static Totp of(String secret, String algorithm, int digits, int periodSeconds)
      throws IOException {
    if (!secret.trim().regionMatches(true, 0, "otpauth://", 0, 10)) {
      return new Totp(base32(secret), macName(algorithm), digits, periodSeconds);
    }
    URI uri = parseUri(secret.trim());
    if (!"totp".equalsIgnoreCase(uri.getHost())) {
      throw new IOException("the otpauth URI is not of type totp");
    }
    String key = parameter(uri, "secret");
    if (key == null) throw new IOException("the otpauth URI has no secret");
    String named = parameter(uri, "algorithm");
    return new Totp(
        base32(key),
        macName(named == null ? algorithm : named),
        number(parameter(uri, "digits"), digits, 10),
        number(parameter(uri, "period"), periodSeconds, 3600));
  }

  private static URI parseUri(String text) throws IOException {
    try {
      return URI.create(text.replace(" ", "%20"));
    } catch (IllegalArgumentException e) {
      throw new IOException("the otpauth URI is malformed");
    }
  }

  private static @Nullable String parameter(URI uri, String name) {
    String query = uri.getQuery();
    if (query == null) return null;
    for (String pair : query.split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0 && pair.substring(0, equals).equalsIgnoreCase(name)) {
        return pair.substring(equals + 1);
      }
    }
    return null;
  }

  private static int number(@Nullable String text, int fallback, int most) throws IOException {
    if (text == null) return fallback;
    try {
      int number = Integer.parseInt(text);
      if (number > 0 && number <= most) return number;
    } catch (NumberFormatException e) {
      // Falls through to the message.
    }
    throw new IOException("the otpauth URI has a number that makes no sense");
  }

  private static String macName(String algorithm) throws IOException {
    switch (algorithm.toUpperCase(Locale.ROOT).replace("-", "")) {
      case "SHA1":
        return "HmacSHA1";
      case "SHA256":
        return "HmacSHA256";
      case "SHA512":
        return "HmacSHA512";
      default:
        throw new IOException("the algorithm of a one-time code is SHA1, SHA256 or SHA512");
    }
  }

  private static byte[] base32(String text) throws IOException {
    java.io.ByteArrayOutputStream key = new java.io.ByteArrayOutputStream();
    int buffer = 0;
    int bits = 0;
    for (char c : text.toUpperCase(Locale.ROOT).toCharArray()) {
      if (c == ' ' || c == '-' || c == '=') continue;
      int value = BASE32.indexOf(c);
      if (value < 0) throw new IOException("the TOTP secret is not Base32 (A to Z, 2 to 7)");
      buffer = ((buffer << 5) | value) & 0xfff;
      bits += 5;
      if (bits >= 8) {
        bits -= 8;
        key.write(buffer >> bits);
      }
    }
    if (key.size() == 0) throw new IOException("the TOTP secret is empty");
    return key.toByteArray();
  }

  int periodSeconds() {
    return periodSeconds;
  }

  /** Returns the time step that {@code millis} since the epoch falls in. */
  long stepAt(long millis) {
    return Math.floorDiv(millis, periodSeconds * 1000L);
  }

  /** Returns the code of one time step (RFC 4226, section 5.3). */
  String code(long step) {
    byte[] counter = new byte[8];
    for (int i = 0; i < 8; i++) counter[i] = (byte) (step >>> (56 - 8 * i));
    byte[] hash;
    try {
      Mac mac = Mac.getInstance(algorithm);
      mac.init(new SecretKeySpec(key, algorithm));
      hash = mac.doFinal(counter);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the JVM lacks " + algorithm, e);
    }
    int offset = hash[hash.length - 1] & 0xf;
    int binary =
        (hash[offset] & 0x7f) << 24
            | (hash[offset + 1] & 0xff) << 16
            | (hash[offset + 2] & 0xff) << 8
            | (hash[offset + 3] & 0xff);
    long modulus = 1;
    for (int i = 0; i < digits; i++) modulus *= 10;
    StringBuilder code = new StringBuilder(Long.toString(binary % modulus));
    while (code.length() < digits) code.insert(0, '0');
    return code.toString();
  }

  @Override
  public String toString() {
    return "Totp{██}";
  }
}
