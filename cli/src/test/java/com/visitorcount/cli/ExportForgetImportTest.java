package com.visitorcount.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.visitorcount.counter.CounterTable;
import com.visitorcount.history.HistoryTable;
import com.visitorcount.history.InMemoryHistory;
import com.visitorcount.history.row.RandomRows;
import com.visitorcount.history.row.Row;
import com.visitorcount.history.statistics.Attribute;
import com.visitorcount.history.statistics.Dimension;
import com.visitorcount.history.statistics.Filter;
import com.visitorcount.history.statistics.Question;
import com.visitorcount.history.statistics.Statistics;
import com.visitorcount.page.PageRules;
import com.visitorcount.view.Campaign;
import com.visitorcount.view.Facts;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** What is exported, forgotten and imported again gives the same statistics. */
final class ExportForgetImportTest {
  private static final String SITE = "example.com";
  private static final LocalDate DAY = LocalDate.of(2026, 10, 30);
  private static final int DAYS = 4;
  private static final int SITES = 12;
  private static final Instant NOW = DAY.plusDays(9).atTime(15, 0).toInstant(ZoneOffset.UTC);
  private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

  /** Texts that a CSV file has to keep. */
  private static final List<String> TEXTS =
      List.of("a,b", "\"quoted\"", "two\nlines", "=1+1", " spaces ", "\u00fc\ud83d\ude00", "\\N");

  @TempDir private Path folder;

  private final StringWriter errors = new StringWriter();

  @Test
  void exportForgetImport_randomSites_giveTheSameStatistics() throws IOException {
    for (int seed = 0; seed < SITES; seed++) {
      HistoryTable history = InMemoryHistory.table();
      store(history, new Random(seed));
      Map<LocalDate, String> summaries = summaries(history);
      String answers = answers(history);
      Path file = folder.resolve("rows-%d.csv.gz".formatted(seed));
      List<String> lines = export(history, file);
      assertThat(summaries).as("site %d", seed).isNotEmpty();

      history.forgetting(NOW).site(SITE);
      assertThat(summaries(history)).isEmpty();
      // the second time replaces the first
      for (int time = 0; time < 2; time++) {
        int code = importRows(history, file);

        assertThat(code).as(errors.toString()).isEqualTo(ExitCode.OK);
        assertThat(summaries(history)).as("site %d", seed).isEqualTo(summaries);
        assertThat(answers(history)).as("site %d", seed).isEqualTo(answers);
      }
      assertThat(export(history, folder.resolve("again.csv")))
          .as("site %d", seed)
          .containsExactlyInAnyOrderElementsOf(lines);
    }
  }

  private static void store(HistoryTable history, Random random) {
    for (int day = 0; day < DAYS; day++) {
      List<Row> rows = new ArrayList<>();
      for (Row row :
          RandomRows.dayWithEngagement(random, DAY.plusDays(day), 1 + random.nextInt(40))) {
        rows.add(row.isMessage() || random.nextInt(9) > 0 ? row : withTexts(random, row));
      }
      history.chunks().store(rows, DAY.plusDays(day + 1).atStartOfDay().toInstant(ZoneOffset.UTC));
    }
    InMemoryHistory.close(history, 150_000, false, NOW.minusSeconds(60));
  }

  private static Row withTexts(Random random, Row row) {
    Facts facts = row.facts();
    String text = TEXTS.get(random.nextInt(TEXTS.size()));
    return new Row(
        row.page(),
        row.bornMillis(),
        row.sequence(),
        row.second(),
        new Facts(
            facts.entry(),
            facts.referrer(),
            new Campaign(text, text, text, text, text),
            facts.country(),
            facts.browser(),
            facts.os(),
            facts.device()),
        row.visitor(),
        row.event());
  }

  /** Writes the file, and returns its lines without the columns that an import gives anew. */
  private static List<String> export(HistoryTable history, Path file) throws IOException {
    ExportRows export = new ExportRows(terminal(new StringWriter()));
    export.toFile(history.rowExport(NOW), new ExportedDays.Range(SITE, DAY, DAY.plusDays(9)), file);
    List<String> lines = new ArrayList<>();
    history
        .rowExport(NOW)
        .forEach(
            SITE,
            DAY,
            DAY.plusDays(9),
            row -> {
              String[] fields = RowLines.fields(row);
              fields[RowLines.COLUMNS.indexOf("born")] = "";
              lines.add(String.join("|", fields));
            });
    return lines;
  }

  private int importRows(HistoryTable history, Path file) {
    Terminal terminal = terminal(errors);
    ImportOptions options = new ImportOptions();
    options.file = file;
    try (DynamoDbClient unused =
        DynamoDbClient.builder()
            .region(Region.US_EAST_1)
            .credentialsProvider(AnonymousCredentialsProvider.create())
            .build()) {
      Tables tables =
          new Tables(
              unused, "none", new CounterTable(unused, "none"), "none", history, PageRules.NONE);
      return ImportRows.run(terminal, tables, options, new RowsIntoDays());
    }
  }

  private static Terminal terminal(StringWriter errors) {
    return new Terminal(
        new BufferedReader(new StringReader("")),
        new PrintWriter(new StringWriter()),
        new PrintWriter(errors),
        false,
        CLOCK);
  }

  private static Map<LocalDate, String> summaries(HistoryTable history) {
    Map<LocalDate, String> summaries = new TreeMap<>();
    history
        .history(CLOCK)
        .days(SITE, DAY, DAY.plusDays(DAYS))
        .forEach(
            (day, closed) ->
                summaries.put(day, Base64.getEncoder().encodeToString(closed.summary().encode())));
    return summaries;
  }

  /** Answers by every dimension, and to a filter, over several days. */
  private static String answers(HistoryTable history) {
    Statistics statistics = new Statistics(history.history(CLOCK), CLOCK);
    StringBuilder answers = new StringBuilder();
    Filter germany = new Filter(Dimension.COUNTRY, List.of("DE"), false);
    for (List<Filter> filters : List.of(List.<Filter>of(), List.of(germany))) {
      Question question = new Question(SITE, DAY, DAY.plusDays(DAYS), ZoneOffset.UTC, filters);
      answers.append(statistics.aggregate(question));
      statistics
          .splits(question, attributes())
          .forEach((attribute, split) -> answers.append('\n').append(attribute).append(split));
    }
    return answers.toString();
  }

  private static Set<Attribute> attributes() {
    Set<Attribute> attributes = new LinkedHashSet<>();
    for (Dimension dimension : Dimension.values()) {
      attributes.add(
          dimension == Dimension.PROPERTY
              ? Attribute.ofProperty("name 1")
              : Attribute.of(dimension));
    }
    return attributes;
  }
}
