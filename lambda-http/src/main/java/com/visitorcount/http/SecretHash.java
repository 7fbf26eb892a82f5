package com.visitorcount.http;

import com.visitorcount.hash.Sha256;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** A secret that is known only by its SHA-256. */
public final class SecretHash {
  private static final Pattern SHA_256 = Pattern.compile("[0-9a-f]{64}");

  private final byte[] sha256;

  private SecretHash(byte[] sha256) {
    this.sha256 = sha256;
  }

  /**
   * Reads a hash.
   *
   * @param sha256 in lower-case hexadecimal; empty: nothing matches
   * @throws IllegalArgumentException for anything else
   */
  public static SecretHash of(String sha256) {
    if (!sha256.isEmpty() && !SHA_256.matcher(sha256).matches()) {
      throw new IllegalArgumentException("is no SHA-256 in lower-case hexadecimal");
    }
    return new SecretHash(HexFormat.of().parseHex(sha256));
  }

  /** Whether there is no secret at all. */
  public boolean isNone() {
    return sha256.length == 0;
  }

  /** Whether this is the secret, compared in constant time. */
  public boolean matches(String text) {
    return MessageDigest.isEqual(Sha256.of(text), sha256);
  }
}
