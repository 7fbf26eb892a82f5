package com.visitorcount.read;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * A number as a PNG, with digits made of a few large pixels. Needs neither fonts nor Java's
 * graphics, which start slowly.
 */
final class PixelNumber {
  private static final String KNOWN = "0123456789,n/a";
  private static final int ROWS = 7;
  private static final int COLUMNS = 5;

  /** Each row of each character as five bits, leftmost highest. */
  private static final int[][] BITS = {
    {14, 17, 19, 21, 25, 17, 14},
    {4, 12, 4, 4, 4, 4, 14},
    {14, 17, 1, 2, 4, 8, 31},
    {31, 2, 4, 2, 1, 17, 14},
    {2, 6, 10, 18, 31, 2, 2},
    {31, 16, 30, 1, 1, 17, 14},
    {6, 8, 16, 30, 17, 17, 14},
    {31, 1, 2, 4, 8, 8, 8},
    {14, 17, 17, 14, 17, 17, 14},
    {14, 17, 17, 15, 1, 2, 12},
    {0, 0, 0, 0, 4, 4, 8},
    {0, 0, 22, 25, 17, 17, 17},
    {1, 1, 2, 4, 8, 16, 16},
    {0, 0, 14, 1, 15, 17, 15}
  };

  private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};

  /** White, and the colour of the other images. */
  private static final byte[] PALETTE = {-1, -1, -1, 0x0b, 0x6e, 0x5f};

  private PixelNumber() {}

  /**
   * The number centred in a box with a border; as large as fits, up to four times the basic size.
   */
  static byte[] png(String number, int width, int height) {
    int fitting = (width - 8) / (number.length() * (COLUMNS + 1));
    if (fitting == 0) {
      // a part of the number would be a wrong number
      return png("n/a", width, height);
    }
    int scale = Math.min(4, fitting);
    boolean[][] ink = new boolean[height][width];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        ink[y][x] = x < 2 || y < 2 || x >= width - 2 || y >= height - 2;
      }
    }
    int left = (width - number.length() * (COLUMNS + 1) * scale) / 2;
    int top = (height - ROWS * scale) / 2;
    for (int i = 0; i < number.length(); i++) {
      int[] bits = BITS[KNOWN.indexOf(number.charAt(i))];
      for (int y = 0; y < ROWS * scale; y++) {
        for (int x = 0; x < COLUMNS * scale; x++) {
          int column = left + i * (COLUMNS + 1) * scale + x;
          boolean set = ((bits[y / scale] >> (COLUMNS - 1 - x / scale)) & 1) == 1;
          if (set && column >= 0 && column < width) {
            ink[top + y][column] = true;
          }
        }
      }
    }
    return encoded(ink, width, height);
  }

  /** PNG (ISO/IEC 15948) with one bit for each pixel, and a palette. */
  private static byte[] encoded(boolean[][] ink, int width, int height) {
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    png.writeBytes(SIGNATURE);
    byte[] head =
        ByteBuffer.allocate(13)
            .putInt(width)
            .putInt(height)
            .put(new byte[] {1, 3, 0, 0, 0})
            .array();
    chunk(png, "IHDR", head);
    chunk(png, "PLTE", PALETTE);
    int rowBytes = 1 + (width + 7) / 8;
    byte[] rows = new byte[height * rowBytes];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        if (ink[y][x]) {
          rows[y * rowBytes + 1 + x / 8] |= (byte) (0x80 >> (x % 8));
        }
      }
    }
    chunk(png, "IDAT", deflated(rows));
    chunk(png, "IEND", new byte[0]);
    return png.toByteArray();
  }

  private static byte[] deflated(byte[] bytes) {
    Deflater deflater = new Deflater();
    try {
      deflater.setInput(bytes);
      deflater.finish();
      byte[] buffer = new byte[bytes.length + 64];
      int length = deflater.deflate(buffer);
      return Arrays.copyOf(buffer, length);
    } finally {
      deflater.end();
    }
  }

  private static void chunk(ByteArrayOutputStream png, String type, byte[] data) {
    CRC32 check = new CRC32();
    check.update(type.getBytes(US_ASCII));
    check.update(data);
    png.writeBytes(ByteBuffer.allocate(4).putInt(data.length).array());
    png.writeBytes(type.getBytes(US_ASCII));
    png.writeBytes(data);
    png.writeBytes(ByteBuffer.allocate(4).putInt((int) check.getValue()).array());
  }
}
