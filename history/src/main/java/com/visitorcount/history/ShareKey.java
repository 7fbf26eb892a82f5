package com.visitorcount.history;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.visitorcount.hash.Sha256;
import java.util.HexFormat;

/** The key in a link that opens the statistics of one site to others. */
public final class ShareKey {
  private static final int BYTES = 16;

  /** Length of a key, in characters. */
  public static final int CHARS = 2 * BYTES;

  private ShareKey() {}

  /**
   * The first 32 hexadecimal digits of an HMAC-SHA-256 under the secret. For generation 0 without
   * filters only the site is signed, as before generations and filters existed.
   *
   * @param secret not empty
   * @param generation see {@link ShareGenerations}
   * @param filters filters that the key is limited to; empty: no limit
   */
  public static String of(String secret, String site, long generation, String filters) {
    String text =
        generation == 0 && filters.isEmpty() ? site : site + "\n" + generation + "\n" + filters;
    return HexFormat.of().formatHex(Sha256.hmac(secret.getBytes(UTF_8), text), 0, BYTES);
  }
}
