package dev.authgraft.internal.util;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.List;

/**
 * Computes digests that tell whether secrets have changed without keeping them. Each JVM has
 * another salt.
 */
public final class Digest {
  private static final byte[] SALT = new byte[16];

  static {
    new SecureRandom().nextBytes(SALT);
  }

  private Digest() {}

  public static String of(List<String> texts) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      sha256.update(SALT);
      for (String text : texts) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        sha256.update(BigInteger.valueOf(bytes.length).toByteArray());
        sha256.update((byte) ':');
        sha256.update(bytes);
      }
      return new BigInteger(1, sha256.digest()).toString(36);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-256", e);
    }
  }
}
