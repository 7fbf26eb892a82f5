package com.visitorcount.history;

import static org.assertj.core.api.Assertions.assertThat;

import com.visitorcount.row.RandomRows;
import java.io.ByteArrayInputStream;
import java.security.MessageDigest;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.Random;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
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
      assertThat(part[0]).isEqualTo((byte) 1);
      try (InflaterInputStream in =
          new InflaterInputStream(
              new ByteArrayInputStream(part, 1, part.length - 1), new Inflater(true))) {
        digest.update(in.readAllBytes());
      }
    }

    assertThat(HexFormat.of().formatHex(digest.digest(), 0, 8))
        .as("stored ledgers changed: that takes a new version, and code that reads the old one")
        .isEqualTo("2a4ba493e5b910bd");
  }
}
