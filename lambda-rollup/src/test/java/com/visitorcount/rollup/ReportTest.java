package com.visitorcount.rollup;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.visitorcount.history.statistics.Totals;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ReportTest {
  private static final String DASHBOARD = "https://read.example/dashboard/";
  private static final LocalDate MONDAY = LocalDate.parse("2026-11-23");
  private static final int MAX_SNS_BYTES = 256 * 1024;

  private static final Report.Site SITE =
      new Report.Site(
          "example.com",
          new Totals(2_900, 1_100, 1_300, 585, 130_000),
          new Totals(3_000, 1_000, 1_200, 516, 126_000));

  @Test
  void text_ofSeveralSites_isWhole() {
    Report report =
        new Report(
            ReportInterval.WEEKLY,
            MONDAY,
            DASHBOARD,
            List.of(
                new Report.Details(
                    SITE,
                    List.of(new Report.Line("/", 812), new Report.Line("/blog/first-post", 1)),
                    List.of(new Report.Line("Google", 400), new Report.Line("Direct / None", 300)),
                    List.of(new Report.Line("signup", 40))),
                new Report.Details(
                    new Report.Site("new.example", new Totals(3, 2, 0, 0, 0), null),
                    List.of(),
                    List.of(),
                    List.of())),
            List.of(
                new Report.Site("b.example", totals(120), totals(0)),
                new Report.Site("c.example", totals(0), totals(31))),
            3,
            new TreeSet<>(List.of(LocalDate.parse("2026-11-24"))));

    assertThat(report.subject()).isEqualTo("Weekly report: 1,222 visitors on 4 sites");
    assertThat(report.text())
        .isEqualTo(
            """
            23 to 29 November 2026, compared with 16 to 22 November 2026
            1,222 visitors on 4 sites

            example.com
              Visitors             1,100  (+10 %)
              Visits               1,300  (+8 %)
              Page views           2,900  (-3 %)
              Bounce rate           45 %  (+2 points)
              Visit duration      1m 40s  (-5 %)
              Top pages
                    812  /
                      1  /blog/first-post
              Top sources
                    400  Google
                    300  Direct / None
              Goals
                     40  signup
              https://read.example/dashboard/?site=example.com&period=custom&from=2026-11-23&to=2026-11-29

            new.example
              Visitors                 2
              Visits                   0
              Page views               3
              Bounce rate              –
              Visit duration           –
              There is no earlier data to compare with.
              https://read.example/dashboard/?site=new.example&period=custom&from=2026-11-23&to=2026-11-29

            Other sites
                    120  b.example  (before: 0)
                      0  c.example  (-100 %)
              https://read.example/dashboard/

            3 more sites were not read.

            Some of the data could not be read, so numbers are too low on 2026-11-24.

            Days are those of UTC. Visitors are counted per day.
            """);
  }

  @Test
  void text_ofAMonth_leadsToTheMonth() {
    Report report =
        new Report(
            ReportInterval.MONTHLY,
            LocalDate.parse("2026-11-01"),
            DASHBOARD,
            List.of(new Report.Details(SITE, List.of(), List.of(), List.of())),
            List.of(),
            0,
            noDays());

    assertThat(report.subject()).isEqualTo("Monthly report: 1,100 visitors on example.com");
    assertThat(report.text())
        .startsWith("November 2026, compared with October 2026\n\nexample.com\n")
        .contains("dashboard/?site=example.com&period=month&date=2026-11-01\n")
        .doesNotContain("sites");
  }

  @Test
  void text_withoutAnySite_saysSo() {
    Report report =
        new Report(ReportInterval.WEEKLY, MONDAY, DASHBOARD, List.of(), List.of(), 0, noDays());

    assertThat(report.subject()).isEqualTo("Weekly report: 0 visitors on 0 sites");
    assertThat(report.text()).contains("No site had a visitor in either of them.");
  }

  /** Visitors make up pages and sources. */
  @Test
  void text_ofHostileValues_isPlainAndShort() {
    Report.Line line = new Report.Line("/\u202egnp.\nhttps://evil.example/" + "😀".repeat(300), 7);
    Report report =
        new Report(
            ReportInterval.WEEKLY,
            MONDAY,
            DASHBOARD,
            List.of(new Report.Details(SITE, List.of(line), List.of(), List.of())),
            List.of(),
            0,
            noDays());

    assertThat(report.text())
        .contains("        7  /gnp.https:evil.example/😀")
        .contains("😀…\n")
        .doesNotContain("\u202e", "😀".repeat(80));
  }

  /** As many and as long as there can be. */
  @Test
  void text_ofAThousandSites_isTakenBySns() {
    String host = "a".repeat(249) + ".de";
    List<Report.Line> lines =
        IntStream.range(0, 5).mapToObj(i -> new Report.Line("/" + "語".repeat(200), i)).toList();
    Report report =
        new Report(
            ReportInterval.WEEKLY,
            MONDAY,
            "https://" + host + "/dashboard/",
            IntStream.range(0, Reports.MAX_DETAILS)
                .mapToObj(
                    i ->
                        new Report.Details(
                            new Report.Site(host, totals(1L << 60), totals(1)),
                            lines,
                            lines,
                            lines))
                .toList(),
            IntStream.range(0, 1_000)
                .mapToObj(i -> new Report.Site(host, totals(1), totals(1)))
                .toList(),
            0,
            noDays());

    assertThat(report.text().getBytes(UTF_8)).hasSizeLessThan(MAX_SNS_BYTES / 2);
    assertThat(report.text()).contains("  and 800 more sites with 800 visitors\n");
    assertThat(
            new Report(
                    ReportInterval.MONTHLY,
                    MONDAY,
                    DASHBOARD,
                    List.of(),
                    List.of(new Report.Site(host, totals(1), null)),
                    0,
                    noDays())
                .subject())
        .isEqualTo("Monthly report: 1 visitor");
    assertThat(report.subject()).hasSizeLessThanOrEqualTo(Report.MAX_SUBJECT_CHARS);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-12-28, 28 December 2026 to 3 January 2027",
    "2026-11-30, 30 November to 6 December 2026",
    "2026-11-23, 23 to 29 November 2026",
  })
  void title_ofAWeek_namesItsDays(LocalDate first, String title) {
    assertThat(ReportInterval.WEEKLY.title(first)).isEqualTo(title);
  }

  @ParameterizedTest
  @CsvSource({
    // a Monday
    "WEEKLY, 2026-11-30T05:59:59Z, false",
    "WEEKLY, 2026-11-30T06:00:00Z, true",
    "WEEKLY, 2026-12-02T05:59:59Z, true",
    "WEEKLY, 2026-12-02T06:00:00Z, false",
    "WEEKLY, 2026-11-29T23:00:00Z, false",
    "MONTHLY, 2026-12-01T05:59:59Z, false",
    "MONTHLY, 2026-12-01T06:00:00Z, true",
    "MONTHLY, 2026-12-03T06:00:00Z, false",
  })
  void report_isDueForTwoDays(ReportInterval interval, Instant now, boolean isDue) {
    assertThat(interval.isDue(now)).isEqualTo(isDue);
  }

  private static Totals totals(long visitors) {
    return new Totals(visitors, visitors, visitors, 0, 0);
  }

  private static SortedSet<LocalDate> noDays() {
    return new TreeSet<>();
  }
}
