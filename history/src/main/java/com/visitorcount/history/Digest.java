package com.visitorcount.history;

import com.visitorcount.hash.Sha256;
import java.util.Collection;
import java.util.HexFormat;

/** Names content by its bytes. */
final class Digest {
  private static final int BYTES = 12;

  private Digest() {}

  /** 24 hexadecimal digits of SHA-256 over all parts. */
  static String of(Collection<byte[]> parts) {
    return HexFormat.of().formatHex(Sha256.of(parts), 0, BYTES);
  }
}
