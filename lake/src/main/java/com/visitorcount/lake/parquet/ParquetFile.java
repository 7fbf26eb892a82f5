package com.visitorcount.lake.parquet;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * An Apache Parquet file that is being written, in memory: groups of rows, each column by column,
 * and at the end where everything is. The format is that of <a
 * href="https://github.com/apache/parquet-format">parquet-format</a> 2.
 *
 * @param <R> the rows
 */
public final class ParquetFile<R> {
  private static final byte[] MAGIC = "PAR1".getBytes(US_ASCII);
  private static final String CREATED_BY = "visitorcount";

  private final List<ParquetColumn<R>> columns;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final List<Consumer<ThriftStruct>> groups = new ArrayList<>();
  private long rows;

  public ParquetFile(List<ParquetColumn<R>> columns) {
    this.columns = List.copyOf(columns);
    out.writeBytes(MAGIC);
  }

  /** Bytes so far. */
  public int size() {
    return out.size();
  }

  /** Rows so far. */
  public long rows() {
    return rows;
  }

  /**
   * Writes a group of rows. Readers like many rows in a group, and go through groups in parallel.
   */
  public void write(List<R> group) {
    if (group.isEmpty()) {
      return;
    }
    int start = out.size();
    long plain = 0;
    List<Consumer<ThriftStruct>> chunks = new ArrayList<>();
    for (ParquetColumn<R> column : columns) {
      ColumnChunk<R> chunk = new ColumnChunk<>(column, group, out);
      plain += chunk.plainBytes();
      chunks.add(chunk::describe);
    }
    long total = plain;
    int count = group.size();
    int compressed = out.size() - start;
    int number = groups.size();
    groups.add(
        described ->
            described
                .structs(1, chunks)
                .i64(2, total)
                .i64(3, count)
                .i64(5, start)
                .i64(6, compressed)
                .i16(7, number));
    rows += count;
  }

  /** The whole file; nothing can be written to it afterwards. */
  public byte[] finish() {
    List<Consumer<ThriftStruct>> schema = new ArrayList<>();
    schema.add(root -> root.text(4, "row").i32(5, columns.size()));
    List<Consumer<ThriftStruct>> orders = new ArrayList<>();
    for (ParquetColumn<R> column : columns) {
      schema.add(element -> describe(column, element));
      orders.add(order -> order.struct(1, byType -> {}));
    }
    byte[] footer =
        ThriftStruct.encode(
            file ->
                file.i32(1, 1)
                    .structs(2, schema)
                    .i64(3, rows)
                    .structs(4, groups)
                    .text(6, CREATED_BY)
                    .structs(7, orders));
    out.writeBytes(footer);
    Packing.littleEndian(out, footer.length, Integer.BYTES);
    out.writeBytes(MAGIC);
    return out.toByteArray();
  }

  private static <R> void describe(ParquetColumn<R> column, ThriftStruct element) {
    element.i32(1, column.type().code).i32(3, column.isOptional() ? 1 : 0).text(4, column.name());
    if (column.meaning().converted >= 0) {
      element.i32(6, column.meaning().converted);
    }
    column.meaning().describe(element);
  }
}
