package com.visitorcount.history.statistics;

import static java.util.Objects.requireNonNull;

import com.visitorcount.history.row.Row;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Answers questions about the views of a site. Closed days and months are answered from their
 * summaries if these suffice, otherwise from their views in columns, part by part; both give the
 * same numbers.
 *
 * <p>Visitors are recognised only within a UTC day: the visitors of several days are the sum of the
 * days' visitors. A visit never extends beyond midnight UTC. It counts once, in the point of its
 * first selected view.
 */
public final class Statistics {
  /** Most points of a series. */
  public static final int MAX_POINTS = 1_500;

  /** Most values that a split names; the others are summed. */
  public static final int MAX_VALUES = 100_000;

  private static final int ONLINE_MINUTES = 5;
  private static final int RECENT_MINUTES = 30;

  /** How far clocks may differ, so that a view seems to arrive before it happened. */
  private static final Duration MAX_CLOCK_DIFFERENCE = Duration.ofMinutes(5);

  private static final int ONLINE_PAGES = 5;
  private static final int SECONDS_OF_A_MINUTE = 60;

  private final History history;
  private final Clock clock;

  public Statistics(History history, Clock clock) {
    this.history = requireNonNull(history, "history");
    this.clock = requireNonNull(clock, "clock");
  }

  /** The totals of all selected views. */
  public Totals aggregate(Question question) {
    SeriesAnswer answer =
        new SeriesAnswer(question, new long[] {question.start().getEpochSecond()});
    run(question, answer);
    return answer.totals(0);
  }

  /**
   * The totals over time, including points without views.
   *
   * @throws InvalidQuestionException for more than {@value #MAX_POINTS} points
   */
  public List<Point> series(Question question, Interval interval) {
    List<ZonedDateTime> starts = starts(question, interval);
    SeriesAnswer answer =
        new SeriesAnswer(
            question, starts.stream().mapToLong(ZonedDateTime::toEpochSecond).toArray());
    // a day that a zone left out of its calendar has no point
    if (!starts.isEmpty()) {
      run(question, answer);
    }
    List<Point> points = new ArrayList<>(starts.size());
    for (int i = 0; i < starts.size(); i++) {
      points.add(new Point(starts.get(i), answer.totals(i)));
    }
    return points;
  }

  private void run(Question question, Answer answer) {
    new Walk(history, question, answer).run(today().plusDays(1));
  }

  private static List<ZonedDateTime> starts(Question question, Interval interval) {
    List<ZonedDateTime> starts = new ArrayList<>();
    for (ZonedDateTime start = question.start().atZone(question.zone());
        start.toInstant().isBefore(question.end());
        start = interval.after(start)) {
      if (starts.size() == MAX_POINTS) {
        throw new InvalidQuestionException(
            "A series has at most "
                + MAX_POINTS
                + " points; ask for fewer days or for a longer interval.");
      }
      starts.add(start);
    }
    return starts;
  }

  /**
   * The totals by value in a dimension, with at most {@value #MAX_VALUES} named values. Each day
   * that exceeds this limit drops the values with the fewest views so far. So the numbers of a
   * single day are exact; over several days, a value that was dropped earlier may be too low, and
   * what it lacks is in the sum of the others.
   */
  public Split split(Question question, Dimension dimension) {
    Attribute attribute = Attribute.of(dimension);
    return requireNonNull(splits(question, Set.of(attribute)).get(attribute));
  }

  /** The totals by value in several dimensions, reading the stored data once. */
  public Map<Attribute, Split> splits(Question question, Set<Attribute> attributes) {
    SplitsAnswer answer = new SplitsAnswer(question, attributes);
    run(question, answer);
    return answer.splits();
  }

  /**
   * The totals by value day by day, with at most {@value Summary#MAX_VALUES} values a day.
   *
   * @param question by UTC days
   * @param months whether summed months may replace their days
   * @return days and months with views, in order
   */
  public List<Piece> pieces(Question question, Dimension dimension, boolean months) {
    PiecesAnswer answer = new PiecesAnswer(question, dimension, months);
    run(question, answer);
    return answer.pieces();
  }

  /** Current activity on a site. */
  public Online online(String site) {
    Instant now = clock.instant();
    long firstSecond = now.getEpochSecond() - RECENT_MINUTES * SECONDS_OF_A_MINUTE + 1;
    long onlineSecond = now.getEpochSecond() - ONLINE_MINUTES * SECONDS_OF_A_MINUTE + 1;
    Integer[] minutes = new Integer[RECENT_MINUTES];
    Arrays.fill(minutes, 0);
    Set<String> visitors = new HashSet<>();
    Map<String, Set<String>> visitorsByPage = new HashMap<>();
    Map<String, Long> viewsByPage = new HashMap<>();
    LocalDate first = LocalDate.ofInstant(Instant.ofEpochSecond(firstSecond), ZoneOffset.UTC);
    Instant since = Instant.ofEpochSecond(firstSecond).minus(MAX_CLOCK_DIFFERENCE);
    for (LocalDate day = first; !day.isAfter(today()); day = day.plusDays(1)) {
      for (Row row : history.openRows(site, day, since)) {
        long minute = (row.second() - firstSecond) / SECONDS_OF_A_MINUTE;
        boolean isView = row.event() == null && !row.isMessage();
        if (row.second() >= firstSecond && minute < RECENT_MINUTES) {
          minutes[(int) minute] += isView ? 1 : 0;
          if (row.second() >= onlineSecond && !row.visitor().isEmpty()) {
            String visitor = day + row.visitor();
            visitors.add(visitor);
            if (isView) {
              String page = Values.withoutSite(row.page());
              visitorsByPage.computeIfAbsent(page, p -> new HashSet<>()).add(visitor);
            }
          }
          if (isView && row.second() >= onlineSecond) {
            viewsByPage.merge(Values.withoutSite(row.page()), 1L, Long::sum);
          }
        }
      }
    }
    List<Breakdown.Entry> entries = new ArrayList<>();
    visitorsByPage.forEach(
        (page, ofPage) -> {
          long views = viewsByPage.getOrDefault(page, 0L);
          entries.add(new Breakdown.Entry(page, new Totals(views, ofPage.size(), 0, 0, 0)));
        });
    entries.sort(Breakdown.MOST_VISITORS_FIRST);
    return new Online(
        visitors.size(),
        Arrays.asList(minutes),
        entries.subList(0, Math.min(ONLINE_PAGES, entries.size())));
  }

  /** The first UTC day with views; empty if there are none. */
  public Optional<LocalDate> firstDay(String site) {
    return history.firstDay(site);
  }

  private LocalDate today() {
    return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
  }
}
