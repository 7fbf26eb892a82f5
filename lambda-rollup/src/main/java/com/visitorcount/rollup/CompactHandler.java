package com.visitorcount.rollup;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.ScheduledEvent;
import com.visitorcount.history.Compaction;
import com.visitorcount.history.HistoryTable;
import com.visitorcount.http.Metric;
import com.visitorcount.http.PowertoolsRecords;
import com.visitorcount.http.RequestRecord;
import com.visitorcount.http.Telemetry;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.services.sns.SnsClient;

/** Lambda entry point of the compaction function, which a schedule calls each hour. */
public final class CompactHandler implements RequestHandler<ScheduledEvent, @Nullable Void> {
  private static final Logger LOG = LoggerFactory.getLogger(CompactHandler.class);
  private static final String NO_HOOK = "none";

  /** Time that one day of a site, or a piece of a large day, may take, including paced writes. */
  private static final Duration RESERVE = Duration.ofSeconds(60);

  /** Most time spent on alerts, which come before closing days. */
  private static final Duration TIME_FOR_ALERTS = Duration.ofMinutes(2);

  /** Most time for reading a report's numbers. */
  private static final Duration TIME_FOR_REPORT = Duration.ofMinutes(2);

  /** How long to wait for SNS to accept a report. */
  private static final Duration PATIENCE_WITH_SNS = Duration.ofSeconds(20);

  /** How long to wait for a webhook's answer. */
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Telemetry telemetry;
  private final Alerts alerts;
  private final @Nullable Reports reports;
  private final Compaction compaction;
  private final @Nullable Lake lake;
  private final Clock clock;

  /** Called by Lambda once for each sandbox, or, with SnapStart, once for all of them. */
  public CompactHandler() {
    this(System.getenv(), Clock.systemUTC());
  }

  /**
   * For running the function with a given environment.
   *
   * @throws IllegalStateException with all faults of the environment
   */
  public CompactHandler(Map<String, String> environment, Clock clock) {
    Settings settings = Settings.from(environment);
    this.telemetry = new Telemetry(settings.telemetry(), System::nanoTime, new PowertoolsRecords());
    HistoryTable history = HistoryTable.open(settings.historyTable());
    this.alerts = new Alerts(history, clock);
    this.reports =
        settings.reportTopicArn().isEmpty()
            ? null
            : new Reports(
                history, topics(), settings.reportTopicArn(), settings.reportInterval(), clock);
    this.compaction =
        history.compaction(
            settings.maxWriteUnits(),
            settings.retentionDays(),
            settings.hasLake(),
            System::nanoTime);
    this.lake =
        settings.hasLake()
            ? new Lake(
                history,
                S3Bucket.open(settings.lakeAddress(), settings.region()),
                settings.lakePrefix())
            : null;
    this.clock = clock;
  }

  private static SnsClient topics() {
    return SnsClient.builder()
        .httpClientBuilder(Apache5HttpClient.builder())
        .overrideConfiguration(override -> override.apiCallTimeout(PATIENCE_WITH_SNS))
        .build();
  }

  /**
   * Does the work that is due.
   *
   * @param event with {@code dashboard} and {@code alertHook} in its detail, which is {@code none}
   *     if the owner wants no alerts; they come with the schedule so that no version of the
   *     function contains the secret
   * @throws IllegalStateException if work was left undone, or something was set aside and nobody
   *     has dealt with it yet: Lambda counts this as an error, which an alarm watches, and retries
   */
  @Override
  public @Nullable Void handleRequest(ScheduledEvent event, Context context) {
    return telemetry.record(
        context,
        record -> {
          Map<String, Object> settings = Objects.requireNonNullElse(event.getDetail(), Map.of());
          String dashboard = String.valueOf(settings.get("dashboard"));
          sendAlerts(settings.get("alertHook"), dashboard, record);
          sendReport(dashboard, record);
          return compact(context, record);
        });
  }

  /** A failure with alerts must not keep days from being closed. */
  private void sendAlerts(@Nullable Object setting, String dashboard, RequestRecord record) {
    if (!(setting instanceof String hook) || hook.equals(NO_HOOK)) {
      return;
    }
    long end = System.nanoTime() + TIME_FOR_ALERTS.toNanos();
    try {
      Alerts.Result result =
          alerts.run(new WebHook(hook, PATIENCE), dashboard, () -> System.nanoTime() - end > 0);
      record.note("alerts", Integer.toString(result.sent()));
      record.count(Metric.FAULTS, result.failures() > 0 ? 1 : 0);
    } catch (RuntimeException e) {
      LOG.error("Alerts could not be checked: {}", e.getMessage());
      record.count(Metric.FAULTS);
    }
  }

  /** A failure with a report must not keep days from being closed, either. */
  private void sendReport(String dashboard, RequestRecord record) {
    if (reports == null) {
      return;
    }
    long end = System.nanoTime() + TIME_FOR_REPORT.toNanos();
    try {
      if (reports.run(dashboard, () -> System.nanoTime() - end > 0)) {
        record.note("report", "sent");
      }
    } catch (RuntimeException e) {
      LOG.error("The report was not sent: {}", e.getMessage());
      record.note("report", "failed");
      record.count(Metric.FAULTS);
    }
  }

  /** Whatever goes wrong with the lake is no reason to call the function again. */
  private void write(Lake lake, Context context, RequestRecord record) {
    try {
      Lake.Result result =
          lake.write(
              clock.instant(), () -> context.getRemainingTimeInMillis() < RESERVE.toMillis());
      record.note("lakeDays", Integer.toString(result.written()));
      if (result.left() > 0) {
        record.note("lakeLeft", Integer.toString(result.left()));
      }
      result
          .failures()
          .forEach((day, failure) -> LOG.error("{} could not be put into the lake", day, failure));
      record.count(Metric.LAKE_FAULTS, result.failures().size());
    } catch (RuntimeException e) {
      LOG.error("The list of days for the lake could not be read", e);
      record.count(Metric.LAKE_FAULTS);
    }
  }

  private @Nullable Void compact(Context context, RequestRecord record) {
    Compaction.Result result;
    try {
      result =
          compaction.run(
              clock.instant(), () -> context.getRemainingTimeInMillis() < RESERVE.toMillis());
    } catch (RuntimeException e) {
      LOG.error("The work list could not be read: {}, because of {}", e.getMessage(), e.getCause());
      record.count(Metric.FAULTS);
      throw e;
    }
    if (lake != null) {
      write(lake, context, record);
    }
    record.note("due", Integer.toString(result.due()));
    record.note("hours", Integer.toString(result.hours()));
    record.note("days", Integer.toString(result.days()));
    record.note("months", Integer.toString(result.months()));
    record.note("expired", Integer.toString(result.expired()));
    record.note("unfinished", Integer.toString(result.unfinished()));
    result
        .failures()
        .forEach((day, failure) -> LOG.error("{} could not be compacted", day, failure));
    if (result.somethingSetAside()) {
      LOG.error("Hours or chunks could not be read and were set aside");
    }
    int undone = result.missed() + result.failures().size();
    record.count(Metric.FAULTS, undone > 0 || result.somethingSetAside() ? 1 : 0);
    if (undone > 0) {
      record.note("undone", Integer.toString(undone));
      throw new IllegalStateException(undone + " days of sites are left for the next run");
    }
    if (result.somethingSetAside()) {
      record.note("setAside", "true");
      throw new IllegalStateException("what was set aside waits for somebody to look after it");
    }
    return null;
  }
}
