package com.visitorcount.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.visitorcount.page.PageId;
import com.visitorcount.row.DeflatedJson;
import com.visitorcount.row.Row;
import com.visitorcount.row.Traffic;
import com.visitorcount.view.Campaign;
import com.visitorcount.view.Facts;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import org.junit.jupiter.api.Test;

final class SummaryTest {
  private static final LocalDate DAY = LocalDate.of(2026, 11, 1);

  @Test
  void of_rowsInAnyOrder_isTheSame() {
    List<Row> rows = new ArrayList<>(new Traffic("example.com", 1).day(DAY, 500));
    Summary summary = Summary.of(rows);

    for (int seed = 0; seed < 20; seed++) {
      Collections.shuffle(rows, new Random(seed));
      assertThat(Summary.of(rows)).isEqualTo(summary);
      assertThat(Summary.of(rows).encode()).isEqualTo(summary.encode());
    }
  }

  @Test
  void decode_anySummary_isTheOneThatWasEncoded() {
    for (int seed = 0; seed < 300; seed++) {
      List<Row> rows = new Traffic("example.com", seed).day(DAY, 1 + seed % 90);
      Summary summary = Summary.of(rows);

      assertThat(Summary.decode(summary.encode())).as("seed %d", seed).isEqualTo(summary);
    }
    Summary empty = Summary.of(List.of());
    assertThat(Summary.decode(empty.encode())).isEqualTo(empty);
    assertThat(empty.totals()).isEqualTo(Totals.NONE);
  }

  @Test
  void sum_ofDaysInAnyOrderAndGrouping_isTheSame() {
    List<Summary> days = new ArrayList<>();
    Traffic traffic = new Traffic("example.com", 2);
    for (int day = 0; day < 12; day++) {
      days.add(Summary.of(traffic.day(DAY.plusDays(day), 100)));
    }
    Summary sum = Summary.sum(days);

    for (int seed = 0; seed < 20; seed++) {
      Random random = new Random(seed);
      Collections.shuffle(days, random);
      int cut = random.nextInt(days.size());
      assertThat(
              Summary.sum(
                  List.of(
                      Summary.sum(days.subList(0, cut)),
                      Summary.sum(days.subList(cut, days.size())))))
          .isEqualTo(sum);
    }
    assertThat(sum.totals())
        .isEqualTo(days.stream().map(Summary::totals).reduce(Totals.NONE, Totals::plus));
  }

  @Test
  void encode_dayOfAMiddlingSite_isSmall() {
    Summary summary = Summary.of(new Traffic("example.com", 4).day(DAY, 33_000));

    int bytes = summary.encode().length;

    System.out.printf("summary of a day of 33,000 views: %d bytes%n", bytes);
    // thirty of them are read for a month
    assertThat(bytes).isLessThan(200_000 / 30);
  }

  /** Case B13 (a). */
  @Test
  void of_moreValuesThanAreNamed_staysInBoundsAndSumsToAll() {
    Random random = new Random(5);
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      String noise =
          random
              .ints(90, 'a', 'z' + 1)
              .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
              .toString();
      Facts facts = new Facts(true, noise, Campaign.NONE, "DE", "Firefox", "Linux", "");
      rows.add(
          new Row(PageId.ofKey("example.com/" + noise), 1, i + 1L, 1_790_000_000L, facts, "v" + i));
    }

    Summary summary = Summary.of(rows);

    assertThat(summary.encode().length).isLessThanOrEqualTo(Summary.MAX_BYTES);
    for (Dimension dimension : Dimension.values()) {
      Split split = summary.split(dimension);
      long named = split.values().values().stream().mapToLong(Totals::views).sum();
      assertThat(split.values()).hasSizeLessThanOrEqualTo(Summary.MAX_VALUES);
      assertThat(named + split.other().views()).isEqualTo(rows.size());
      assertThat(split.isCut()).isEqualTo(split.values().size() < distinct(dimension));
    }
  }

  private static int distinct(Dimension dimension) {
    return switch (dimension) {
      case PAGE, ENTRY_PAGE, EXIT_PAGE, REFERRER, SOURCE -> 20_000;
      default -> 1;
    };
  }

  @Test
  void encode_knownSummaries_areTheBytesThatAreStoredSinceVersionTwo() throws Exception {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    for (int seed = 0; seed < 50; seed++) {
      List<Row> rows = new Traffic("example.com", seed).day(DAY, 1 + seed * 3);
      byte[] bytes = Summary.of(rows).encode();
      assertThat(bytes[0]).isEqualTo((byte) 2);
      try (InflaterInputStream in =
          new InflaterInputStream(
              new ByteArrayInputStream(bytes, 1, bytes.length - 1), new Inflater(true))) {
        digest.update(in.readAllBytes());
      }
    }

    assertThat(HexFormat.of().formatHex(digest.digest(), 0, 8))
        .as("stored summaries changed: that takes a new version, and code that reads the old one")
        .isEqualTo("801daed335547911");
  }

  @Test
  void decode_whatIsNoSummary_isRefused() {
    byte[] bytes = Summary.of(new Traffic("example.com", 6).day(DAY, 40)).encode();

    for (byte[] broken :
        List.of(
            new byte[0],
            "no summary".getBytes(StandardCharsets.UTF_8),
            Arrays.copyOf(bytes, 60),
            DeflatedJson.write(3, Map.of()),
            DeflatedJson.write(1, Map.of()),
            DeflatedJson.write(2, Map.of()))) {
      assertThatThrownBy(() -> Summary.decode(broken)).isInstanceOf(IllegalArgumentException.class);
    }
  }
}
