package com.visitorcount.visitor;

import com.visitorcount.hash.Sha256;
import java.util.HexFormat;

/**
 * Identifies a visitor within one site and UTC day. It cannot be linked to anyone once the day's
 * salt is gone.
 *
 * @param hex 16 hexadecimal digits
 */
public record VisitorToken(String hex) {
  private static final int BYTES = 8;

  /**
   * The first 64 bits of HMAC-SHA-256 under the salt of the day.
   *
   * @param userAgent may be empty
   */
  public static VisitorToken of(byte[] salt, String site, String ip, String userAgent) {
    // none of the three can contain a line feed
    byte[] hash = Sha256.hmac(salt, String.join("\n", site, ip, userAgent));
    return new VisitorToken(HexFormat.of().formatHex(hash, 0, BYTES));
  }
}
