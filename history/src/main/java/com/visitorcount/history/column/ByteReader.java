package com.visitorcount.history.column;

import java.util.Arrays;

/**
 * Reads what {@link ByteWriter} wrote. Each method throws {@link IllegalArgumentException} if the
 * bytes end too early.
 */
public final class ByteReader {
  private static final int LOW_BITS = 7;

  private final byte[] bytes;
  private int at;

  public ByteReader(byte[] bytes) {
    this.bytes = bytes;
  }

  /** The next byte, from 0 to 255. */
  public int octet() {
    require(1);
    return bytes[at++] & 0xFF;
  }

  /** The next number, which must fit into an {@code int}. */
  public int varint() {
    long number = longVarint();
    if (number > Integer.MAX_VALUE) {
      throw new IllegalArgumentException("a number is too large");
    }
    return (int) number;
  }

  /** The next number. */
  public long longVarint() {
    long number = 0;
    for (int shift = 0; shift < Long.SIZE - 1; shift += LOW_BITS) {
      int next = octet();
      number |= (long) (next & (1 << LOW_BITS) - 1) << shift;
      if (next < 1 << LOW_BITS) {
        return number;
      }
    }
    throw new IllegalArgumentException("a number does not end");
  }

  /** The next bytes. */
  public byte[] octets(int count) {
    int from = skip(count);
    return Arrays.copyOfRange(bytes, from, at);
  }

  /**
   * Skips bytes.
   *
   * @return where they begin
   */
  int skip(int count) {
    require(count);
    int from = at;
    at += count;
    return from;
  }

  byte[] array() {
    return bytes;
  }

  int position() {
    return at;
  }

  void position(int position) {
    at = position;
  }

  /** Whether all bytes have been read. */
  public boolean isAtEnd() {
    return at == bytes.length;
  }

  private void require(int count) {
    if (count < 0 || count > bytes.length - at) {
      throw new IllegalArgumentException("the bytes end too early");
    }
  }
}
