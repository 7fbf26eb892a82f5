package com.visitorcount.lake.parquet;

import java.io.ByteArrayOutputStream;

/** Parquet's ways to write many whole numbers in few bits. */
final class Packing {
  private static final int GROUP = 8;
  private static final int BLOCK = 128;
  private static final int MINIBLOCKS = 4;
  private static final int MINIBLOCK = BLOCK / MINIBLOCKS;

  private Packing() {}

  /** Bits of the largest of some numbers that are not negative. */
  static int width(long max) {
    return Long.SIZE - Long.numberOfLeadingZeros(max);
  }

  static void varint(ByteArrayOutputStream out, long value) {
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      out.write((int) ((rest & 0x7f) | 0x80));
      rest >>>= 7;
    }
    out.write((int) rest);
  }

  static void signedVarint(ByteArrayOutputStream out, long value) {
    varint(out, (value << 1) ^ (value >> (Long.SIZE - 1)));
  }

  static void littleEndian(ByteArrayOutputStream out, long value, int bytes) {
    for (int i = 0; i < bytes; i++) {
      out.write((int) (value >>> (Byte.SIZE * i)));
    }
  }

  /** The encoding RLE: runs of equal numbers, and groups of eight others. */
  static void runs(ByteArrayOutputStream out, int[] values, int count, int width) {
    int at = 0;
    while (at < count) {
      int end = at;
      if (beginsRun(values, at, count)) {
        while (end < count && values[end] == values[at]) {
          end++;
        }
        varint(out, (long) (end - at) << 1);
        littleEndian(out, values[at], (width + Byte.SIZE - 1) / Byte.SIZE);
      } else {
        do {
          end += GROUP;
        } while (end < count && !beginsRun(values, end, count));
        int groups = (end - at) / GROUP;
        varint(out, ((long) groups << 1) | 1);
        Bits bits = new Bits(out);
        for (int i = at; i < end; i++) {
          bits.write(i < count ? values[i] : 0, width);
        }
        bits.flush();
      }
      at = end;
    }
  }

  private static boolean beginsRun(int[] values, int at, int count) {
    if (count - at < GROUP) {
      return false;
    }
    for (int i = at + 1; i < at + GROUP; i++) {
      if (values[i] != values[at]) {
        return false;
      }
    }
    return true;
  }

  /** The encoding DELTA_BINARY_PACKED: what each number adds to the one before it. */
  static void differences(ByteArrayOutputStream out, long[] values, int count) {
    varint(out, BLOCK);
    varint(out, MINIBLOCKS);
    varint(out, count);
    signedVarint(out, count > 0 ? values[0] : 0);
    for (int at = 1; at < count; at += BLOCK) {
      block(out, values, at, Math.min(at + BLOCK, count));
    }
  }

  private static void block(ByteArrayOutputStream out, long[] values, int at, int end) {
    long min = Long.MAX_VALUE;
    for (int i = at; i < end; i++) {
      min = Math.min(min, values[i] - values[i - 1]);
    }
    signedVarint(out, min);
    int[] widths = new int[MINIBLOCKS];
    for (int i = at; i < end; i++) {
      int miniblock = (i - at) / MINIBLOCK;
      widths[miniblock] = Math.max(widths[miniblock], width(values[i] - values[i - 1] - min));
    }
    for (int width : widths) {
      out.write(width);
    }
    for (int first = at; first < end; first += MINIBLOCK) {
      Bits bits = new Bits(out);
      for (int i = first; i < first + MINIBLOCK; i++) {
        long more = i < end ? values[i] - values[i - 1] - min : 0;
        bits.write(more, widths[(first - at) / MINIBLOCK]);
      }
      bits.flush();
    }
  }

  /** The encoding PLAIN of booleans: a bit each. */
  static void booleans(ByteArrayOutputStream out, long[] values, int count) {
    Bits bits = new Bits(out);
    for (int i = 0; i < count; i++) {
      bits.write(values[i], 1);
    }
    bits.flush();
  }

  /** Puts bits into bytes, the lowest first. */
  private static final class Bits {
    private final ByteArrayOutputStream out;
    private int held;
    private int free = Byte.SIZE;

    Bits(ByteArrayOutputStream out) {
      this.out = out;
    }

    void write(long value, int width) {
      long rest = value;
      int left = width;
      while (left > 0) {
        int taken = Math.min(left, free);
        held |= (int) (rest & ((1 << taken) - 1)) << (Byte.SIZE - free);
        rest >>>= taken;
        left -= taken;
        free -= taken;
        if (free == 0) {
          out.write(held);
          held = 0;
          free = Byte.SIZE;
        }
      }
    }

    void flush() {
      if (free < Byte.SIZE) {
        write(0, free);
      }
    }
  }
}
