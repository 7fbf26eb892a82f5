package com.visitorcount.cli;

import com.visitorcount.counter.BrokenCounterException;
import com.visitorcount.counter.Counters;
import com.visitorcount.counter.StoreUnavailableException;
import com.visitorcount.history.Backlog;
import com.visitorcount.history.ConsistencyReport;
import com.visitorcount.history.statistics.Dimension;
import com.visitorcount.history.statistics.Question;
import com.visitorcount.history.statistics.Statistics;
import com.visitorcount.history.statistics.Totals;
import com.visitorcount.history.statistics.UnreadableItems;
import com.visitorcount.page.PageId;
import java.math.BigInteger;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.StateValue;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.PointInTimeRecoveryStatus;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;
import software.amazon.awssdk.services.dynamodb.model.TableDescription;
import software.amazon.awssdk.services.dynamodb.model.TableStatus;
import software.amazon.awssdk.services.dynamodb.model.TimeToLiveStatus;
import software.amazon.awssdk.services.s3.S3Client;

/** {@code doctor}: checks whether a stack is healthy, and says what to do if it is not. */
@Command(
    name = "doctor",
    description = {
      "Checks whether a stack is healthy, and says what to do if not.",
      "Looks at its parameters, tables, alarms, the hourly run, what was given up or set aside, and"
          + " whether the history of the most viewed pages adds up. It changes nothing."
    },
    mixinStandardHelpOptions = true)
final class Doctor implements Callable<Integer> {
  private static final int MAX_SITES = 10;
  private static final int PAGES_OF_A_SITE = 3;
  private static final int DAYS = 7;

  /** Runs are hourly, and one may fail. */
  private static final Duration MAX_WAIT = Duration.ofHours(3);

  private final Terminal terminal;

  @Mixin private final Target target = new Target();

  @Option(names = "--json", description = "Print the findings as JSON.")
  private boolean json;

  Doctor(Terminal terminal) {
    this.terminal = terminal;
  }

  /** The severity of a finding. */
  private enum Level {
    OK("ok"),
    /** Could be improved. */
    HINT("hint"),
    PROBLEM("PROBLEM"),
    /** Could not be checked. */
    UNKNOWN("unknown");

    private final String text;

    Level(String text) {
      this.text = text;
    }
  }

  private record Finding(Level level, String what, String advice) {}

  @Override
  public Integer call() {
    Findings findings = new Findings();
    @Nullable Stack stack = target.stack == null ? null : Stack.describe(target.stack);
    try (Tables tables = target.open()) {
      if (stack != null) {
        findings.look("stack", () -> status(findings, stack));
        parameters(findings, stack);
        findings.look("alarms", () -> alarms(findings, stack));
        findings.look("batches given up", () -> givenUp(findings, stack));
      }
      // a local run sees to streams and expiry itself
      if (stack != null || target.local == null) {
        findings.look(
            "counter table", () -> table(findings, tables.client(), tables.counterTable(), true));
        findings.look(
            "history table", () -> table(findings, tables.client(), tables.historyTable(), false));
      }
      findings.look("hourly run", () -> hourlyRun(findings, tables));
      findings.look("history", () -> history(findings, tables));
    }
    return report(findings);
  }

  /** The findings so far. */
  private static final class Findings {
    private final List<Finding> all = new ArrayList<>();

    void ok(String what) {
      all.add(new Finding(Level.OK, what, ""));
    }

    void hint(String what, String advice) {
      all.add(new Finding(Level.HINT, what, advice));
    }

    void problem(String what, String advice) {
      all.add(new Finding(Level.PROBLEM, what, advice));
    }

    /** A check that fails must not hide the others. */
    void look(String what, Runnable look) {
      try {
        look.run();
      } catch (SdkException | StoreUnavailableException e) {
        Throwable cause = e instanceof SdkException || e.getCause() == null ? e : e.getCause();
        String reason = String.valueOf(cause.getMessage()).lines().findFirst().orElse("");
        all.add(new Finding(Level.UNKNOWN, "The " + what + " could not be looked at.", reason));
      }
    }
  }

  private static void status(Findings findings, Stack stack) {
    String status = stack.status();
    if (status.endsWith("_FAILED") || status.contains("ROLLBACK")) {
      findings.problem(
          "The last deployment of " + stack.name() + " failed: " + status + ".",
          "Look at the stack's events in CloudFormation, and deploy again.");
    } else {
      findings.ok("Stack " + stack.name() + ": " + status + ".");
    }
  }

  private static void parameters(Findings findings, Stack stack) {
    Map<String, String> switchedOff =
        Map.of(
            "IncrementConcurrency", "Views are not counted",
            "ReadConcurrency", "Reading counts and statistics fails",
            "RollupConcurrency", "Views do not reach history");
    int before = findings.all.size();
    switchedOff.forEach(
        (parameter, effect) -> {
          if (stack.parameter(parameter).equals("0")) {
            findings.problem(
                effect + ": " + parameter + " is 0.", "Deploy with " + parameter + "=-1.");
          }
        });
    if (stack.parameter("AlarmEmail").isEmpty()) {
      findings.hint("Nobody gets alarms by e-mail.", "Deploy with AlarmEmail.");
    }
    if (stack.parameter("DeletionProtection").equals("false")) {
      findings.hint(
          "The tables can be deleted by mistake.", "Deploy with DeletionProtection=true.");
    }
    if (stack.parameter("StatisticsTokenSha256").equals("none")
        && stack.parameter("PublicStatistics").equals("false")) {
      findings.hint(
          "Nobody can open the dashboard: there is no token.",
          "Run visitorcount token make, and deploy with StatisticsTokenSha256.");
    }
    if (stack.parameter("AllowedOrigins").equals("https://example.com")) {
      findings.problem(
          "Only https://example.com may count.", "Deploy with your sites in AllowedOrigins.");
    }
    if (findings.all.size() == before) {
      findings.ok("Parameters: OK.");
    }
  }

  private static void alarms(Findings findings, Stack stack) {
    int[] alarms = {0, 0};
    try (CloudWatchClient client = CloudWatchClient.create()) {
      client
          .describeAlarmsPaginator(describe -> describe.alarmNamePrefix(stack.name() + "-"))
          .metricAlarms()
          .forEach(
              alarm -> {
                alarms[0]++;
                if (alarm.stateValue() == StateValue.ALARM) {
                  alarms[1]++;
                  findings.problem(
                      "Alarm %s since %s: %s"
                          .formatted(
                              alarm.alarmName(),
                              alarm.stateUpdatedTimestamp(),
                              alarm.alarmDescription()),
                      "docs/operations.md says what to do, alarm by alarm.");
                }
              });
    }
    if (alarms[1] == 0) {
      findings.ok("Alarms: none of " + alarms[0] + ".");
    }
  }

  private static void givenUp(Findings findings, Stack stack) {
    try (S3Client s3 = S3Client.create()) {
      boolean some =
          !s3.listObjectsV2(list -> list.bucket(stack.output("GivenUpBatchesBucket")).maxKeys(1))
              .contents()
              .isEmpty();
      if (some) {
        findings.problem(
            "Lambda gave up batches of the stream: their views are missing in history.",
            "Fix the cause, then run visitorcount redrive.");
      } else {
        findings.ok("Batches given up: none.");
      }
    }
  }

  private static void table(
      Findings findings, DynamoDbClient client, String name, boolean hasStream) {
    TableDescription table = client.describeTable(describe -> describe.tableName(name)).table();
    int before = findings.all.size();
    if (table.tableStatus() != TableStatus.ACTIVE) {
      findings.problem(
          "Table %s is %s.".formatted(name, table.tableStatusAsString()),
          "Wait if it is being updated; otherwise look at it in DynamoDB.");
    }
    if (hasStream
        && (table.streamSpecification() == null
            || table.streamSpecification().streamViewType() != StreamViewType.NEW_AND_OLD_IMAGES)) {
      findings.problem(
          "Table %s has no stream with both images: no view gets into history.".formatted(name),
          "Deploy the template again.");
    }
    TimeToLiveStatus expiry =
        client
            .describeTimeToLive(describe -> describe.tableName(name))
            .timeToLiveDescription()
            .timeToLiveStatus();
    if (expiry != TimeToLiveStatus.ENABLED && expiry != TimeToLiveStatus.ENABLING) {
      findings.problem(
          "Table %s has no time to live, so expired items are never deleted.".formatted(name),
          "Deploy the template again.");
    }
    if (findings.all.size() == before) {
      findings.ok("Table %s: active, with time to live.".formatted(name));
    }
    findings.look("backup of " + name, () -> backup(findings, client, name));
  }

  private static void backup(Findings findings, DynamoDbClient client, String name) {
    var recovery =
        client
            .describeContinuousBackups(describe -> describe.tableName(name))
            .continuousBackupsDescription()
            .pointInTimeRecoveryDescription();
    if (recovery == null
        || recovery.pointInTimeRecoveryStatus() != PointInTimeRecoveryStatus.ENABLED) {
      findings.problem(
          "Table %s has no point-in-time recovery.".formatted(name), "Deploy the template again.");
    }
  }

  private void hourlyRun(Findings findings, Tables tables) {
    Instant now = terminal.clock().instant();
    Backlog backlog = tables.history().backlog(now);
    Instant since = backlog.waitingSince();
    if (since != null && since.plus(MAX_WAIT).isBefore(now)) {
      findings.problem(
          "The hourly run is behind: %d days of sites are due, the first since %s."
              .formatted(backlog.dueDays(), since),
          "The log of the function that ends with -compact says why.");
    } else {
      findings.ok("Hourly run: %d days of sites are due.".formatted(backlog.dueDays()));
    }
    if (backlog.somethingSetAside()) {
      findings.problem(
          "Something could not be read and was set aside.",
          "Deploy a version that can read it, then run visitorcount redrive; see"
              + " docs/operations.md.");
    }
  }

  private void history(Findings findings, Tables tables) {
    Instant now = terminal.clock().instant();
    Clock clock = Clock.fixed(now, ZoneOffset.UTC);
    LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
    UnreadableItems unreadable = new UnreadableItems();
    var history = tables.history().history(clock, unreadable);
    var arrivals = history.lastArrivals();
    if (arrivals.isEmpty()) {
      findings.hint(
          "History is empty.", "Open a page with the tag, and wait for HistoryDelaySeconds.");
      return;
    }
    LocalDate last = arrivals.values().stream().max(Comparator.naturalOrder()).orElse(today);
    if (last.isBefore(today.minusDays(1))) {
      findings.hint("The last view arrived on " + last + ".", "Do your pages still have the tag?");
    }
    int pages = 0;
    int adding = 0;
    for (String site : arrivals.keySet().stream().limit(MAX_SITES).toList()) {
      for (PageId page : mostViewed(new Statistics(history, clock), site, today)) {
        pages++;
        adding += addsUp(findings, tables, clock, page, unreadable) ? 1 : 0;
      }
    }
    if (unreadable.count() > 0) {
      findings.problem(
          unreadable.count()
              + " stored items cannot be read, such as "
              + unreadable.named().get(0).item()
              + ".",
          "Deploy the latest version; if a newer one wrote them, that one.");
    }
    if (pages == adding) {
      findings.ok("History: adds up for the " + pages + " most viewed pages.");
    }
  }

  private static List<PageId> mostViewed(Statistics statistics, String site, LocalDate today) {
    Map<String, Totals> views =
        statistics
            .split(
                new Question(site, today.minusDays(DAYS), today, ZoneOffset.UTC, List.of()),
                Dimension.PAGE)
            .values();
    return views.entrySet().stream()
        .filter(page -> !page.getKey().isEmpty() && page.getValue().views() > 0)
        .sorted(Map.Entry.comparingByValue(Comparator.comparingLong(Totals::views).reversed()))
        .limit(PAGES_OF_A_SITE)
        .map(
            page ->
                PageId.ofKey(
                    site.equals(PageId.DEFAULT_SITE) ? page.getKey() : site + page.getKey()))
        .toList();
  }

  private static boolean addsUp(
      Findings findings, Tables tables, Clock clock, PageId page, UnreadableItems unreadable) {
    Counters counters = tables.counters().counters(System::nanoTime);
    try {
      ConsistencyReport report =
          tables.history().consistencyCheck(clock).of(page, () -> counters.state(page), unreadable);
      BigInteger lost = report.lost().subtract(report.pending());
      if (lost.signum() > 0) {
        findings.problem(
            "%s: %d of %d views are missing in history.".formatted(page, lost, report.counter()),
            "Look for batches given up (visitorcount redrive) and at the alarms of -rollup.");
        return false;
      }
      return true;
    } catch (BrokenCounterException e) {
      findings.problem(
          "The counter of %s is not a count.".formatted(page),
          "Set the attribute views of its item to a whole number.");
      return false;
    }
  }

  private int report(Findings findings) {
    boolean ill = findings.all.stream().anyMatch(each -> each.level() == Level.PROBLEM);
    boolean known = findings.all.stream().noneMatch(each -> each.level() == Level.UNKNOWN);
    List<Map<String, String>> list = new ArrayList<>();
    StringBuilder text = new StringBuilder();
    for (Finding finding : findings.all) {
      Map<String, String> one = new LinkedHashMap<>();
      one.put("level", finding.level().text.toLowerCase(Locale.ROOT));
      one.put("what", finding.what());
      one.put("advice", finding.advice());
      list.add(one);
      text.append("%-8s %s%n".formatted(finding.level().text, finding.what()));
      if (!finding.advice().isEmpty()) {
        text.append("         %s%n".formatted(finding.advice()));
      }
    }
    text.append(
        ill
            ? "There are problems."
            : known ? "All is well." : "No problems found, but some checks could not run.");
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("healthy", !ill && known);
    result.put("findings", list);
    terminal.result(json, result, text.toString());
    return ill ? ExitCode.PROBLEMS : known ? ExitCode.OK : ExitCode.FAILED;
  }
}
