package com.visitorcount.rollup;

import static java.util.Objects.requireNonNull;

import com.visitorcount.history.HistoryTable;
import com.visitorcount.history.SentAlerts;
import com.visitorcount.history.statistics.Attribute;
import com.visitorcount.history.statistics.Dimension;
import com.visitorcount.history.statistics.History;
import com.visitorcount.history.statistics.Interval;
import com.visitorcount.history.statistics.Point;
import com.visitorcount.history.statistics.Question;
import com.visitorcount.history.statistics.Split;
import com.visitorcount.history.statistics.Statistics;
import com.visitorcount.history.statistics.Totals;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares the last full hour of each site with the same hour of the same weekday in the four weeks
 * before, and alerts the owner if it is far from their median. Hours are in UTC.
 */
final class Alerts {
  private static final Logger LOG = LoggerFactory.getLogger(Alerts.class);

  /** Most sites that are checked, in the order of their names. */
  static final int MAX_SITES = 1_000;

  /** Most alerts of one run. */
  static final int MAX_ALERTS = 20;

  private static final Pattern PLAIN_SOURCE =
      Pattern.compile("[\\p{L}\\p{N}][\\p{L}\\p{N} .-]{0,60}");
  private static final Pattern PLAIN_PATH = Pattern.compile("/[A-Za-z0-9/._-]{0,100}");

  private static final int WEEKS = 4;
  private static final int MIN_WEEKS = 3;
  private static final int DAYS_OF_A_WEEK = 7;

  /** Sites without rows for longer are not checked. */
  private static final int DAYS_LOOKED_AT = 8;

  private static final int SPIKE_FACTOR = 3;
  private static final int MIN_SPIKE = 30;
  private static final int DROP_DIVISOR = 4;
  private static final int MIN_USUAL_OF_DROP = 40;

  /**
   * If this many visitors are usual, none at all is not chance: 1 in 500 million if they come
   * independently.
   */
  private static final int MIN_USUAL_OF_SILENCE = 20;

  private final Statistics statistics;
  private final History history;
  private final SentAlerts sent;
  private final Clock clock;

  Alerts(HistoryTable table, Clock clock) {
    this.history = table.history(clock);
    this.statistics = new Statistics(history, clock);
    this.sent = table.sentAlerts();
    this.clock = requireNonNull(clock, "clock");
  }

  /**
   * What a run did.
   *
   * @param sites sites that were checked
   * @param sent alerts that were sent
   * @param failures sites that could not be checked, and alerts that could not be sent
   */
  record Result(int sites, int sent, int failures) {}

  /**
   * Checks all sites and sends alerts. After an alert that could not be delivered no other is
   * tried: the next run finds what still applies.
   *
   * @param dashboard address of the dashboard
   * @param isTimeUp asked before each site
   */
  Result run(WebHook hook, String dashboard, BooleanSupplier isTimeUp) {
    Instant now = clock.instant();
    LocalDate since = LocalDate.ofInstant(now, ZoneOffset.UTC).minusDays(DAYS_LOOKED_AT);
    List<String> sites =
        history.lastArrivals().entrySet().stream()
            .filter(site -> !site.getValue().isBefore(since))
            .map(Map.Entry::getKey)
            .limit(MAX_SITES)
            .toList();
    int looked = 0;
    int alerts = 0;
    int failures = 0;
    for (String site : sites) {
      if (isTimeUp.getAsBoolean() || alerts == MAX_ALERTS) {
        break;
      }
      looked++;
      try {
        Optional<Alert> alert = find(site, now, dashboard);
        if (alert.isPresent() && sent.claim(site, alert.get().kind().label(), now)) {
          send(hook, alert.get(), now);
          alerts++;
        }
      } catch (IOException e) {
        LOG.error("An alert about {} was not sent: {}", site, e.getMessage());
        failures++;
        break;
      } catch (RuntimeException e) {
        LOG.error("{} could not be looked at for alerts", site, e);
        failures++;
      }
    }
    return new Result(looked, alerts, failures);
  }

  private void send(WebHook hook, Alert alert, Instant now) throws IOException {
    try {
      hook.send(alert);
    } catch (IOException e) {
      sent.release(alert.site(), alert.kind().label(), now);
      throw e;
    }
  }

  /** The alert about the last full hour of a site, if any. */
  Optional<Alert> find(String site, Instant now, String dashboard) {
    Instant to = now.truncatedTo(ChronoUnit.HOURS);
    Instant from = to.minus(Duration.ofHours(1));
    LocalDate day = LocalDate.ofInstant(from, ZoneOffset.UTC);
    int hour = from.atZone(ZoneOffset.UTC).getHour();
    List<long[]> earlier = new ArrayList<>();
    for (int week = 1; week <= WEEKS; week++) {
      long[] hours = visitors(site, day.minusDays((long) week * DAYS_OF_A_WEEK));
      if (Arrays.stream(hours).sum() > 0) {
        earlier.add(hours);
      }
    }
    if (earlier.size() < MIN_WEEKS) {
      return Optional.empty();
    }
    long[] hours = visitors(site, day);
    int silentSince = hour + 1;
    while (silentSince > 0 && hours[silentSince - 1] == 0) {
      silentSince--;
    }
    String address = dashboard + "?site=" + URLEncoder.encode(site, StandardCharsets.UTF_8);
    long usual = usual(earlier, hour, hour);
    if (silentSince <= hour) {
      long missed = usual(earlier, silentSince, hour);
      Instant since = from.minus(Duration.ofHours(hour - silentSince));
      return missed < MIN_USUAL_OF_SILENCE
          ? Optional.empty()
          : Optional.of(new Alert(site, Alert.Kind.SILENCE, since, to, 0, missed, "", address));
    }
    long visitors = hours[hour];
    if (visitors >= MIN_SPIKE && visitors >= SPIKE_FACTOR * usual) {
      String more = where(site, day);
      return Optional.of(
          new Alert(site, Alert.Kind.SPIKE, from, to, visitors, usual, more, address));
    }
    if (usual >= MIN_USUAL_OF_DROP && visitors <= usual / DROP_DIVISOR) {
      return Optional.of(new Alert(site, Alert.Kind.DROP, from, to, visitors, usual, "", address));
    }
    return Optional.empty();
  }

  private long[] visitors(String site, LocalDate day) {
    List<Point> points =
        statistics.series(new Question(site, day, day, ZoneOffset.UTC, List.of()), Interval.HOUR);
    return points.stream().mapToLong(point -> point.totals().visitors()).toArray();
  }

  /** The median of earlier numbers from the first to the last of some hours, both inclusive. */
  private static long usual(List<long[]> earlier, int first, int last) {
    long[] sums =
        earlier.stream()
            .mapToLong(hours -> Arrays.stream(hours, first, last + 1).sum())
            .sorted()
            .toArray();
    int middle = sums.length / 2;
    return sums.length % 2 == 1 ? sums[middle] : (sums[middle - 1] + sums[middle]) / 2;
  }

  /**
   * Top source and page of the day, each unless its text could be more than plain text to a chat.
   */
  private String where(String site, LocalDate day) {
    Attribute sources = Attribute.of(Dimension.SOURCE);
    Attribute pages = Attribute.of(Dimension.PAGE);
    Map<Attribute, Split> splits =
        statistics.splits(
            new Question(site, day, day, ZoneOffset.UTC, List.of()), Set.of(sources, pages));
    String source = most(splits, sources);
    String page = most(splits, pages).replaceFirst("^" + Pattern.quote(site), "");
    return (PLAIN_SOURCE.matcher(source).matches() ? "Top source of the day: " + source + ". " : "")
        + (PLAIN_PATH.matcher(page).matches() ? "Top page: " + page : "");
  }

  private static String most(Map<Attribute, Split> splits, Attribute attribute) {
    return requireNonNull(splits.get(attribute)).values().entrySet().stream()
        .filter(value -> !attribute.dimension().isSpam(value.getKey()))
        .max(Map.Entry.comparingByValue(Comparator.comparingLong(Totals::visitors)))
        .map(Map.Entry::getKey)
        .orElse("");
  }
}
