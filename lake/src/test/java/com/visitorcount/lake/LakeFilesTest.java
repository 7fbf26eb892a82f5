package com.visitorcount.lake;

import static org.assertj.core.api.Assertions.assertThat;

import com.visitorcount.history.ExportedRow;
import com.visitorcount.history.HistoryTable;
import com.visitorcount.history.InMemoryHistory;
import com.visitorcount.history.row.EachFact;
import com.visitorcount.history.row.RandomRows;
import com.visitorcount.history.row.Row;
import com.visitorcount.history.statistics.Question;
import com.visitorcount.history.statistics.Statistics;
import com.visitorcount.history.statistics.Totals;
import com.visitorcount.page.PageId;
import com.visitorcount.view.Campaign;
import com.visitorcount.view.Engagement;
import com.visitorcount.view.Facts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.duckdb.DuckDBConnection;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is written is what DuckDB reads. */
final class LakeFilesTest {
  private static final String SITE = "example.com";
  private static final LocalDate DAY = LocalDate.of(2026, 11, 10);
  private static final Instant NOW = DAY.plusDays(5).atTime(15, 0).toInstant(ZoneOffset.UTC);
  private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

  @TempDir private Path folder;
  private DuckDBConnection duckDb;

  @BeforeEach
  void connect() throws SQLException {
    duckDb = (DuckDBConnection) DriverManager.getConnection("jdbc:duckdb:");
    query("SET threads = 1", result -> "");
  }

  @AfterEach
  void close() throws SQLException {
    duckDb.close();
  }

  @Test
  void write_randomDays_duckDbCountsWhatStatisticsCount() throws Exception {
    HistoryTable history = InMemoryHistory.table();
    for (int day = 0; day < 4; day++) {
      history
          .chunks()
          .store(RandomRows.dayWithEngagement(new Random(day), DAY.plusDays(day), 150), NOW);
    }
    // the last day stays open
    InMemoryHistory.close(history, 120, false, NOW.plusSeconds(7_200));
    List<ExportedRow> exported = new ArrayList<>();
    LakeFiles files = new LakeFiles(SITE, this::put, 300);
    history
        .rowExport(NOW)
        .days(
            SITE,
            DAY,
            DAY.plusDays(5),
            day -> {
              try {
                files.write(day, exported::add);
              } catch (IOException e) {
                throw new AssertionError(e);
              }
            });

    assertThat(names()).contains("site=example.com/day=2026-11-10/rows-1.parquet");
    assertThat(names()).contains("site=example.com/day=2026-11-15/rows.parquet");
    assertThat(rows("ORDER BY day, sequence, born, time, page, event"))
        .hasSize(exported.size())
        .containsExactlyInAnyOrderElementsOf(exported.stream().map(LakeFilesTest::text).toList());
    for (int day = 0; day < 4; day++) {
      LocalDate utcDay = DAY.plusDays(day);
      assertThat(totals(utcDay))
          .isEqualTo(
              new Statistics(history.history(CLOCK), CLOCK)
                  .aggregate(new Question(SITE, utcDay, utcDay, ZoneOffset.UTC, List.of())));
    }
  }

  /** The queries of docs/lake.md. */
  private Totals totals(LocalDate day) throws SQLException {
    String ofVisits =
        query(
                """
                SELECT count(*), coalesce(sum(CASE WHEN rows <= 1 THEN 1 ELSE 0 END), 0),
                  coalesce(sum(seconds), 0)
                FROM (SELECT count(*) FILTER (interactive) AS rows,
                    date_diff('second', min(time), max(time)) AS seconds
                  FROM rows WHERE site = 'example.com' AND day = DATE '%s' AND visit IS NOT NULL
                  GROUP BY visit)
                """
                    .formatted(day),
                result -> result.getLong(1) + " " + result.getLong(2) + " " + result.getLong(3))
            .get(0);
    String ofRows =
        query(
                """
                SELECT count(*) FILTER (event IS NULL), count(DISTINCT visitor),
                  count(*) FILTER (event IS NOT NULL), count(engaged_seconds),
                  coalesce(sum(engaged_seconds), 0), coalesce(sum(scroll_percent), 0)
                FROM rows WHERE site = 'example.com' AND day = DATE '%s'
                """
                    .formatted(day),
                result -> {
                  StringBuilder numbers = new StringBuilder();
                  for (int i = 1; i <= 6; i++) {
                    numbers.append(result.getLong(i)).append(' ');
                  }
                  return numbers.toString().strip();
                })
            .get(0);
    long[] visits = numbers(ofVisits);
    long[] all = numbers(ofRows);
    return new Totals(
        all[0],
        all[1],
        visits[0],
        visits[1],
        visits[2],
        all[2],
        new Totals.Engaged(all[3], all[4], all[5]));
  }

  private static long[] numbers(String text) {
    return Arrays.stream(text.split(" ", -1)).mapToLong(Long::parseLong).toArray();
  }

  @Test
  void write_manyRowsWithLongNames_allAreRead() throws Exception {
    Random random = new Random(1);
    RowFile file = new RowFile();
    List<ExportedRow> written = new ArrayList<>();
    for (int i = 0; i < 70_000; i++) {
      // more names than a dictionary takes, in more rows than a group has
      ExportedRow row = row(random, "a.example/" + "long/".repeat(random.nextInt(8)) + i);
      written.add(row);
      file.add(row);
    }
    put(LakeKeys.rows("localhost:8080", DAY, 0), file.finish());

    Map<String, String> sites = new TreeMap<>();
    query("SELECT DISTINCT site, day FROM rows", r -> sites.put(r.getString(1), r.getString(2)));
    assertThat(sites).isEqualTo(Map.of("localhost:8080", "2026-11-10"));
    assertThat(rows("")).isEqualTo(written.stream().map(LakeFilesTest::text).toList());
  }

  private static ExportedRow row(Random random, String page) {
    long far = random.nextInt(10) == 0 ? random.nextLong() : random.nextInt(100);
    Row row =
        new Row(
            PageId.of(page),
            far == Long.MIN_VALUE ? 0 : far,
            random.nextInt(1_000) + 1L,
            DAY.toEpochDay() * 86_400 + random.nextInt(86_400),
            new Facts(
                random.nextBoolean(),
                random.nextInt(3) == 0 ? "r\u00e9f.example" : "",
                new Campaign("", "", "", "", random.nextInt(4) == 0 ? "x" : ""),
                "DE",
                "",
                "Linux",
                random.nextBoolean() ? "Mobile" : "Desktop"),
            random.nextInt(9) == 0 ? "" : Integer.toString(random.nextInt(50_000)));
    Engagement engagement =
        random.nextInt(1_000) == 0 ? new Engagement(random.nextInt(86_400), 100) : null;
    return new ExportedRow(row, random.nextInt(9) == 0 ? -1 : random.nextInt(90_000), engagement);
  }

  @Test
  void write_eachFactAlone_isInTheFile() {
    byte[] ofNothing = file(Facts.NONE);
    EachFact.alone()
        .forEach((name, facts) -> assertThat(file(facts)).as(name).isNotEqualTo(ofNothing));
  }

  private static byte[] file(Facts facts) {
    RowFile file = new RowFile();
    file.add(new ExportedRow(new Row(PageId.of("a.example"), 1, 1, 0, facts, "1"), 1, null));
    return file.finish();
  }

  @Test
  void write_nothing_isAFileWithoutRows() throws Exception {
    put(LakeKeys.rows(SITE, DAY, 0), new RowFile().finish());

    assertThat(query("SELECT count(*) FROM rows", r -> r.getString(1))).containsExactly("0");
  }

  @Test
  void read_filterBySequence_leavesGroupsOut() throws Exception {
    RowFile file = new RowFile();
    for (int i = 0; i < 140_000; i++) {
      file.add(
          new ExportedRow(
              new Row(PageId.of("a.example/" + i / 70_000), 1, i + 1L, 0, Facts.NONE, "1"),
              1,
              null));
    }
    put(LakeKeys.rows(SITE, DAY, 0), file.finish());

    assertThat(
            query(
                "SELECT row_group_id, stats_min_value, stats_max_value FROM parquet_metadata('"
                    + folder.resolve(LakeKeys.rows(SITE, DAY, 0))
                    + "') WHERE path_in_schema = 'sequence' ORDER BY 1",
                r -> r.getString(1) + " " + r.getString(2) + " " + r.getString(3)))
        .containsExactly("0 1 65536", "1 65537 131072", "2 131073 140000");
  }

  /** All columns of a row, as text. */
  private static String text(ExportedRow exported) {
    Row row = exported.row();
    Facts facts = exported.row().facts();
    Campaign campaign = facts.campaign();
    boolean isEvent = row.event() != null;
    return List.of(
            Long.toString(row.second() * 1_000),
            isEvent ? row.event().page() : row.page().toString(),
            row.page().eventName(),
            isEvent ? json(row.event().properties()) : "",
            Boolean.toString(!isEvent || row.event().isInteractive()),
            row.visitor(),
            exported.visit() < 0 ? "" : Integer.toString(exported.visit()),
            Boolean.toString(facts.entry()),
            facts.referrer(),
            campaign.source(),
            campaign.medium(),
            campaign.name(),
            campaign.term(),
            campaign.content(),
            facts.country(),
            facts.browser(),
            facts.os(),
            facts.device(),
            exported.engagement() == null ? "" : "" + exported.engagement().seconds(),
            exported.engagement() == null ? "" : "" + exported.engagement().scrollPercent(),
            Long.toString(row.sequence()),
            Long.toString(row.bornMillis()))
        .toString();
  }

  private static String json(Map<String, String> properties) {
    return properties.isEmpty()
        ? ""
        : properties.entrySet().stream()
            .map(each -> "\"%s\":\"%s\"".formatted(each.getKey(), each.getValue()))
            .collect(Collectors.joining(",", "{", "}"));
  }

  private List<String> rows(String order) throws SQLException {
    return query(
        """
        SELECT epoch_ms(time), page, event, properties, interactive, visitor, visit, entry,
          referrer, utm_source, utm_medium, utm_campaign, utm_term, utm_content, country, browser,
          os, device, engaged_seconds, scroll_percent, sequence, born
        FROM rows
        """
            + order,
        result -> {
          List<String> fields = new ArrayList<>();
          for (int i = 1; i <= 22; i++) {
            String field = result.getString(i);
            fields.add(field == null ? "" : field);
          }
          return fields.toString();
        });
  }

  private interface Reader {
    String read(ResultSet result) throws SQLException;
  }

  private List<String> query(String sql, Reader reader) throws SQLException {
    List<String> lines = new ArrayList<>();
    try (Statement statement = duckDb.createStatement()) {
      if (sql.contains("FROM rows")) {
        statement.execute(
            """
            CREATE OR REPLACE VIEW rows AS SELECT * FROM read_parquet('%s/*/*/*.parquet',
              hive_partitioning = true, hive_types = {'site': VARCHAR, 'day': DATE})
            """
                .formatted(folder));
      }
      if (statement.execute(sql)) {
        try (ResultSet result = statement.getResultSet()) {
          while (result.next()) {
            lines.add(reader.read(result));
          }
        }
      }
    }
    return lines;
  }

  private void put(String key, byte[] content) throws IOException {
    Path file = folder.resolve(key);
    Files.createDirectories(file.getParent());
    Files.write(file, content);
  }

  private List<String> names() throws IOException {
    try (var files = Files.walk(folder)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> folder.relativize(file).toString())
          .toList();
    }
  }
}
