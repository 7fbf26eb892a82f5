package com.visitorcount.history.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.visitorcount.history.row.RandomRows;
import com.visitorcount.history.row.Row;
import com.visitorcount.history.row.Traffic;
import com.visitorcount.page.PageId;
import com.visitorcount.view.Campaign;
import com.visitorcount.view.Facts;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class StatisticsTest {
  private static final String SITE = "example.com";
  private static final LocalDate TODAY = LocalDate.of(2026, 11, 24);
  private static final ZoneId UTC = ZoneOffset.UTC;

  @Test
  void aggregate_handWrittenDay_isWhatWasReckonedByHand() {
    List<Row> rows =
        List.of(
            row("2026-11-20T10:00:00Z", "/", "a", "news.example"),
            row("2026-11-20T10:01:40Z", "/blog", "a", ""),
            row("2026-11-20T10:31:40Z", "/", "a", ""), // 30 minutes later: still the same visit
            row("2026-11-20T11:01:41Z", "/blog", "a", ""), // one second more: a new visit
            row("2026-11-20T12:00:00Z", "/", "b", "search.example"),
            row("2026-11-20T13:00:00Z", "/old", "", ""));
    Statistics statistics = statistics(rows, LocalDate.MIN);
    Question day = question("2026-11-20", "2026-11-20", UTC);

    assertThat(statistics.aggregate(day)).isEqualTo(new Totals(6, 2, 3, 2, 1_900));
    assertThat(statistics.split(day, Dimension.SOURCE).values())
        .containsEntry("news.example", new Totals(3, 1, 1, 0, 1_900))
        .containsEntry("search.example", new Totals(1, 1, 1, 1, 0))
        .containsEntry("", new Totals(2, 1, 1, 1, 0))
        .hasSize(3);
    assertThat(statistics.split(day, Dimension.EXIT_PAGE).values())
        .containsEntry("/", new Totals(4, 2, 2, 1, 1_900))
        .containsEntry("/blog", new Totals(1, 1, 1, 1, 0))
        .containsEntry("", new Totals(1, 0, 0, 0, 0));
    assertThat(statistics.aggregate(filtered(day, Dimension.PAGE, false, "/b*")))
        .isEqualTo(new Totals(2, 1, 2, 1, 1_900));
    assertThat(statistics.aggregate(filtered(day, Dimension.ENTRY_PAGE, true, "/")))
        .isEqualTo(new Totals(2, 1, 1, 1, 0));
  }

  @Test
  void series_handWrittenDay_countsAVisitWhereItsFirstViewLies() {
    List<Row> rows =
        List.of(
            row("2026-11-20T10:50:00Z", "/", "a", ""),
            row("2026-11-20T11:10:00Z", "/", "a", ""),
            row("2026-11-20T11:20:00Z", "/", "b", ""));

    List<Point> points =
        statistics(rows, LocalDate.MIN)
            .series(question("2026-11-20", "2026-11-20", UTC), Interval.HOUR);

    assertThat(points).hasSize(24);
    assertThat(points.get(10).totals()).isEqualTo(new Totals(1, 1, 1, 0, 1_200));
    assertThat(points.get(11).totals()).isEqualTo(new Totals(2, 2, 1, 1, 0));
    assertThat(points.get(12).totals()).isEqualTo(Totals.NONE);
  }

  /** Summaries of days and months give the same answers as rows, for every question. */
  @Test
  void everyQuestion_bySummariesAndByRows_hasTheSameAnswer() {
    List<Row> rows = new ArrayList<>();
    Traffic traffic = new Traffic(SITE, 1);
    for (LocalDate day = LocalDate.of(2026, 9, 20); !day.isAfter(TODAY); day = day.plusDays(1)) {
      if (day.getDayOfMonth() != 13) {
        rows.addAll(traffic.day(day, 60 + day.getDayOfMonth() * 3));
      }
    }
    Statistics byRows = statistics(rows, LocalDate.MIN);
    Statistics bySummaries = statistics(rows, TODAY.minusDays(2));
    List<String> zones = List.of("UTC", "Europe/Berlin", "Asia/Kathmandu", "America/St_Johns");
    Random random = new Random(2);
    for (int i = 0; i < 80; i++) {
      LocalDate from = LocalDate.of(2026, 9, 15).plusDays(random.nextInt(60));
      LocalDate to = from.plusDays(random.nextInt(70));
      List<Filter> filters =
          random.nextInt(3) > 0
              ? List.of()
              : List.of(new Filter(Dimension.COUNTRY, List.of("DE", "US"), random.nextBoolean()));
      Question question = new Question(SITE, from, to, ZoneId.of(any(random, zones)), filters);
      Dimension dimension = any(random, List.copyOf(Dimension.summed()));
      Interval interval = any(random, List.of(Interval.DAY, Interval.WEEK, Interval.MONTH));

      assertThat(bySummaries.aggregate(question)).isEqualTo(byRows.aggregate(question));
      assertThat(bySummaries.series(question, interval))
          .isEqualTo(byRows.series(question, interval));
      Split split = byRows.split(question, dimension);
      assertThat(bySummaries.split(question, dimension)).isEqualTo(split);
      assertThat(
              bySummaries.splits(
                  question,
                  new HashSet<>(List.of(Attribute.of(dimension), Attribute.of(Dimension.HOUR)))))
          .containsEntry(Attribute.of(dimension), split)
          .containsEntry(Attribute.of(Dimension.HOUR), byRows.split(question, Dimension.HOUR));
      assertThat(split.values().values().stream().mapToLong(Totals::views).sum())
          .as("views by %s", dimension)
          .isEqualTo(byRows.aggregate(question).views());
      assertThat(
              byRows.series(question, interval).stream()
                  .map(Point::totals)
                  .reduce(Totals.NONE, Totals::plus)
                  .views())
          .isEqualTo(byRows.aggregate(question).views());
    }
  }

  @Test
  void closedDays_inAnyZone_areAnsweredWithoutRows() {
    List<Row> rows = rowsOfTwentyDays();
    RowsOfDays history = new RowsOfDays(rows, LocalDate.of(2026, 11, 21));
    Statistics statistics = new Statistics(history, clock());
    Statistics byRows = statistics(rows, LocalDate.MIN);
    for (String zone : List.of("UTC", "Europe/Berlin", "Asia/Kathmandu", "America/St_Johns")) {
      Question question = question("2026-11-02", "2026-11-19", ZoneId.of(zone));

      assertThat(statistics.aggregate(question)).isEqualTo(byRows.aggregate(question));
      for (Interval interval : List.of(Interval.DAY, Interval.WEEK, Interval.MONTH)) {
        assertThat(statistics.series(question, interval))
            .as(zone)
            .isEqualTo(byRows.series(question, interval));
      }
    }
    assertThat(history.daysRead()).isZero();
  }

  @Test
  void closedDays_inZoneOfWholeHours_areAnsweredByHourWithoutRows() {
    List<Row> rows = rowsOfTwentyDays();
    RowsOfDays history = new RowsOfDays(rows, LocalDate.of(2026, 11, 21));
    Statistics statistics = new Statistics(history, clock());
    Statistics byRows = statistics(rows, LocalDate.MIN);
    Question question = question("2026-11-02", "2026-11-19", ZoneId.of("Europe/Berlin"));

    assertThat(statistics.split(question, Dimension.HOUR))
        .isEqualTo(byRows.split(question, Dimension.HOUR));
    assertThat(history.daysRead()).isZero();
    // 23 hours of the last day are selected
    assertThat(statistics.series(question, Interval.HOUR))
        .isEqualTo(byRows.series(question, Interval.HOUR));
    assertThat(history.daysRead()).isEqualTo(1);
  }

  @Test
  void closedDays_ofWhichPartIsAskedFor_areReadWhereSummariesDoNotSuffice() {
    RowsOfDays history = new RowsOfDays(rowsOfTwentyDays(), LocalDate.of(2026, 11, 21));
    Statistics statistics = new Statistics(history, clock());
    Question question = question("2026-11-02", "2026-11-19", ZoneId.of("Europe/Berlin"));

    statistics.split(question, Dimension.PAGE);
    assertThat(history.daysRead()).as("first and last").isEqualTo(2);
    statistics.aggregate(
        new Question(
            SITE,
            question.from(),
            question.to(),
            question.zone(),
            List.of(),
            Instant.parse("2026-11-10T12:34:56Z")));
    assertThat(history.daysRead()).as("that of a moment in a quarter").isEqualTo(3);
    statistics.split(question("2026-11-01", "2026-11-20", UTC), Dimension.PAGE);
    assertThat(history.daysRead()).as("none more").isEqualTo(3);
  }

  private static List<Row> rowsOfTwentyDays() {
    List<Row> rows = new ArrayList<>();
    for (int day = 1; day <= 20; day++) {
      rows.addAll(RandomRows.day(new Random(day), LocalDate.of(2026, 11, day), 20));
    }
    return rows;
  }

  /** Case B13: values that a summary does not name are read from rows. */
  @Test
  void split_ofMoreValuesThanASummaryNames_isExact() {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 5_000; i++) {
      Instant at = Instant.parse("2026-11-20T00:00:00Z").plusSeconds(i);
      rows.add(row(at.toString(), "/p" + i % 3, "v" + i, "r" + i + ".example"));
    }
    Statistics statistics = statistics(rows, TODAY);
    Question day = question("2026-11-20", "2026-11-20", UTC);

    SortedMap<String, Totals> split = statistics.split(day, Dimension.REFERRER).values();
    Breakdown first = Breakdown.of(split, value -> true, Breakdown.MOST_VISITORS_FIRST, 1_000, 1);
    Breakdown last = Breakdown.of(split, value -> true, Breakdown.MOST_VISITORS_FIRST, 1_000, 5);

    assertThat(first.total()).isEqualTo(5_000);
    assertThat(first.entries()).hasSize(1_000);
    assertThat(last.entries()).hasSize(1_000);
    assertThat(
            Breakdown.of(split, value -> true, Breakdown.MOST_VISITORS_FIRST, 1_000, 6).entries())
        .isEmpty();
    assertThat(split).hasSize(5_000);
    assertThat(
            Breakdown.of(
                    split, value -> value.startsWith("r42"), Breakdown.MOST_VISITORS_FIRST, 10, 1)
                .total())
        .isEqualTo(IntStream.range(0, 5_000).filter(i -> ("r" + i).startsWith("r42")).count());
  }

  /** Cases B34 (c) and (f): days of 23 and 25 hours, half hours, days that never existed. */
  @ParameterizedTest
  @CsvSource({
    "Europe/Berlin, 2026-03-29, 23",
    "Europe/Berlin, 2026-10-25, 25",
    "Asia/Kathmandu, 2026-05-01, 24",
    "America/Sao_Paulo, 2018-11-04, 23",
    "Africa/Cairo, 2026-04-24, 23",
    "Australia/Lord_Howe, 2026-04-05, 25",
    "Australia/Lord_Howe, 2026-10-04, 24",
    "America/St_Johns, 2026-11-01, 25",
    "Pacific/Apia, 2011-12-30, 0",
    "UTC, 2026-11-20, 24"
  })
  void series_hoursOfADay_areThoseOfItsClocks(String zone, String day, int hours) {
    ZoneId id = ZoneId.of(zone);
    LocalDate date = LocalDate.parse(day);
    List<Row> rows = new ArrayList<>();
    Instant start = date.minusDays(1).atStartOfDay(UTC).toInstant();
    for (int i = 0; i < 3 * 24 * 4; i++) {
      rows.add(row(start.plusSeconds(i * 900L + 7).toString(), "/", "v" + i / 96, ""));
    }
    Statistics statistics =
        new Statistics(
            new RowsOfDays(rows, LocalDate.MIN),
            Clock.fixed(date.plusDays(3).atStartOfDay(UTC).toInstant(), UTC));
    Question question = new Question(SITE, date, date, id, List.of());

    List<Point> points = statistics.series(question, Interval.HOUR);

    assertThat(points).hasSize(hours);
    assertThat(points).extracting(Point::start).doesNotHaveDuplicates().isSorted();
    long inDay =
        rows.stream()
            .filter(
                row -> Instant.ofEpochSecond(row.second()).atZone(id).toLocalDate().equals(date))
            .count();
    assertThat(points.stream().mapToLong(point -> point.totals().views()).sum()).isEqualTo(inDay);
    assertThat(statistics.aggregate(question).views()).isEqualTo(inDay);
  }

  /** Case B34 (a) and (b). */
  @ParameterizedTest
  @CsvSource({
    "2026-05-01T18:45:00Z, Asia/Kolkata, 2026-05-02",
    "2026-05-01T18:15:00Z, Asia/Kathmandu, 2026-05-02",
    "2026-05-01T18:14:59Z, Asia/Kathmandu, 2026-05-01",
    "2025-11-15T17:00:00Z, Asia/Shanghai, 2025-11-16",
    "2026-05-01T02:00:00Z, America/New_York, 2026-04-30"
  })
  void everyPanel_viewNearMidnight_isOnTheDayOfItsZone(String at, String zone, String day) {
    Statistics statistics = statistics(List.of(row(at, "/", "v", "")), LocalDate.MIN);
    LocalDate date = LocalDate.parse(day);
    for (int shift = -1; shift <= 1; shift++) {
      Question question =
          new Question(
              SITE, date.plusDays(shift), date.plusDays(shift), ZoneId.of(zone), List.of());
      long expected = shift == 0 ? 1 : 0;

      assertThat(statistics.aggregate(question).views()).isEqualTo(expected);
      assertThat(statistics.split(question, Dimension.PAGE).values()).hasSize((int) expected);
      assertThat(statistics.series(question, Interval.DAY).get(0).totals().views())
          .isEqualTo(expected);
    }
  }

  @Test
  void series_weeksAndMonths_beginWithTheQuestionAndThenWithThemselves() {
    Statistics statistics = statistics(List.of(), LocalDate.MIN);
    Question question = question("2026-10-29", "2026-12-02", ZoneId.of("Europe/Berlin"));

    assertThat(statistics.series(question, Interval.WEEK))
        .extracting(point -> point.start().toLocalDate().toString())
        .containsExactly(
            "2026-10-29", "2026-11-02", "2026-11-09", "2026-11-16", "2026-11-23", "2026-11-30");
    assertThat(statistics.series(question, Interval.MONTH))
        .extracting(point -> point.start().toLocalDate().toString())
        .containsExactly("2026-10-29", "2026-11-01", "2026-12-01");
  }

  /** Case C18: beyond what an answer can name, the smallest values are summed. */
  @Test
  void split_ofMoreValuesThanItNames_namesTheLargestAndSumsTheOthers() {
    List<Row> rows = new ArrayList<>();
    Instant start = Instant.parse("2026-11-20T00:00:00Z");
    int many = Statistics.MAX_VALUES + 3;
    for (int i = 0; i < many; i++) {
      rows.add(row(start.plusSeconds(i % 86_400).toString(), "/p" + i, "v" + i, ""));
    }
    for (int i = 0; i < 500; i++) {
      rows.add(row(start.plusSeconds(i).toString(), "/p" + i % 5, "w" + i, ""));
      rows.add(row(start.plusSeconds(86_400 + i).toString(), "/p" + i % 7, "x" + i, ""));
      rows.add(row(start.plusSeconds(86_400 + i).toString(), "/next" + i, "x" + i, ""));
    }
    Statistics statistics = statistics(rows, LocalDate.of(2026, 11, 21));
    Question day = question("2026-11-20", "2026-11-20", UTC);
    Question days = question("2026-11-20", "2026-11-21", UTC);

    Split ofDay = statistics.split(day, Dimension.PAGE);
    Split ofDays = statistics.split(days, Dimension.PAGE);

    assertThat(ofDay.values()).hasSize(Statistics.MAX_VALUES);
    assertThat(ofDay.other()).isEqualTo(new Totals(3, 3, 3, 3, 0));
    assertThat(ofDay.values().get("/p0").views()).isEqualTo(101);
    assertThat(ofDays.values()).hasSize(Statistics.MAX_VALUES);
    assertThat(ofDays.values().get("/p0").views()).isEqualTo(101 + 72);
    for (Map.Entry<Question, Split> each : Map.of(day, ofDay, days, ofDays).entrySet()) {
      Split split = each.getValue();
      assertThat(
              split.values().values().stream().mapToLong(Totals::views).sum()
                  + split.other().views())
          .isEqualTo(statistics.aggregate(each.getKey()).views());
    }
  }

  @Test
  void online_rowsAroundNow_areTheLastMinutes() {
    Instant now = Instant.parse("2026-11-24T00:02:00Z");
    List<Row> rows =
        List.of(
            row("2026-11-23T23:31:59Z", "/", "a", ""), // too long ago
            row("2026-11-23T23:32:01Z", "/", "a", ""),
            row("2026-11-23T23:58:30Z", "/", "b", ""),
            row("2026-11-24T00:00:30Z", "/x", "c", ""),
            row("2026-11-24T00:01:59Z", "/x", "c", ""),
            row("2026-11-24T00:02:00Z", "/", "d", ""),
            row("2026-11-24T00:02:30Z", "/", "e", "")); // from a clock that is ahead
    Statistics statistics =
        new Statistics(new RowsOfDays(rows, LocalDate.MIN), Clock.fixed(now, UTC));

    Online online = statistics.online(SITE);

    assertThat(online.visitors()).isEqualTo(3);
    assertThat(online.viewsByMinute()).hasSize(30).startsWith(1, 0).endsWith(1, 2);
    assertThat(online.viewsByMinute().stream().mapToInt(Integer::intValue).sum()).isEqualTo(5);
    assertThat(online.pages()).extracting(Breakdown.Entry::value).containsExactly("/", "/x");
  }

  @Test
  void firstDay_isThatOfTheFirstView() {
    List<Row> rows = List.of(row("2026-11-20T10:00:00Z", "/", "a", ""));

    assertThat(statistics(rows, TODAY).firstDay(SITE)).hasValue(LocalDate.of(2026, 11, 20));
    assertThat(statistics(List.of(), TODAY.minusDays(9)).firstDay(SITE)).isEmpty();
  }

  @Test
  void question_beyondItsLimits_isRefusedInWords() {
    assertThatThrownBy(() -> question("2026-11-02", "2026-11-01", UTC))
        .isInstanceOf(InvalidQuestionException.class)
        .hasMessageContaining("before the first");
    assertThatThrownBy(() -> question("2020-01-01", "2026-01-01", UTC))
        .isInstanceOf(InvalidQuestionException.class)
        .hasMessageContaining("1830 days");
    assertThatThrownBy(() -> question("0001-01-01", "0001-01-02", UTC))
        .isInstanceOf(InvalidQuestionException.class);
    Question year = question("2026-01-01", "2026-12-31", UTC);
    Statistics statistics = statistics(List.of(), LocalDate.MIN);
    assertThatThrownBy(() -> statistics.series(year, Interval.HOUR))
        .isInstanceOf(InvalidQuestionException.class)
        .hasMessageContaining("1500 points");
    assertThatThrownBy(
            () -> Breakdown.of(Map.of(), value -> true, Breakdown.MOST_VISITORS_FIRST, 1_001, 1))
        .isInstanceOf(InvalidQuestionException.class);
    assertThatThrownBy(
            () -> Breakdown.of(Map.of(), value -> true, Breakdown.MOST_VISITORS_FIRST, 10, 0))
        .isInstanceOf(InvalidQuestionException.class);
    assertThatThrownBy(() -> new Filter(Dimension.PAGE, List.of(), false))
        .isInstanceOf(InvalidQuestionException.class);
    assertThatThrownBy(() -> new Filter(Dimension.PAGE, Collections.nCopies(101, "/"), false))
        .isInstanceOf(InvalidQuestionException.class);
  }

  @ParameterizedTest
  @CsvSource({"2027-03-01, 2027-03-31", "2026-12-01, 2026-12-31", "2026-11-26, 2026-11-26"})
  void everyQuestion_aboutDaysToCome_isAnsweredWithNothing(String from, String to) {
    Statistics statistics = statistics(List.of(), TODAY.minusDays(9));
    Question question = question(from, to, UTC);

    assertThat(statistics.aggregate(question)).isEqualTo(Totals.NONE);
    assertThat(statistics.split(question, Dimension.PAGE).values()).isEmpty();
    assertThat(statistics.series(question, Interval.MONTH))
        .extracting(Point::totals)
        .containsExactly(Totals.NONE);
  }

  @ParameterizedTest
  @CsvSource({
    "/blog/*, /blog/first, true",
    "/blog/*, /blog/, true",
    "/blog/*, /blog/a/b, false",
    "/blog/**, /blog/a/b, true",
    "/blog**, /blog, true",
    "**/b, /a/b, true",
    "/*/b, /a/b, true",
    "/*/b, /a/c/b, false",
    "/a.b, /axb, false",
    "/A, /a, false",
    "*, /, false",
    "**, /, true",
    "/a**b*c, /a/x/bc, true",
    "/a\\*b, /a*b, true",
    "/a\\*b, /axb, false",
    "/a\\\\b, /a\\b, true",
    "/a\\, /a\\, true"
  })
  void filter_ofPages_knowsWildcards(String pattern, String page, boolean accepted) {
    assertThat(new Filter(Dimension.PAGE, List.of("/no", pattern), false).condition().test(page))
        .isEqualTo(accepted);
    assertThat(new Filter(Dimension.PAGE, List.of("/no", pattern), true).condition().test(page))
        .isEqualTo(!accepted);
  }

  @ParameterizedTest
  @ValueSource(strings = {"D*", "**", "d", ""})
  void filter_ofOtherDimensions_takesValuesAsTheyStand(String value) {
    assertThat(new Filter(Dimension.COUNTRY, List.of(value), false).condition().test("DE"))
        .isFalse();
    assertThat(new Filter(Dimension.COUNTRY, List.of("DE"), false).condition().test("DE")).isTrue();
  }

  private static <T> T any(Random random, List<T> values) {
    return values.get(random.nextInt(values.size()));
  }

  private static Statistics statistics(List<Row> rows, LocalDate firstOpen) {
    return new Statistics(new RowsOfDays(rows, firstOpen), clock());
  }

  private static Clock clock() {
    return Clock.fixed(TODAY.atTime(12, 0).toInstant(ZoneOffset.UTC), UTC);
  }

  private static Question question(String from, String to, ZoneId zone) {
    return new Question(SITE, LocalDate.parse(from), LocalDate.parse(to), zone, List.of());
  }

  private static Question filtered(
      Question question, Dimension dimension, boolean negated, String value) {
    return new Question(
        question.site(),
        question.from(),
        question.to(),
        question.zone(),
        List.of(new Filter(dimension, List.of(value), negated)));
  }

  private static Row row(String at, String path, String visitor, String referrer) {
    Instant instant = Instant.parse(at);
    Facts facts =
        new Facts(!referrer.isEmpty(), referrer, Campaign.NONE, "DE", "Firefox", "Linux", "");
    return new Row(
        PageId.ofKey(SITE + path),
        1,
        instant.toEpochMilli(),
        instant.getEpochSecond(),
        facts,
        visitor);
  }
}
