package com.visitorcount.history;

import static org.assertj.core.api.Assertions.assertThat;

import com.visitorcount.history.column.ByteReader;
import com.visitorcount.history.column.ByteWriter;
import com.visitorcount.history.column.Numbers;
import com.visitorcount.history.row.DeflatedJson;
import com.visitorcount.history.row.RandomRows;
import com.visitorcount.page.PageId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class SequenceLedgerTest {
  @Test
  void encode_everyStoredFormat_isPinnedByItsFingerprint() throws Exception {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    for (int seed = 0; seed < 50; seed++) {
      byte[] part =
          SequenceLedger.of(RandomRows.day(new Random(seed), LocalDate.of(2026, 11, 24), 60))
              .encode()
              .get(0);
      assertThat(part[0]).isEqualTo((byte) 2);
      digest.update(raw(part));
    }

    assertThat(HexFormat.of().formatHex(digest.digest(), 0, 8))
        .as("stored ledgers changed: that takes a new version, and code that reads the old one")
        .isEqualTo("81fddae0877f40e1");
  }

  /** The numbers before compression, which depends on the version of zlib. */
  private static byte[] raw(byte[] part) {
    ByteReader in = new ByteReader(part);
    ByteWriter out = new ByteWriter();
    out.octet(in.octet());
    int count = in.varint();
    for (String page : Numbers.readTexts(in, count)) {
      out.octets(page.getBytes(StandardCharsets.UTF_8));
    }
    for (int column = 0; column < 2; column++) {
      for (long number : Numbers.readLongs(in, count)) {
        out.varint(number);
      }
    }
    int[] runs = Numbers.read(in, count, Integer.MAX_VALUE);
    IntStream.of(runs).forEach(out::varint);
    for (int column = 0; column < 2; column++) {
      for (long number : Numbers.readLongs(in, IntStream.of(runs).sum())) {
        out.varint(number);
      }
    }
    assertThat(in.isAtEnd()).isTrue();
    return out.toBytes();
  }

  @Test
  void decode_ledgerOfAnOlderCounter_isRead() {
    byte[] json =
        DeflatedJson.write(
            1,
            Map.of(
                "pages", List.of("example.com/", "example.com/about"),
                "born", List.of(1_764_000_000_123L, 1_764_000_000_456L),
                "rows", List.of(5, 1),
                "runs", List.of(List.of(7, 2, 3, 0), List.of(1, 0))));

    SequenceLedger ledger = SequenceLedger.decode(List.of(json));

    SequenceLedger.Entry home =
        ledger.of(SequenceLedger.Life.of(PageId.of("example.com/"), 1_764_000_000_123L));
    assertThat(home.rows()).isEqualTo(5);
    assertThat(home.sequences().runs()).isEqualTo(Map.of(7L, 9L, 12L, 12L));
    SequenceLedger.Entry about =
        ledger.of(SequenceLedger.Life.of(PageId.of("example.com/about"), 1_764_000_000_456L));
    assertThat(about.sequences().runs()).isEqualTo(Map.of(1L, 1L));
  }
}
