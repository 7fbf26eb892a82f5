package com.visitorcount.history;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.visitorcount.fuzz.Mutations;
import com.visitorcount.history.column.Part;
import com.visitorcount.history.row.DeflatedJson;
import com.visitorcount.history.row.RandomRows;
import com.visitorcount.history.row.Row;
import com.visitorcount.history.row.RowCodec;
import com.visitorcount.history.row.Rows;
import com.visitorcount.history.row.Traffic;
import com.visitorcount.history.statistics.Summary;
import com.visitorcount.history.statistics.VisitRule;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.Function;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import org.junit.jupiter.api.Test;

/**
 * Anything in the table is either read, or refused with the one exception that callers expect; what
 * was read is written back unchanged.
 */
final class StoredFormatsFuzzTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<Row> ROWS =
      Rows.union(List.of(new Traffic("example.com", 1).day(LocalDate.of(2026, 11, 24), 30)));

  private static final List<Row> WITH_EVENTS =
      RandomRows.dayWithEvents(new Random(1), LocalDate.of(2026, 11, 24), 15);

  @Test
  void rows_mutated_areReadOrRefused() throws Exception {
    for (List<Row> rows : List.of(ROWS, Rows.withNumberedVisitors(ROWS), WITH_EVENTS)) {
      fuzz(
          "rows",
          RowCodec.encode(rows).get(0),
          RowCodec::decode,
          decoded ->
              List.of(
                  RowCodec.encode(decoded).stream()
                      .flatMap(part -> RowCodec.decode(part).stream())
                      .toList()));
    }
  }

  @Test
  void summary_mutated_isReadOrRefused() {
    Mutations mutations = new Mutations(7);
    byte[] valid = Summary.of(Part.of(WITH_EVENTS, VisitRule.CURRENT)).encode();
    int read = 0;
    for (int i = 0; i < Mutations.CASES; i++) {
      try {
        Summary summary = Summary.decode(mutations.bytes(valid));
        Summary.sum(List.of(summary, summary)).encode();
        read++;
      } catch (IllegalArgumentException e) {
        // refused
      }
    }
    assertThat(read).isLessThan(Mutations.CASES);
  }

  @Test
  void ledger_mutated_isReadOrRefused() {
    Mutations mutations = new Mutations(7);
    byte[] valid = SequenceLedger.of(ROWS).encode().get(0);
    int read = 0;
    for (int i = 0; i < Mutations.CASES; i++) {
      try {
        SequenceLedger.decode(List.of(mutations.bytes(valid))).encode();
        read++;
      } catch (IllegalArgumentException e) {
        // refused
      }
    }
    assertThat(read).isBetween(1, Mutations.CASES - 1);
  }

  /** Small inputs that inflate without end are not read completely. */
  @Test
  void read_bytesThatInflateWithoutEnd_areRefused() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    bytes.write(1);
    try (DeflaterOutputStream out =
        new DeflaterOutputStream(bytes, new Deflater(Deflater.BEST_COMPRESSION, true))) {
      out.write("{\"pages\":[".getBytes(UTF_8));
      byte[] blanks = " ".repeat(1 << 20).getBytes(UTF_8);
      for (int i = 0; i < 80; i++) {
        out.write(blanks);
      }
      out.write("]}".getBytes(UTF_8));
    }

    assertThat(bytes.size()).isLessThan(100_000);
    assertThatThrownBy(() -> RowCodec.decode(bytes.toByteArray()))
        .isInstanceOf(IllegalArgumentException.class)
        .rootCause()
        .hasMessageContaining("Document length");
  }

  private static <T> void fuzz(
      String name, byte[] valid, Function<byte[], T> decode, Function<T, List<T>> again)
      throws Exception {
    Mutations mutations = new Mutations(7);
    JsonNode json = JSON.readTree(inflated(valid));
    int read = 0;
    for (int i = 0; i < Mutations.CASES; i++) {
      byte[] bytes =
          mutations.onceIn(4)
              ? mutations.bytes(valid)
              : DeflatedJson.write(valid[0], mutations.json(json));
      T value;
      try {
        value = decode.apply(bytes);
      } catch (IllegalArgumentException e) {
        continue;
      } catch (RuntimeException e) {
        throw new AssertionError(name + ", case " + i + ": " + inflatedOr(bytes), e);
      }
      read++;
      again.apply(value).forEach(same -> assertThat(same).isEqualTo(value));
    }
    System.out.printf(Locale.ROOT, "%s: %d of %d cases can be read%n", name, read, Mutations.CASES);
    assertThat(read).isBetween(Mutations.CASES / 20, Mutations.CASES * 19 / 20);
  }

  private static String inflatedOr(byte[] bytes) {
    try {
      return inflated(bytes);
    } catch (Exception e) {
      return "not deflated";
    }
  }

  private static String inflated(byte[] part) throws Exception {
    try (InflaterInputStream in =
        new InflaterInputStream(
            new ByteArrayInputStream(part, 1, part.length - 1), new Inflater(true))) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }
}
