package com.visitorcount.visitor;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Identifies a visitor within one site and UTC day. It cannot be linked to anyone once the day's
 * salt is gone.
 *
 * @param hex 16 hexadecimal digits
 */
public record VisitorToken(String hex) {
  private static final String ALGORITHM = "HmacSHA256";
  private static final int BYTES = 8;

  /**
   * The first 64 bits of HMAC-SHA-256 under the salt of the day.
   *
   * @param userAgent may be empty
   */
  public static VisitorToken of(byte[] salt, String site, String ip, String userAgent) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(salt, ALGORITHM));
      // none of the three can contain a line feed
      byte[] hash = mac.doFinal(String.join("\n", site, ip, userAgent).getBytes(UTF_8));
      return new VisitorToken(HexFormat.of().formatHex(hash, 0, BYTES));
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
    }
  }
}
