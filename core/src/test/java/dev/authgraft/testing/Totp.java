package dev.authgraft.testing;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Time-based one-time passwords: RFC 6238 with SHA-1 and steps of 30 s. */
public final class Totp {
  private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

  private final byte[] key;

  /** Takes the shared secret in Base32 (RFC 4648), padded or not. */
  public Totp(String base32) {
    this.key = decode(base32);
  }

  /** Returns the code of six digits at {@code time}. */
  public String code(Instant time) {
    return code(step(time), 6);
  }

  static long step(Instant time) {
    return Math.floorDiv(time.getEpochSecond(), 30L);
  }

  String code(long step, int digits) {
    byte[] hash = hmac(ByteBuffer.allocate(Long.BYTES).putLong(step).array());
    int offset = hash[hash.length - 1] & 0xf;
    int number = ByteBuffer.wrap(hash).getInt(offset) & 0x7fffffff;
    int modulus = 1;
    for (int i = 0; i < digits; i++) {
      modulus *= 10;
    }
    return String.format(Locale.ROOT, "%0" + digits + "d", number % modulus);
  }

  private byte[] hmac(byte[] message) {
    try {
      Mac mac = Mac.getInstance("HmacSHA1");
      mac.init(new SecretKeySpec(key, "HmacSHA1"));
      return mac.doFinal(message);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] decode(String base32) {
    String digits = base32.replace("=", "").toUpperCase(Locale.ROOT);
    ByteBuffer bytes = ByteBuffer.allocate(digits.length() * 5 / 8);
    int buffer = 0;
    int bits = 0;
    for (int i = 0; i < digits.length(); i++) {
      int digit = BASE32.indexOf(digits.charAt(i));
      if (digit < 0) {
        throw new IllegalArgumentException("no Base32 digit at offset " + i);
      }
      buffer = (buffer << 5 | digit) & 0xfff;
      bits += 5;
      if (bits >= 8) {
        bits -= 8;
        bytes.put((byte) (buffer >> bits));
      }
    }
    return bytes.array();
  }
}
