package com.visitorcount.history.column;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.function.IntToLongFunction;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/**
 * Numbers and texts as bytes.
 *
 * <p>Numbers are stored as planes: first the lowest byte of each number, then the second, as many
 * planes as the largest number needs. All planes together are deflated, or left as they are if that
 * is shorter. They are preceded by a byte with the number of planes, plus {@value #PLAIN} if they
 * are not deflated, and by the length of what follows. If all numbers are 0, the byte 0 is all
 * there is.
 *
 * <p>Texts are stored as two columns: the length of each in bytes of UTF-8, and all these bytes.
 */
public final class Numbers {
  private static final int PLAIN = 16;

  /** Enough for the texts of a part with one visitor, who may view any number of pages. */
  private static final int MAX_TEXT_BYTES = 72 * 1_024 * 1_024;

  /** Most bytes that a byte of deflated data can stand for (RFC 1951). */
  private static final long MAX_INFLATION = 1_032;

  /** Short matches cost more than they save among numbers, and texts lose little without them. */
  private static final int[] STRATEGIES = {Deflater.FILTERED, Deflater.HUFFMAN_ONLY};

  /** Higher levels take twice as long and save a few thousandths. */
  private static final int LEVEL = 6;

  private Numbers() {}

  /** Writes numbers, none of which is negative. */
  public static void write(ByteWriter out, int[] numbers) {
    write(out, numbers.length, i -> numbers[i]);
  }

  /** Writes numbers; negative ones count as very large. */
  public static void write(ByteWriter out, long[] numbers) {
    write(out, numbers.length, i -> numbers[i]);
  }

  private static void write(ByteWriter out, int count, IntToLongFunction numbers) {
    long bits = 0;
    for (int i = 0; i < count; i++) {
      bits |= numbers.applyAsLong(i);
    }
    int planes = (Long.SIZE - Long.numberOfLeadingZeros(bits) + Byte.SIZE - 1) / Byte.SIZE;
    byte[] raw = new byte[planes * count];
    for (int plane = 0; plane < planes; plane++) {
      for (int i = 0; i < count; i++) {
        raw[plane * count + i] = (byte) (numbers.applyAsLong(i) >>> (Byte.SIZE * plane));
      }
    }
    writePlanes(out, planes, raw);
  }

  /** Writes texts. */
  public static void write(ByteWriter out, String[] texts) {
    ByteWriter all = new ByteWriter();
    int[] lengths = new int[texts.length];
    for (int i = 0; i < texts.length; i++) {
      byte[] bytes = texts[i].getBytes(UTF_8);
      lengths[i] = bytes.length;
      all.octets(bytes);
    }
    write(out, lengths);
    writePlanes(out, all.size() == 0 ? 0 : 1, all.toBytes());
  }

  private static void writePlanes(ByteWriter out, int planes, byte[] raw) {
    if (planes == 0) {
      out.octet(0);
      return;
    }
    byte[] shortest = shortest(raw);
    out.octet(planes + (shortest == raw ? PLAIN : 0));
    out.varint(shortest.length);
    out.octets(shortest);
  }

  private static byte[] shortest(byte[] raw) {
    byte[] shortest = raw;
    Deflater deflater = new Deflater(LEVEL, true);
    try {
      for (int strategy : STRATEGIES) {
        deflater.reset();
        deflater.setStrategy(strategy);
        byte[] deflated = deflated(deflater, raw, shortest.length);
        shortest = deflated.length < shortest.length ? deflated : shortest;
      }
    } finally {
      deflater.end();
    }
    return shortest;
  }

  /** Stops at the limit, when the result is no shorter than the best so far. */
  private static byte[] deflated(Deflater deflater, byte[] raw, int limit) {
    deflater.setInput(raw);
    deflater.finish();
    byte[] deflated = new byte[limit];
    int length = 0;
    while (length < limit && !deflater.finished()) {
      length += deflater.deflate(deflated, length, limit - length);
    }
    return Arrays.copyOf(deflated, length);
  }

  /**
   * Reads numbers.
   *
   * @param count how many numbers to read
   * @param bound exclusive upper bound of each number
   * @throws IllegalArgumentException if the bytes are no such numbers
   */
  public static int[] read(ByteReader in, int count, int bound) {
    byte[] raw = readPlanes(in, count, Integer.BYTES);
    int[] numbers = new int[count];
    for (int plane = 0; plane < planes(raw, count); plane++) {
      int offset = plane * count;
      int shift = Byte.SIZE * plane;
      for (int i = 0; i < count; i++) {
        numbers[i] |= (raw[offset + i] & 0xFF) << shift;
      }
    }
    int bits = 0;
    int largest = 0;
    for (int number : numbers) {
      bits |= number;
      largest = Math.max(largest, number);
    }
    if (count > 0 && (bits < 0 || largest >= bound)) {
      throw new IllegalArgumentException("a number is beyond what it may be");
    }
    return numbers;
  }

  /**
   * Reads numbers of any size.
   *
   * @param count how many there are
   * @throws IllegalArgumentException if the bytes are no such numbers
   */
  public static long[] readLongs(ByteReader in, int count) {
    byte[] raw = readPlanes(in, count, Long.BYTES);
    long[] numbers = new long[count];
    for (int plane = 0; plane < planes(raw, count); plane++) {
      for (int i = 0; i < count; i++) {
        numbers[i] |= (raw[plane * count + i] & 0xFFL) << (Byte.SIZE * plane);
      }
    }
    return numbers;
  }

  /**
   * Reads texts.
   *
   * @param count how many there are
   * @throws IllegalArgumentException if the bytes are no such texts
   */
  public static String[] readTexts(ByteReader in, int count) {
    int[] lengths = read(in, count, MAX_TEXT_BYTES);
    long size = 0;
    for (int length : lengths) {
      size += length;
    }
    if (size > MAX_TEXT_BYTES) {
      throw new IllegalArgumentException("the texts are too long");
    }
    byte[] bytes = readPlanes(in, (int) size, 1);
    if (bytes.length != size) {
      throw new IllegalArgumentException("the texts are missing");
    }
    String[] texts = new String[count];
    int at = 0;
    for (int i = 0; i < count; i++) {
      texts[i] = new String(bytes, at, lengths[i], UTF_8);
      at += lengths[i];
    }
    return texts;
  }

  /** Skips a column of numbers. */
  static void skip(ByteReader in) {
    if (in.octet() != 0) {
      in.skip(in.varint());
    }
  }

  private static int planes(byte[] raw, int count) {
    return count == 0 ? 0 : raw.length / count;
  }

  private static byte[] readPlanes(ByteReader in, int count, int maxPlanes) {
    int kind = in.octet();
    int planes = kind & (PLAIN - 1);
    if (planes == 0 && kind == 0) {
      return new byte[0];
    }
    int length = in.varint();
    int from = in.skip(length);
    long size = (long) planes * count;
    if (planes == 0 || planes > maxPlanes || kind > PLAIN + planes) {
      throw new IllegalArgumentException("no column begins with the byte " + kind);
    }
    if (kind > PLAIN) {
      if (size != length) {
        throw new IllegalArgumentException("a column is not as long as it has to be");
      }
      return Arrays.copyOfRange(in.array(), from, from + length);
    }
    if (size > MAX_INFLATION * length) {
      throw new IllegalArgumentException("so few bytes do not become a column of " + count);
    }
    return inflated(in.array(), from, length, (int) size);
  }

  private static byte[] inflated(byte[] bytes, int from, int length, int size) {
    Inflater inflater = new Inflater(true);
    try {
      inflater.setInput(bytes, from, length);
      byte[] raw = new byte[size];
      int done = 0;
      while (done < size) {
        int more = inflater.inflate(raw, done, size - done);
        if (more == 0) {
          throw new IllegalArgumentException("a column ends too early");
        }
        done += more;
      }
      return raw;
    } catch (DataFormatException e) {
      throw new IllegalArgumentException("a column cannot be inflated", e);
    } finally {
      inflater.end();
    }
  }

  /**
   * Moves the sign of a number into its lowest bit, so that small numbers of either sign stay
   * small.
   */
  public static long foldSign(long number) {
    return (number << 1) ^ (number >> (Long.SIZE - 1));
  }

  /** The inverse of {@link #foldSign}. */
  public static long unfoldSign(long number) {
    return (number >>> 1) ^ -(number & 1);
  }
}
