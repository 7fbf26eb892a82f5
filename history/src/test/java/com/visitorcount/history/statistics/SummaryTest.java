package com.visitorcount.history.statistics;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.visitorcount.history.column.Part;
import com.visitorcount.history.row.DeflatedJson;
import com.visitorcount.history.row.EachFact;
import com.visitorcount.history.row.RandomRows;
import com.visitorcount.history.row.Row;
import com.visitorcount.history.row.Traffic;
import com.visitorcount.page.PageId;
import com.visitorcount.view.Campaign;
import com.visitorcount.view.Facts;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class SummaryTest {
  private static final String NO_ENGAGEMENT =
      ", engaged=Engaged[views=0, seconds=0, scrollPercents=0]";

  private static final LocalDate DAY = LocalDate.of(2026, 11, 1);

  @Test
  void of_rowsInAnyOrder_isTheSame() {
    List<Row> rows = new ArrayList<>(new Traffic("example.com", 1).day(DAY, 500));
    Summary summary = summary(rows);

    for (int seed = 0; seed < 20; seed++) {
      Collections.shuffle(rows, new Random(seed));
      assertThat(summary(rows).encode()).isEqualTo(summary.encode());
    }
  }

  @Test
  void decode_anySummary_isTheOneThatWasEncoded() {
    for (int seed = 0; seed < 300; seed++) {
      List<Row> rows = new Traffic("example.com", seed).day(DAY, 1 + seed % 90);
      Summary summary = summary(rows);

      assertSame(Summary.decode(summary.encode()), summary);
    }
    Summary empty = summary(List.of());
    assertSame(Summary.decode(empty.encode()), empty);
    assertThat(empty.totals()).isEqualTo(Totals.NONE);
  }

  @Test
  void decode_anySummaryWithEvents_isTheOneThatWasEncoded() throws Exception {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    for (int seed = 0; seed < 100; seed++) {
      Summary summary = summary(RandomRows.dayWithEvents(new Random(seed), DAY, 2 + seed));

      Summary decoded = Summary.decode(summary.encode());

      assertSame(decoded, summary);
      digest.update(text(decoded).getBytes(UTF_8));
      for (int quarter = 0; quarter <= 96; quarter++) {
        assertThat(decoded.cuts().before(quarter)).isEqualTo(summary.cuts().before(quarter));
        assertThat(decoded.cuts().from(quarter)).isEqualTo(summary.cuts().from(quarter));
        assertThat(decoded.cuts().after(quarter)).isEqualTo(summary.cuts().after(quarter));
      }
      Summary twice =
          Summary.sum(List.of(decoded, summary(RandomRows.day(new Random(seed), DAY, 9))));
      assertThat(
              twice.split(Dimension.EVENT).values().values().stream().mapToLong(Totals::rows).sum())
          .isEqualTo(twice.totals().rows());
    }

    assertThat(HexFormat.of().formatHex(digest.digest(), 0, 8))
        .as("stored summaries changed: that takes a new version, and code that reads the old one")
        .isEqualTo("8261b5b53f2a61e3");
  }

  @Test
  void split_ofEvents_whereThereAreNone_isThatOfViews() {
    Summary summary = summary(new Traffic("example.com", 3).day(DAY, 50));

    for (Summary same : List.of(summary, Summary.decode(summary.encode()))) {
      assertThat(same.split(Dimension.EVENT).values())
          .isEqualTo(Map.of("pageview", summary.totals()));
      assertThat(same.split(Dimension.PROPERTY).values()).isEqualTo(Map.of("", summary.totals()));
    }
  }

  /** Whether a visitor came from elsewhere decides where a visit begins; it is no dimension. */
  @Test
  void split_eachFactAlone_isAValueOfADimension() {
    Summary ofNothing = summary(List.of(view(Facts.NONE)));
    Map<String, Facts> alone = EachFact.alone();
    alone.remove("entry");
    alone.forEach(
        (name, facts) -> {
          Summary summary = summary(List.of(view(facts)));

          assertThat(Dimension.summed())
              .as(name)
              .anySatisfy(
                  dimension ->
                      assertThat(summary.split(dimension).values().keySet())
                          .isNotEqualTo(ofNothing.split(dimension).values().keySet()));
        });
  }

  private static Row view(Facts facts) {
    long noon = DAY.toEpochDay() * 86_400 + 43_200;
    return new Row(PageId.of("example.com"), 1, 1, noon, facts, "a");
  }

  @Test
  void sum_ofDaysInAnyOrderAndGrouping_isTheSame() {
    List<Summary> days = new ArrayList<>();
    Traffic traffic = new Traffic("example.com", 2);
    for (int day = 0; day < 12; day++) {
      days.add(summary(traffic.day(DAY.plusDays(day), 100)));
    }
    Summary sum = Summary.sum(days);

    for (int seed = 0; seed < 20; seed++) {
      Random random = new Random(seed);
      Collections.shuffle(days, random);
      int cut = random.nextInt(days.size());
      Summary again =
          Summary.sum(
              List.of(
                  Summary.sum(days.subList(0, cut)), Summary.sum(days.subList(cut, days.size()))));
      assertSame(again, sum);
    }
    assertThat(sum.totals())
        .isEqualTo(days.stream().map(Summary::totals).reduce(Totals.NONE, Totals::plus));
  }

  @Test
  void encode_dayOfAMiddlingSite_isSmall() {
    Summary summary = summary(new Traffic("example.com", 4).day(DAY, 33_000));

    int bytes = summary.encode().length;

    System.out.printf("summary of a day of 33,000 views: %d bytes%n", bytes);
    // thirty are read for a month
    assertThat(bytes).isLessThan(250_000 / 30);
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

    Summary summary = summary(rows);

    assertThat(summary.encode().length).isLessThanOrEqualTo(Summary.MAX_BYTES);
    for (Dimension dimension : Dimension.summed()) {
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
  void decode_summariesOfVersionOne_areWhatTheyWere() throws Exception {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    for (String line : lines("summaries-of-version-1.txt")) {
      Summary summary = Summary.decode(Base64.getDecoder().decode(line));
      assertThat(summary.rule()).isEqualTo(VisitRule.GAP);
      assertThat(summary.cuts()).isNull();
      assertThat(summary.split(Dimension.SOURCE)).isNull();
      digest.update(text(summary).getBytes(UTF_8));
    }

    assertThat(HexFormat.of().formatHex(digest.digest(), 0, 8)).isEqualTo("db4a8be68d8accc3");
  }

  private static List<String> lines(String resource) throws IOException {
    try (InputStream in = SummaryTest.class.getResourceAsStream("/" + resource)) {
      return new String(in.readAllBytes(), UTF_8).lines().toList();
    }
  }

  /** Everything in it except the cuts. */
  private static String text(Summary summary) {
    StringBuilder text = new StringBuilder(summary.totals().toString());
    for (Dimension dimension : Dimension.summed()) {
      if (dimension == Dimension.EVENT && summary.totals().events() == 0) {
        continue;
      }
      text.append(dimension.key()).append(summary.split(dimension)).append('\n');
    }
    return text.toString().replace(NO_ENGAGEMENT, "").replace(", events=0", "");
  }

  private static void assertSame(Summary actual, Summary expected) {
    assertThat(text(actual)).isEqualTo(text(expected));
    assertThat(actual.encode()).isEqualTo(expected.encode());
  }

  private static Summary summary(Collection<Row> rows) {
    return Summary.of(Part.of(rows, VisitRule.CURRENT));
  }

  /** The columns before compression, which depends on the version of zlib. */
  @Test
  void encode_knownSummaries_areTheNumbersThatAreStoredSinceVersionThree() throws Exception {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    for (int seed = 0; seed < 50; seed++) {
      Summary summary = summary(RandomRows.day(new Random(seed), DAY, 1 + seed));
      assertThat(summary.encode()[0]).isEqualTo((byte) 3);
      Summary decoded = Summary.decode(summary.encode());
      digest.update(text(decoded).getBytes(UTF_8));
      for (int quarter = 0; quarter <= 96; quarter++) {
        String cut =
            decoded.cuts().before(quarter)
                + " "
                + decoded.cuts().from(quarter)
                + " "
                + decoded.cuts().after(quarter);
        digest.update(cut.replace(NO_ENGAGEMENT, "").replace(", events=0", "").getBytes(UTF_8));
      }
    }

    assertThat(HexFormat.of().formatHex(digest.digest(), 0, 8))
        .as("stored summaries changed: that takes a new version, and code that reads the old one")
        .isEqualTo("4e52e77b4a76c2aa");
  }

  @Test
  void decode_whatIsNoSummary_isRefused() {
    byte[] bytes = summary(new Traffic("example.com", 6).day(DAY, 40)).encode();

    for (byte[] broken :
        List.of(
            new byte[0],
            "no summary".getBytes(UTF_8),
            Arrays.copyOf(bytes, 60),
            new byte[] {6, 1, 1, 1, 1, 1},
            DeflatedJson.write(1, Map.of()),
            DeflatedJson.write(2, Map.of()))) {
      assertThatThrownBy(() -> Summary.decode(broken)).isInstanceOf(IllegalArgumentException.class);
    }
  }
}
