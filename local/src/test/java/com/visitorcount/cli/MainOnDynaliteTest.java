package com.visitorcount.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.visitorcount.counter.Counters;
import com.visitorcount.counter.DynamoDbClients;
import com.visitorcount.history.HistoryTable;
import com.visitorcount.history.row.RandomRows;
import com.visitorcount.history.row.Row;
import com.visitorcount.history.statistics.ClosedDay;
import com.visitorcount.history.statistics.Dimension;
import com.visitorcount.history.statistics.Filter;
import com.visitorcount.history.statistics.Question;
import com.visitorcount.history.statistics.Statistics;
import com.visitorcount.history.statistics.Totals;
import com.visitorcount.history.statistics.UnreadableItems;
import com.visitorcount.local.LocalStack;
import com.visitorcount.local.TestStack;
import com.visitorcount.page.PageId;
import com.visitorcount.page.PageRules;
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
            DynamoDbClients.patient().endpointOverride(stack.runner().dynamoDbEndpoint()).build(),
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
    all[arguments.length + 1] = Integer.toString(stack.runner().dynamoDbEndpoint().getPort());
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
    stack.runner().settle();
    // a count that is one higher is no view
    assertThat(verify("verified.example/")).isEqualTo("rows 0, lost 0, before 3 of 3");
    assertThat(verify("verified.example/one")).isEqualTo("rows 0, lost 0, before 1 of 1");

    count("verified.example/", 2);
    stack.runner().settle();
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
    tables.history().chunks().store(RandomRows.dayWithEngagement(new Random(1), DAY, 80), NOW);
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

    assertThat(aggregate("moved.example", List.of())).isEqualTo(new Totals(4, 3, 3, 2, 60, 1));
    assertThat(read("moved.example/")).isEqualTo("2");
    assertThat(run("", "import", "goatcounter", goats.toString()).code()).isEqualTo(2);
    assertThat(verify("moved.example/x")).isEqualTo("rows 0, lost 0, before 0 of 0");
  }

  @Test
  void importPlausible_twice_addsUpAndFilteredNumbersSayWhatTheyLack() throws IOException {
    Path file = folder.resolve("plausible.zip");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file))) {
      entry(
          zip,
          "imported_visitors_20261101_20261102.csv",
          """
          "date","visitors","pageviews","bounces","visits","visit_duration"
          "2026-11-01",10,30,4,12,600
          "2026-11-02",5,9,1,5,60
          "2026-11-0x",5,9,1,5,60
          "1926-11-01",5,9,1,5,60
          """);
      entry(
          zip,
          "imported_pages_20261101_20261102.csv",
          """
          "date","hostname","page","visits","visitors","pageviews"
          "2026-11-01","sums.example","/",12,10,20
          "2026-11-01","sums.example","/b/",3,3,10
          "2026-11-02","sums.example","/",5,5,9
          """);
      entry(
          zip,
          "imported_sources_20261101_20261102.csv",
          """
          "date","source","referrer","utm_source","utm_medium","utm_campaign","utm_content",\
          "utm_term","pageviews","visitors","visits","visit_duration","bounces"
          "2026-11-01","Google","google.com/","","","","","",10,4,4,100,1
          """);
      entry(
          zip,
          "imported_custom_events_20261101_20261102.csv",
          """
          "date","name","link_url","path","visitors","events"
          "2026-11-01","Signup","","",2,3
          """);
    }
    Run dry =
        run("", "import", "plausible", file.toString(), "--site", "sums.example", "--dry-run");
    Run strict =
        run("", "import", "plausible", file.toString(), "--site", "sums.example", "--strict");
    assertThat(dry.output()).isEqualTo("Would be: 2 days by 7 lines, 2 lines not read.");
    assertThat(strict.code()).isEqualTo(1);
    assertThat(aggregate("sums.example", List.of())).isEqualTo(Totals.NONE);
    for (int i = 0; i < 2; i++) {
      Run imported =
          run(
              "",
              "import",
              "plausible",
              file.toString(),
              "--site",
              "sums.example",
              "--counters",
              "--json");
      assertThat(imported.output())
          .as(imported.errors())
          .isEqualTo("{\"days\":2,\"lines\":7,\"invalid\":2,\"dryRun\":false}");
      assertThat(imported.errors()).contains(".csv:4: date is not", ".csv:5: the day is too long");
      assertThat(imported.code()).isEqualTo(3);
    }

    assertThat(aggregate("sums.example", List.of())).isEqualTo(new Totals(39, 15, 17, 5, 660, 3));
    UnreadableItems notes = new UnreadableItems();
    Statistics statistics = new Statistics(tables.history().history(CLOCK, notes), CLOCK);
    assertThat(statistics.split(question("sums.example", List.of()), Dimension.PAGE).values())
        .containsEntry("/", new Totals(29, 15, 17, 0, 0, 0))
        .containsEntry("/b", new Totals(10, 3, 3, 0, 0, 0));
    assertThat(statistics.split(question("sums.example", List.of()), Dimension.SOURCE).values())
        .containsEntry("Google", new Totals(10, 4, 4, 1, 100, 0))
        .containsEntry("", new Totals(29, 11, 13, 4, 560, 0));
    assertThat(statistics.split(question("sums.example", List.of()), Dimension.EVENT).values())
        .containsEntry("Signup", new Totals(0, 2, 2, 0, 0, 3));
    assertThat(notes.summedDays()).isEmpty();
    Filter chrome = new Filter(Dimension.BROWSER, List.of("Chrome"), false);
    assertThat(statistics.aggregate(question("sums.example", List.of(chrome))))
        .isEqualTo(Totals.NONE);
    assertThat(notes.summedDays()).hasSize(2);
    assertThat(read("sums.example/")).isEqualTo("29");
    assertThat(verify("sums.example/b")).isEqualTo("rows 0, lost 0, before 10 of 10");
  }

  private static void entry(ZipOutputStream zip, String name, String content) throws IOException {
    zip.putNextEntry(new ZipEntry(name));
    zip.write(content.getBytes(StandardCharsets.UTF_8));
  }

  private static Question question(String site, List<Filter> filters) {
    return new Question(
        site, LocalDate.of(2026, 11, 1), LocalDate.of(2026, 11, 2), ZoneOffset.UTC, filters);
  }

  private static Totals aggregate(String site, List<Filter> filters) {
    return new Statistics(tables.history().history(CLOCK), CLOCK)
        .aggregate(question(site, filters));
  }

  @Test
  void forgetPage_yes_deletesCounterAndRows() {
    count("page.example/secret", 3);
    count("page.example/", 1);
    stack.runner().settle();

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
  void share_keyOfASite_opensItUntilItIsRevoked() {
    String key = run("secret\n", "share", "make", "shared.example").output();

    Run valid = run("secret\n", "share", "check", "shared.example", key);
    tables.history().shareGenerations().takeBack("shared.example");
    Run revoked = run("secret\n", "share", "check", "shared.example", key);

    assertThat(key).matches("[0-9a-f]{32}");
    assertThat(valid.output()).isEqualTo("The key opens shared.example.");
    assertThat(valid.code()).isZero();
    assertThat(revoked.output()).isEqualTo("The key does not open shared.example.");
    assertThat(revoked.code()).isEqualTo(1);
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
