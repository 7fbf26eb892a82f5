package com.visitorcount.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.visitorcount.counter.Counters;
import com.visitorcount.counter.DynamoDbClients;
import com.visitorcount.history.HistoryTable;
import com.visitorcount.local.LocalStack;
import com.visitorcount.local.TestStack;
import com.visitorcount.page.PageId;
import com.visitorcount.page.PageRules;
import com.visitorcount.row.RandomRows;
import com.visitorcount.row.Row;
import com.visitorcount.statistics.ClosedDay;
import com.visitorcount.statistics.Question;
import com.visitorcount.statistics.Statistics;
import com.visitorcount.statistics.Totals;
import com.visitorcount.statistics.UnreadableItems;
import com.visitorcount.view.Facts;
import com.visitorcount.view.View;
import com.visitorcount.view.ViewId;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program's commands, against the store through the real SDK. */
final class MainOnDynaliteTest {
  private static final LocalDate DAY = LocalDate.of(2026, 11, 10);
  private static final Instant NOW = DAY.plusDays(5).atTime(15, 0).toInstant(ZoneOffset.UTC);
  private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

  private static LocalStack stack;
  private static Tables tables;

  @TempDir private Path folder;

  @BeforeAll
  static void start() {
    stack = TestStack.start(Map.of(), CLOCK);
    tables =
        Tables.of(
            DynamoDbClients.patient().endpointOverride(stack.dynamoDbEndpoint()).build(),
            "VisitorCount",
            "VisitorHistory",
            PageRules.NONE);
  }

  @AfterAll
  static void stop() {
    tables.close();
    stack.close();
  }

  private record Run(int code, String output, String errors) {}

  private static Run run(String typed, String... arguments) {
    StringWriter output = new StringWriter();
    StringWriter errors = new StringWriter();
    Terminal terminal =
        new Terminal(
            new BufferedReader(new StringReader(typed)),
            new PrintWriter(output),
            new PrintWriter(errors),
            false,
            CLOCK);
    String[] all = Arrays.copyOf(arguments, arguments.length + 2);
    all[arguments.length] = "--local";
    all[arguments.length + 1] = Integer.toString(stack.dynamoDbEndpoint().getPort());
    int code = Main.run(terminal, all);
    return new Run(code, output.toString().strip(), errors.toString().strip());
  }

  private Path file(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content);
  }

  @Test
  void importCounters_twice_raisesOnceAndLowersNone() throws IOException {
    count("started.example/high", 3);
    count("started.example/low", 2);
    Path file =
        file(
            "counts.csv",
            """
            page,views
            https://Started.example/new/,1
            started.example/low,500
            started.example/high,2
            started.example/none,0
            "started.example/a,b",123456789012345678901234567890
            started.example/bad,many
            #x,1
            """);

    Run dry = run("", "import", "counters", file.toString(), "--dry-run", "--json");
    Run first = run("", "import", "counters", file.toString(), "--json");
    Run again = run("", "import", "counters", file.toString());

    assertThat(dry.output()).isEqualTo("{\"raised\":3,\"kept\":2,\"invalid\":2,\"dryRun\":true}");
    assertThat(first.output())
        .isEqualTo("{\"raised\":3,\"kept\":2,\"invalid\":2,\"dryRun\":false}");
    assertThat(first.code()).isEqualTo(3);
    assertThat(first.errors().replace(file.toString(), "F").lines())
        .containsExactly(
            "F:7: views must be a whole number of up to 38 digits",
            "F:8: A page must not begin with #.");
    assertThat(again.output())
        .isEqualTo("Counters: 0 raised, 5 left as they are, 2 lines not read.");
    assertThat(read("started.example/new")).isEqualTo("1");
    assertThat(read("started.example/low")).isEqualTo("500");
    assertThat(read("started.example/high")).isEqualTo("3");
    assertThat(read("started.example/a,b")).isEqualTo("123456789012345678901234567890");
    assertThat(read("started.example/none")).isEqualTo("0");
  }

  @Test
  void importCounters_thenViews_historyAddsUp() throws IOException {
    count("verified.example/", 2);
    Path file = file("counts.csv", "page,views\nverified.example/,3\nverified.example/one,1\n");

    run("", "import", "counters", file.toString());
    assertThat(read("verified.example/")).isEqualTo("3");
    stack.settle();
    // a count that is one higher is no view
    assertThat(verify("verified.example/")).isEqualTo("rows 0, lost 0, before 3 of 3");
    assertThat(verify("verified.example/one")).isEqualTo("rows 0, lost 0, before 1 of 1");

    count("verified.example/", 2);
    stack.settle();
    assertThat(verify("verified.example/")).isEqualTo("rows 2, lost 0, before 3 of 5");
  }

  @Test
  void importCounters_strictAndABadLine_importsNothing() throws IOException {
    Path file = file("counts.csv", "page,views\nstrict.example/,3\nstrict.example/x,-1\n");

    Run run = run("", "import", "counters", file.toString(), "--strict");

    assertThat(run.code()).isEqualTo(1);
    assertThat(run.errors()).endsWith("Nothing was imported, since some lines cannot be read.");
    assertThat(read("strict.example/")).isEqualTo("0");
  }

  @Test
  void exportForgetImport_randomSite_hasTheSameNumbers() {
    tables.history().chunks().store(RandomRows.dayWithEvents(new Random(1), DAY, 80), NOW);
    tables.history().compaction().run(NOW.plusSeconds(60), () -> false);
    ClosedDay before = day(tables.history());
    String file = folder.resolve("rows.csv.gz").toString();

    Run exported = run("", "export", "rows", "example.com", "-o", file);
    Run refused = run("example.org\n", "forget", "site", "example.com");
    Run forgotten = run("example.com\n", "forget", "site", "example.com");
    assertThat(exported.code()).isZero();
    assertThat(refused.code()).isEqualTo(2);
    assertThat(refused.errors()).endsWith("Nothing was deleted: the name is example.com.");
    assertThat(forgotten.code()).as(forgotten.errors()).isZero();
    assertThat(day(tables.history())).isNull();

    for (int i = 0; i < 2; i++) {
      Run imported = run("", "import", "rows", file);
      assertThat(imported.errors()).isEmpty();
      assertThat(imported.code()).isZero();
      assertThat(day(tables.history()).summary().encode()).isEqualTo(before.summary().encode());
    }
  }

  @Test
  void importGoatCounterAndUmami_twice_standBesideEachOther() throws IOException {
    Path goats =
        file(
            "goats.csv",
            """
            2Path,Title,Event,UserAgent,Browser,System,Session,Bot,Referrer,Referrer scheme,Screen size,Location,FirstVisit,Date
            /,,false,,Chrome 126,Linux,a,0,,,,DE,true,2026-11-01T08:00:00Z
            /x,,false,,Chrome 126,Linux,a,0,,,,DE,true,2026-11-01T08:01:00Z
            signup,,true,,Chrome 126,Linux,a,0,,,,DE,true,2026-11-01T08:01:00Z
            """);
    Path umami = folder.resolve("export.zip");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(umami))) {
      zip.putNextEntry(new ZipEntry("export/website_event.csv"));
      zip.write(
          """
          session_id,hostname,browser,url_path,event_type,created_at
          b,moved.example,chrome,/,1,2026-11-01 09:00:00
          c,moved.example,chrome,/,1,2026-11-02 09:00:00
          """
              .getBytes(StandardCharsets.UTF_8));
    }
    for (int i = 0; i < 2; i++) {
      Run imported =
          run("", "import", "goatcounter", goats.toString(), "--site", "moved.example", "--json");
      assertThat(imported)
          .isEqualTo(
              new Run(
                  0, "{\"rows\":3,\"days\":1,\"skipped\":0,\"invalid\":0,\"dryRun\":false}", ""));
      assertThat(run("", "import", "umami", umami.toString(), "--counters").code()).isZero();
    }

    Totals totals =
        new Statistics(tables.history().history(CLOCK), CLOCK)
            .aggregate(
                new Question(
                    "moved.example",
                    LocalDate.of(2026, 11, 1),
                    LocalDate.of(2026, 11, 2),
                    ZoneOffset.UTC,
                    List.of()));
    assertThat(totals).isEqualTo(new Totals(4, 3, 3, 2, 60, 1));
    assertThat(read("moved.example/")).isEqualTo("2");
    assertThat(run("", "import", "goatcounter", goats.toString()).code()).isEqualTo(2);
    assertThat(verify("moved.example/x")).isEqualTo("rows 0, lost 0, before 0 of 0");
  }

  @Test
  void forgetPage_yes_deletesCounterAndRows() {
    count("page.example/secret", 3);
    count("page.example/", 1);
    stack.settle();

    Run run = run("", "forget", "page", "page.example/secret", "--yes", "page.example/secret");

    assertThat(run.code()).as(run.errors()).isZero();
    assertThat(read("page.example/secret")).isEqualTo("0");
    assertThat(read("page.example/")).isEqualTo("1");
    assertThat(run("", "export", "rows", "page.example").output().lines())
        .hasSize(2)
        .noneMatch(line -> line.contains("secret"));
    assertThat(verify("page.example/secret")).isEqualTo("rows 0, lost 0, before 0 of 0");
  }

  @Test
  void forgetSite_days_keepsCounters() {
    Row row =
        new Row(
            PageId.of("days.example/"), 1, 1, NOW.getEpochSecond() - 4 * 86_400, Facts.NONE, "v");
    tables.history().chunks().store(List.of(row), NOW);
    count("days.example/", 1);

    Run run =
        run("", "forget", "site", "days.example", "--to", "2026-11-13", "--yes", "days.example");
    Run late = run("", "forget", "site", "days.example", "--to", "2026-11-14");

    assertThat(run.code()).as(run.errors()).isZero();
    assertThat(read("days.example/")).isEqualTo("1");
    assertThat(run("", "export", "rows", "days.example", "--to", "2026-11-13").output().lines())
        .hasSize(1);
    assertThat(late.code()).isEqualTo(2);
  }

  @Test
  void run_whatCannotBeDone_isOneClearLine() {
    Run noFile = run("", "import", "counters", "/nowhere.csv");
    Run noTable = run("", "forget", "site", "x.example", "--table", "None", "--yes", "x.example");
    Run unknown = run("", "remember");

    assertThat(noFile).isEqualTo(new Run(1, "", "visitorcount: There is no file /nowhere.csv."));
    assertThat(noTable.code()).isEqualTo(1);
    assertThat(noTable.errors()).startsWith("visitorcount: DynamoDB: ").hasLineCount(1);
    assertThat(unknown.code()).isEqualTo(2);
  }

  private static void count(String page, int views) {
    Counters counters = tables.counters().counters(System::nanoTime);
    for (int i = 0; i < views; i++) {
      counters.add(
          new View(
              PageId.of(page),
              new ViewId(UUID.randomUUID().toString()),
              NOW.minusSeconds(60),
              Facts.NONE,
              null));
    }
  }

  private static String read(String page) {
    BigInteger count = tables.counters().counters(System::nanoTime).read(PageId.of(page));
    return count.toString();
  }

  private static String verify(String page) {
    PageId id = PageId.of(page);
    var report =
        tables
            .history()
            .consistencyCheck(CLOCK)
            .of(
                id,
                () -> tables.counters().counters(System::nanoTime).state(id),
                new UnreadableItems());
    return "rows %d, lost %d, before %d of %d"
        .formatted(report.rows(), report.lost(), report.beforeHistory(), report.counter());
  }

  private static ClosedDay day(HistoryTable history) {
    return history.history(CLOCK).days("example.com", DAY, DAY).get(DAY);
  }
}
