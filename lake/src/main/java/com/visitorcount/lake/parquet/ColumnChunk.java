package com.visitorcount.lake.parquet;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * A column of a group of rows as a file has it: texts by a dictionary while that is small, whole
 * numbers by their differences; compressed page by page. It says of itself how often there is no
 * value, and which values are the smallest and the greatest, so that a reader can leave it out.
 */
final class ColumnChunk<R> {
  private static final int PLAIN = 0;
  private static final int RLE = 3;
  private static final int DELTA_BINARY_PACKED = 5;
  private static final int RLE_DICTIONARY = 8;

  private static final int DATA_PAGE = 0;
  private static final int DICTIONARY_PAGE = 2;
  private static final int GZIP = 2;

  private static final int PAGE_ROWS = 20_000;
  private static final int MAX_DICTIONARY_BYTES = 1 << 20;

  /** Of longer texts, the smallest and the greatest are not told. */
  private static final int MAX_BOUND_BYTES = 256;

  private final ParquetColumn<R> column;
  private final int rows;
  private final ByteArrayOutputStream out;
  private final int start;
  private int firstDataPage;
  private int end;
  private long plainBytes;
  private int encoding;
  private int dataPages;
  private boolean hasDictionary;
  private int nulls;
  private byte @Nullable [] min;
  private byte @Nullable [] max;

  /**
   * Writes a column.
   *
   * @param out the file so far
   */
  ColumnChunk(ParquetColumn<R> column, List<R> group, ByteArrayOutputStream out) {
    this.column = column;
    this.rows = group.size();
    this.out = out;
    this.start = out.size();
    if (column.isText()) {
      texts(group);
    } else {
      numbers(group);
    }
    this.end = out.size();
  }

  /** Size of its pages before they were compressed. */
  long plainBytes() {
    return plainBytes;
  }

  private void numbers(List<R> group) {
    encoding = column.type() == ParquetColumn.Type.BOOLEAN ? PLAIN : DELTA_BINARY_PACKED;
    firstDataPage = out.size();
    long low = Long.MAX_VALUE;
    long high = Long.MIN_VALUE;
    for (int from = 0; from < rows; from += PAGE_ROWS) {
      int count = Math.min(PAGE_ROWS, rows - from);
      int[] levels = new int[count];
      long[] values = new long[count];
      int present = 0;
      for (int i = 0; i < count; i++) {
        long value = column.number(group.get(from + i));
        if (value != ParquetColumn.NONE) {
          levels[i] = 1;
          values[present++] = value;
          low = Math.min(low, value);
          high = Math.max(high, value);
        }
      }
      ByteArrayOutputStream body = levels(levels, present);
      if (encoding == PLAIN) {
        Packing.booleans(body, values, present);
      } else {
        Packing.differences(body, values, present);
      }
      dataPage(body, count);
    }
    if (nulls < rows) {
      min = bound(low);
      max = bound(high);
    }
  }

  private byte[] bound(long value) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    Packing.littleEndian(bytes, value, column.type().bytes);
    return bytes.toByteArray();
  }

  private void texts(List<R> group) {
    Map<String, Integer> places = new LinkedHashMap<>();
    int[] indexes = new int[rows];
    for (int i = 0; i < rows; i++) {
      String value = column.text(group.get(i));
      if (value.isEmpty()) {
        indexes[i] = -1;
      } else {
        indexes[i] = places.computeIfAbsent(value, text -> places.size());
      }
    }
    byte[][] distinct =
        places.keySet().stream().map(text -> text.getBytes(UTF_8)).toArray(byte[][]::new);
    long size = 0;
    for (byte[] text : distinct) {
      size += Integer.BYTES + text.length;
      min = min == null || Arrays.compareUnsigned(text, min) < 0 ? text : min;
      max = max == null || Arrays.compareUnsigned(text, max) > 0 ? text : max;
    }
    hasDictionary = distinct.length > 0 && size <= MAX_DICTIONARY_BYTES;
    encoding = hasDictionary ? RLE_DICTIONARY : PLAIN;
    if (hasDictionary) {
      ByteArrayOutputStream dictionary = new ByteArrayOutputStream((int) size);
      for (byte[] text : distinct) {
        plain(dictionary, text);
      }
      page(
          DICTIONARY_PAGE,
          dictionary,
          header -> header.struct(7, page -> page.i32(1, distinct.length).i32(2, PLAIN)));
    }
    firstDataPage = out.size();
    int width = Math.max(1, Packing.width(distinct.length - 1L));
    for (int from = 0; from < rows; from += PAGE_ROWS) {
      textPage(
          Arrays.copyOfRange(indexes, from, Math.min(from + PAGE_ROWS, rows)), distinct, width);
    }
  }

  private void textPage(int[] indexes, byte[][] distinct, int width) {
    int[] levels = new int[indexes.length];
    int[] values = new int[indexes.length];
    int present = 0;
    for (int i = 0; i < indexes.length; i++) {
      if (indexes[i] >= 0) {
        levels[i] = 1;
        values[present++] = indexes[i];
      }
    }
    ByteArrayOutputStream body = levels(levels, present);
    if (hasDictionary) {
      body.write(width);
      Packing.runs(body, values, present, width);
    } else {
      for (int i = 0; i < present; i++) {
        plain(body, distinct[values[i]]);
      }
    }
    dataPage(body, indexes.length);
  }

  private static void plain(ByteArrayOutputStream body, byte[] text) {
    Packing.littleEndian(body, text.length, Integer.BYTES);
    body.writeBytes(text);
  }

  /** Begins a page with which of its rows have a value. */
  private ByteArrayOutputStream levels(int[] levels, int present) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    if (column.isOptional()) {
      ByteArrayOutputStream defined = new ByteArrayOutputStream();
      Packing.runs(defined, levels, levels.length, 1);
      Packing.littleEndian(body, defined.size(), Integer.BYTES);
      body.writeBytes(defined.toByteArray());
      nulls += levels.length - present;
    }
    return body;
  }

  private void dataPage(ByteArrayOutputStream body, int count) {
    page(
        DATA_PAGE,
        body,
        header ->
            header.struct(5, page -> page.i32(1, count).i32(2, encoding).i32(3, RLE).i32(4, RLE)));
    dataPages++;
  }

  private void page(int type, ByteArrayOutputStream body, Consumer<ThriftStruct> kind) {
    byte[] compressed = gzip(body);
    byte[] header =
        ThriftStruct.encode(
            page -> {
              page.i32(1, type).i32(2, body.size()).i32(3, compressed.length);
              kind.accept(page);
            });
    plainBytes += header.length + body.size();
    out.writeBytes(header);
    out.writeBytes(compressed);
  }

  private static byte[] gzip(ByteArrayOutputStream plain) {
    ByteArrayOutputStream compressed = new ByteArrayOutputStream(plain.size() / 2 + 64);
    try (GZIPOutputStream gzip = new GZIPOutputStream(compressed, 1 << 13)) {
      plain.writeTo(gzip);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return compressed.toByteArray();
  }

  /** Where it is in the file, and what is in it. */
  void describe(ThriftStruct chunk) {
    chunk.i64(2, start).struct(3, this::describeContent);
  }

  private void describeContent(ThriftStruct content) {
    content.i32(1, column.type().code);
    if (hasDictionary) {
      content.i32s(2, PLAIN, RLE, RLE_DICTIONARY);
    } else {
      content.i32s(2, encoding, RLE);
    }
    content
        .texts(3, column.name())
        .i32(4, GZIP)
        .i64(5, rows)
        .i64(6, plainBytes)
        .i64(7, end - start)
        .i64(9, firstDataPage);
    if (hasDictionary) {
      content.i64(11, start);
    }
    content.struct(12, this::describeValues);
    List<Consumer<ThriftStruct>> pages = new ArrayList<>();
    if (hasDictionary) {
      pages.add(page -> page.i32(1, DICTIONARY_PAGE).i32(2, PLAIN).i32(3, 1));
    }
    pages.add(page -> page.i32(1, DATA_PAGE).i32(2, encoding).i32(3, dataPages));
    content.structs(13, pages);
  }

  private void describeValues(ThriftStruct statistics) {
    statistics.i64(3, nulls);
    if (min != null && max != null && Math.max(min.length, max.length) <= MAX_BOUND_BYTES) {
      statistics.bytes(5, max).bytes(6, min);
    }
  }
}
