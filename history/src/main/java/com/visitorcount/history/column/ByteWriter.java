package com.visitorcount.history.column;

import java.io.ByteArrayOutputStream;

/** Writes bytes and small numbers. */
public final class ByteWriter {
  private static final int LOW_BITS = 7;
  private static final int MORE = 1 << LOW_BITS;

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  /** Appends a byte. */
  public void octet(int value) {
    bytes.write(value);
  }

  /**
   * Appends a number, seven bits a byte, lowest first; all bytes but the last have their highest
   * bit set.
   *
   * @param number not negative
   */
  public void varint(long number) {
    if (number < 0) {
      throw new IllegalArgumentException("a negative number");
    }
    long rest = number;
    while (rest >= MORE) {
      bytes.write((int) ((rest & (MORE - 1)) | MORE));
      rest >>>= LOW_BITS;
    }
    bytes.write((int) rest);
  }

  /** Appends bytes as they are. */
  public void octets(byte[] all) {
    bytes.writeBytes(all);
  }

  /** How many bytes were written. */
  public int size() {
    return bytes.size();
  }

  /** All that was written. */
  public byte[] toBytes() {
    return bytes.toByteArray();
  }
}
