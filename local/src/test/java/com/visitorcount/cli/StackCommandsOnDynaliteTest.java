package com.visitorcount.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.visitorcount.counter.Counters;
import com.visitorcount.counter.DynamoDbClients;
import com.visitorcount.history.statistics.UnreadableItems;
import com.visitorcount.local.LocalStack;
import com.visitorcount.local.TestStack;
import com.visitorcount.page.PageId;
import com.visitorcount.page.PageRules;
import com.visitorcount.sam.clock.MovableClock;
import com.visitorcount.view.Facts;
import com.visitorcount.view.View;
import com.visitorcount.view.ViewId;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Commands that need more of a stack than its tables, against a stack with a lake: only
 * CloudFormation is answered for here.
 */
final class StackCommandsOnDynaliteTest {
  private static final MovableClock CLOCK = MovableClock.at(Instant.parse("2026-11-10T13:05:00Z"));
  private static final String GIVEN_UP = "GivenUpBatches";

  private static LocalStack stack;
  private static Tables tables;
  private static HttpServer cloudFormation;
  private static Map<String, String> endpoints;

  @TempDir private Path folder;

  @BeforeAll
  static void start() throws IOException {
    stack = TestStack.start(Map.of("LakeBucket", "lake"), CLOCK);
    tables =
        Tables.of(
            DynamoDbClients.patient().endpointOverride(stack.runner().dynamoDbEndpoint()).build(),
            "VisitorCount",
            "VisitorHistory",
            PageRules.NONE);
    cloudFormation =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    cloudFormation.createContext("/", StackCommandsOnDynaliteTest::describe);
    cloudFormation.start();
    endpoints =
        Map.of(
            "aws.endpointUrlDynamoDb", stack.runner().dynamoDbEndpoint().toString(),
            "aws.endpointUrlS3", stack.site().resolve("/s3").toString(),
            "aws.endpointUrlCloudFormation",
                "http://127.0.0.1:" + cloudFormation.getAddress().getPort());
    endpoints.forEach(System::setProperty);
  }

  @AfterAll
  static void stop() {
    endpoints.keySet().forEach(System::clearProperty);
    cloudFormation.stop(0);
    tables.close();
    stack.close();
  }

  private static void describe(HttpExchange exchange) throws IOException {
    byte[] answer =
        """
        <DescribeStacksResponse><DescribeStacksResult><Stacks><member>
        <StackName>local</StackName><StackStatus>UPDATE_COMPLETE</StackStatus>
        <Parameters><member><ParameterKey>LakeBucket</ParameterKey>\
        <ParameterValue>lake</ParameterValue></member></Parameters>
        <Outputs><member><OutputKey>TableName</OutputKey>\
        <OutputValue>VisitorCount</OutputValue></member>
        <member><OutputKey>HistoryTableName</OutputKey>\
        <OutputValue>VisitorHistory</OutputValue></member></Outputs>
        </member></Stacks></DescribeStacksResult></DescribeStacksResponse>"""
            .getBytes(UTF_8);
    exchange.sendResponseHeaders(200, answer.length);
    exchange.getResponseBody().write(answer);
    exchange.close();
  }

  @Test
  void exportParquet_closedDays_areTheFilesOfTheLake() throws IOException {
    LocalDate first = today();
    count("parquet.example/", 3);
    count("parquet.example/about", 1);
    nextDay();
    count("parquet.example/", 2);
    close();
    count("parquet.example/", 1);
    stack.runner().settle();
    Path output = folder.resolve("lake");

    Run exported = local("export", "parquet", "parquet.example", "-o", output.toString());
    Run one =
        local(
            "export",
            "parquet",
            "parquet.example",
            "--to",
            first.toString(),
            "-o",
            output.toString(),
            "--json");

    assertThat(exported)
        .isEqualTo(new Run(0, "7 rows written to 3 files in %s.".formatted(output), ""));
    assertThat(one).isEqualTo(new Run(0, "{\"rows\":4,\"files\":1}", ""));
    assertThat(files(output))
        .containsExactly(
            file("parquet.example", first),
            file("parquet.example", first.plusDays(1)),
            file("parquet.example", today()));
    for (LocalDate day : List.of(first, first.plusDays(1))) {
      assertThat(output.resolve(file("parquet.example", day)))
          .hasSameBinaryContentAs(lake("local/" + file("parquet.example", day)));
    }
  }

  @Test
  void exportParquet_whatCannotBeDone_isOneClearLine() throws IOException {
    count("parquet.example/", 1);
    stack.runner().settle();
    Path noFolder = Files.writeString(folder.resolve("file"), "");

    Run noPlace = local("export", "parquet", "parquet.example", "-o", noFolder.toString());
    Run noSite = local("export", "parquet", "none.example", "-o", folder.toString());
    Run turned =
        local(
            "export",
            "parquet",
            "parquet.example",
            "--from",
            "2026-11-02",
            "--to",
            "2026-11-01",
            "-o",
            folder.toString());

    assertThat(noPlace.code()).isEqualTo(1);
    assertThat(noPlace.errors())
        .startsWith("visitorcount: " + noFolder + " cannot be written: ")
        .hasLineCount(1);
    assertThat(noSite)
        .isEqualTo(new Run(0, "0 rows written to 0 files in %s.".formatted(folder), ""));
    assertThat(turned.code()).isEqualTo(2);
  }

  @Test
  void forgetSite_stackWithALake_deletesItsFilesAndNoOthers() {
    LocalDate first = today();
    for (int day = 0; day < 3; day++) {
      count("gone.example/", 1);
      count("gone.example.org/", 1);
      nextDay();
    }
    close();

    Run ofDays =
        run(
            "",
            "forget",
            "site",
            "gone.example",
            "--from",
            first.plusDays(1).toString(),
            "--to",
            first.plusDays(1).toString(),
            "--yes",
            "gone.example",
            "--stack",
            "local");
    assertThat(ofDays.output())
        .as(ofDays.errors())
        .isEqualTo("Deleted: 1 day of history of gone.example, and 1 object of the lake.");
    assertThat(lakeOf("gone.example"))
        .containsExactly(file("gone.example", first), file("gone.example", first.plusDays(2)));

    Run dry = run("", "forget", "site", "gone.example", "--stack", "local", "--dry-run");
    assertThat(dry.code()).as(dry.errors()).isZero();
    assertThat(lakeOf("gone.example")).hasSize(2);

    Run whole = run("gone.example\n", "forget", "site", "gone.example", "--stack", "local");
    close();
    assertThat(whole.output())
        .as(whole.errors())
        .isEqualTo(
            "Deleted: 1 counter and 3 days of history of gone.example,"
                + " and 2 objects of the lake.");
    assertThat(lakeOf("gone.example")).isEmpty();
    assertThat(lakeOf("gone.example.org")).hasSize(3);
  }

  @Test
  void forgetPage_stackWithALake_isInNoFileAfterTheNextHour() throws IOException {
    LocalDate first = today();
    count("page.example/", 2);
    count("page.example/secret", 2);
    nextDay();
    count("page.example/", 1);
    close();
    Path changed = lake("local/" + file("page.example", first));
    Path other = lake("local/" + file("page.example", first.plusDays(1)));
    byte[] before = Files.readAllBytes(changed);
    byte[] otherBefore = Files.readAllBytes(other);

    Run run =
        run(
            "",
            "forget",
            "page",
            "page.example/secret",
            "--yes",
            "page.example/secret",
            "--stack",
            "local");
    assertThat(run.code()).as(run.errors()).isZero();
    stack.runner().runSchedules();

    local("export", "parquet", "page.example", "-o", folder.toString());
    assertThat(Files.readAllBytes(changed)).isNotEqualTo(before);
    assertThat(changed).hasSameBinaryContentAs(folder.resolve(file("page.example", first)));
    assertThat(Files.readAllBytes(other)).isEqualTo(otherBefore);
    assertThat(verify("page.example/")).isEqualTo("rows 3, lost 0, of 3");
  }

  @Test
  void redrive_local_bringsBatchesThatWereGivenUpIntoHistory() throws IOException {
    AtomicBoolean isBroken = new AtomicBoolean(true);
    stack
        .runner()
        .disturb(
            "RollupFunction",
            rollup ->
                event -> {
                  if (isBroken.get()) {
                    CLOCK.move(Duration.ofHours(13));
                    throw new IllegalStateException("broken on purpose");
                  }
                  return rollup.invoke(event);
                });
    count("given-up.example/", 3);
    stack.runner().settle();
    isBroken.set(false);
    List<Path> batches = stack.runner().objects(GIVEN_UP);
    int count = batches.size();
    assertThat(count).isPositive();
    assertThat(verify("given-up.example/")).startsWith("rows 0, ");

    assertThat(redrive("--dry-run"))
        .isEqualTo(
            new Run(
                0,
                "Batches given up: %d would be sent. Records set aside: 0 would be sent."
                    .formatted(count),
                ""));
    assertThat(redrive())
        .isEqualTo(
            new Run(
                0,
                "Batches given up: %d sent, 0 left. Records set aside: 0 sent, 0 left."
                    .formatted(count),
                ""));
    assertThat(stack.runner().objects(GIVEN_UP)).isEmpty();
    assertThat(verify("given-up.example/")).isEqualTo("rows 3, lost 0, of 3");
    assertThat(redrive().output()).isEqualTo("Nothing was given up or set aside.");
    assertThat(local("redrive", "--site-port", "1"))
        .isEqualTo(
            new Run(
                1,
                "",
                "visitorcount: No demo site answers at port 1;"
                    + " --site-port is that of site= in the READY line."));
    assertThat(redrive("--json").output())
        .isEqualTo(
            "{\"batches\":0,\"batchesLeft\":0,\"records\":0,\"recordsLeft\":0,\"dryRun\":false}");

    Path broken = Files.writeString(batches.get(0), "no batch");
    tables.history().unreadableRecords().store(Set.of("{\"eventID\":\"1\"}"));
    Run left = redrive("--clear-note", "--json");
    assertThat(left.code()).isEqualTo(1);
    assertThat(left.output())
        .isEqualTo(
            "{\"batches\":1,\"batchesLeft\":1,\"records\":1,\"recordsLeft\":1,\"dryRun\":false}");
    assertThat(left.errors()).startsWith("Not put back: s3://GivenUpBatches/aws/lambda/");
    assertThat(broken).hasContent("no batch");

    Files.delete(broken);
    assertThat(tables.history().unreadableRecords().redrive(sent -> true, false).left()).isZero();
    assertThat(redrive("--clear-note").code()).isZero();
    // the hourly run would fail and so ring the alarm
    stack.runner().runSchedules();
  }

  @Test
  void doctor_local_looksAtTheHourlyRunAndHistory() {
    count("well.example/", 2);
    close();
    count("well.example/", 1);
    stack.runner().settle();

    Run run = local("doctor");

    assertThat(run.output().lines())
        .hasSize(3)
        .contains("ok       Hourly run: 0 days of sites are due.", "All is well.");
    assertThat(run.output()).contains("ok       History: adds up for the ");
    assertThat(run.code()).isZero();
  }

  private static Run redrive(String... options) {
    String[] arguments = {"redrive", "--site-port", Integer.toString(stack.site().getPort())};
    return local(Stream.of(arguments, options).flatMap(Arrays::stream).toArray(String[]::new));
  }

  private record Run(int code, String output, String errors) {}

  private static Run local(String... arguments) {
    String[] all = Arrays.copyOf(arguments, arguments.length + 2);
    all[arguments.length] = "--local";
    all[arguments.length + 1] = Integer.toString(stack.runner().dynamoDbEndpoint().getPort());
    return run("", all);
  }

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
    int code = Main.run(terminal, arguments);
    return new Run(code, output.toString().strip(), errors.toString().strip());
  }

  private static LocalDate today() {
    return LocalDate.ofInstant(CLOCK.instant(), ZoneOffset.UTC);
  }

  private static void nextDay() {
    stack.runner().settle();
    CLOCK.move(Duration.ofDays(1));
  }

  /** Closes all days that have begun, and writes them into the lake. */
  private static void close() {
    stack.runner().settle();
    CLOCK.move(Duration.ofDays(3));
    stack.runner().runSchedules();
  }

  private static String file(String site, LocalDate day) {
    return "site=%s/day=%s/rows.parquet".formatted(site, day);
  }

  private static List<String> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> folder.relativize(file).toString())
          .sorted()
          .toList();
    }
  }

  private static Path lake(String key) {
    return stack.runner().objects("lake").stream()
        .filter(object -> object.endsWith(key))
        .findFirst()
        .orElseThrow();
  }

  private static List<String> lakeOf(String site) {
    return stack.runner().objects("lake").stream()
        .map(object -> object.toString().replaceFirst(".*/lake/local/", ""))
        .filter(key -> key.startsWith("site=" + site + "/"))
        .toList();
  }

  private static void count(String page, int views) {
    Counters counters = tables.counters().counters(System::nanoTime);
    for (int i = 0; i < views; i++) {
      counters.add(
          new View(
              PageId.of(page),
              new ViewId(UUID.randomUUID().toString()),
              CLOCK.instant(),
              Facts.NONE,
              null));
    }
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
    return "rows %d, lost %d, of %d".formatted(report.rows(), report.lost(), report.counter());
  }
}
