package com.visitorcount.statistics;

import static java.util.Objects.requireNonNull;

import com.visitorcount.row.Row;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.BiConsumer;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Answers questions about the views of a site. Days and months that are closed are answered by
 * their summaries, where no filter, no cut and no border of a day in another zone asks for rows;
 * both ways give the same. Of rows, one UTC day at a time is in memory.
 *
 * <p>Visitors are told apart within a UTC day: those of several days are the sum of the days'. A
 * visit never goes beyond midnight UTC. It is counted once, in the point of a series in which the
 * first of its views lies that were asked for.
 */
public final class Statistics {
  /** Most points of a series. */
  public static final int MAX_POINTS = 1_500;

  /** Most values that a split names; the views of the others are summed. */
  public static final int MAX_VALUES = 100_000;

  private static final int ONLINE_MINUTES = 5;
  private static final int RECENT_MINUTES = 30;
  private static final int ONLINE_PAGES = 5;
  private static final int SECONDS_OF_A_MINUTE = 60;

  private final History history;
  private final Clock clock;

  public Statistics(History history, Clock clock) {
    this.history = requireNonNull(history, "history");
    this.clock = requireNonNull(clock, "clock");
  }

  /** What all views that are asked for amount to. */
  public Totals aggregate(Question question) {
    Tally tally = new Tally();
    new Walk(question, summary -> true, (from, to) -> true, true)
        .run((day, summary) -> tally.add(summary.totals()), rows -> rows.forEach(tally::add));
    return tally.totals();
  }

  /**
   * The same in the course of time; points without views are there, too.
   *
   * @throws InvalidQuestionException for more than {@value #MAX_POINTS} points
   */
  public List<Point> series(Question question, Interval interval) {
    List<ZonedDateTime> starts = starts(question, interval);
    long[] seconds = starts.stream().mapToLong(ZonedDateTime::toEpochSecond).toArray();
    Tally[] tallies = new Tally[seconds.length];
    Arrays.setAll(tallies, i -> new Tally());
    new Walk(
            question,
            summary -> true,
            (from, to) -> place(seconds, firstSecond(from)) == place(seconds, lastSecond(to)),
            interval == Interval.MONTH)
        .run(
            (day, summary) -> tallies[place(seconds, firstSecond(day))].add(summary.totals()),
            rows -> tally(rows, seconds, tallies));
    List<Point> points = new ArrayList<>(seconds.length);
    for (int i = 0; i < seconds.length; i++) {
      points.add(new Point(starts.get(i), tallies[i].totals()));
    }
    return points;
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

  private static void tally(List<RowInVisit> rows, long[] seconds, Tally[] tallies) {
    Visit last = Visit.UNKNOWN;
    for (RowInVisit row : rows) {
      Tally tally = tallies[place(seconds, row.second())];
      tally.addView(row);
      if (!row.visit().isSameAs(last)) {
        tally.addVisit(row.visit());
        last = row.visit();
      }
    }
  }

  private static long firstSecond(LocalDate utcDay) {
    return utcDay.atStartOfDay(ZoneOffset.UTC).toEpochSecond();
  }

  private static long lastSecond(LocalDate utcDay) {
    return firstSecond(utcDay.plusDays(1)) - 1;
  }

  /** The last of the starts that is not later than a moment. */
  private static int place(long[] starts, long second) {
    int place = Arrays.binarySearch(starts, second);
    return place >= 0 ? place : -place - 2;
  }

  /**
   * What the views amount to by their values in a dimension. It names at most {@value #MAX_VALUES}
   * values. Each day that takes them beyond that drops those with the fewest views so far: of one
   * day every number is exact, of several days that of a value that was dropped before may be too
   * low, by what the sum of the others has instead.
   */
  public Split split(Question question, Dimension dimension) {
    return requireNonNull(splits(question, Set.of(dimension)).get(dimension));
  }

  /** The same in several dimensions, of which what is stored is read once. */
  public Map<Dimension, Split> splits(Question question, Set<Dimension> dimensions) {
    Map<Dimension, SplitSum> sums = new EnumMap<>(Dimension.class);
    dimensions.forEach(dimension -> sums.put(dimension, new SplitSum(MAX_VALUES)));
    boolean inUtc = !dimensions.contains(Dimension.HOUR) || question.isInUtc();
    new Walk(
            question,
            summary -> inUtc && dimensions.stream().allMatch(summary::isWhole),
            (from, to) -> true,
            true)
        .run(
            (day, summary) ->
                sums.forEach((dimension, sum) -> sum.add(summary.split(dimension).values())),
            rows ->
                sums.forEach((dimension, sum) -> sum.add(tally(rows, dimension, question.zone()))));
    Map<Dimension, Split> splits = new EnumMap<>(Dimension.class);
    sums.forEach((dimension, sum) -> splits.put(dimension, sum.split()));
    return splits;
  }

  private static Map<String, Totals> tally(
      List<RowInVisit> rows, Dimension dimension, ZoneId zone) {
    Map<String, Tally> tallies = new HashMap<>();
    for (RowInVisit row : rows) {
      tallies.computeIfAbsent(dimension.value(row, zone), value -> new Tally()).add(row);
    }
    Map<String, Totals> totals = new HashMap<>();
    tallies.forEach((value, tally) -> totals.put(value, tally.totals()));
    return totals;
  }

  /** What goes on just now. */
  public Online online(String site) {
    Instant now = clock.instant();
    long firstSecond = now.getEpochSecond() - RECENT_MINUTES * SECONDS_OF_A_MINUTE + 1;
    long onlineSecond = now.getEpochSecond() - ONLINE_MINUTES * SECONDS_OF_A_MINUTE + 1;
    Integer[] minutes = new Integer[RECENT_MINUTES];
    Arrays.fill(minutes, 0);
    Tally online = new Tally();
    Map<String, Tally> pages = new HashMap<>();
    LocalDate first = LocalDate.ofInstant(Instant.ofEpochSecond(firstSecond), ZoneOffset.UTC);
    LocalDate last = today();
    for (LocalDate day = first; !day.isAfter(last); day = day.plusDays(1)) {
      for (RowInVisit row : Visits.of(history.rows(site, day), VisitRule.CURRENT)) {
        long minute = (row.second() - firstSecond) / SECONDS_OF_A_MINUTE;
        if (row.second() >= firstSecond && minute < RECENT_MINUTES) {
          minutes[(int) minute]++;
          if (row.second() >= onlineSecond) {
            online.addView(row);
            pages.computeIfAbsent(row.page(), page -> new Tally()).addView(row);
          }
        }
      }
    }
    List<Breakdown.Entry> entries = new ArrayList<>();
    pages.forEach((page, tally) -> entries.add(new Breakdown.Entry(page, tally.totals())));
    entries.removeIf(entry -> entry.totals().visitors() == 0);
    entries.sort(Breakdown.MOST_VISITORS_FIRST);
    return new Online(
        (int) online.totals().visitors(),
        Arrays.asList(minutes),
        entries.subList(0, Math.min(ONLINE_PAGES, entries.size())));
  }

  /** The first UTC day of which there are views; empty if there are none. */
  public Optional<LocalDate> firstDay(String site) {
    return history.firstDay(site);
  }

  private LocalDate today() {
    return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
  }

  /** Goes through the days of a question, by summaries or by rows. */
  private final class Walk {
    private final Question question;
    private final Predicate<Summary> answers;
    private final BiPredicate<LocalDate, LocalDate> areOne;
    private final boolean byMonths;
    private final List<Predicate<RowInVisit>> conditions;
    private SortedMap<LocalDate, Summary> daysOfMonth = Collections.emptySortedMap();

    /**
     * @param answers whether a summary says all that is asked of its days
     * @param areOne whether the days from one to another need not be told apart
     * @param byMonths whether there may be months of which that is so
     */
    Walk(
        Question question,
        Predicate<Summary> answers,
        BiPredicate<LocalDate, LocalDate> areOne,
        boolean byMonths) {
      this.question = question;
      this.answers = answers;
      this.areOne = areOne;
      this.byMonths = byMonths && question.filters().isEmpty();
      this.conditions = question.filters().stream().map(this::condition).toList();
    }

    void run(BiConsumer<LocalDate, Summary> ofSummary, Consumer<List<RowInVisit>> ofRows) {
      LocalDate first = question.firstUtcDay();
      LocalDate tomorrow = today().plusDays(1);
      LocalDate last = question.lastUtcDay().isBefore(tomorrow) ? question.lastUtcDay() : tomorrow;
      if (last.isBefore(first)) {
        return;
      }
      SortedMap<YearMonth, Summary> months =
          byMonths
              ? history.months(question.site(), YearMonth.from(first), YearMonth.from(last))
              : Collections.emptySortedMap();
      LocalDate day = first;
      while (!day.isAfter(last)) {
        YearMonth month = YearMonth.from(day);
        LocalDate endOfMonth = month.atEndOfMonth();
        Summary ofMonth = day.getDayOfMonth() == 1 ? months.get(month) : null;
        if (ofMonth != null && isAnsweredBy(ofMonth, day, endOfMonth)) {
          ofSummary.accept(day, ofMonth);
          day = endOfMonth;
        } else {
          if (day.equals(first) || day.getDayOfMonth() == 1) {
            daysOfMonth =
                history.days(question.site(), day, endOfMonth.isBefore(last) ? endOfMonth : last);
          }
          day(day, ofSummary, ofRows);
        }
        day = day.plusDays(1);
      }
    }

    private void day(
        LocalDate day,
        BiConsumer<LocalDate, Summary> ofSummary,
        Consumer<List<RowInVisit>> ofRows) {
      Summary summary = daysOfMonth.get(day);
      if (summary != null && isAnsweredBy(summary, day, day)) {
        ofSummary.accept(day, summary);
      } else if (summary != null || !day.isBefore(history.firstOpen())) {
        VisitRule rule = summary == null ? VisitRule.CURRENT : summary.rule();
        ofRows.accept(selected(history.rows(question.site(), day), rule));
      }
    }

    private boolean isAnsweredBy(Summary summary, LocalDate first, LocalDate last) {
      return question.filters().isEmpty()
          && question.hasWhole(first)
          && question.hasWhole(last)
          && areOne.test(first, last)
          && answers.test(summary);
    }

    private List<RowInVisit> selected(List<Row> rows, VisitRule rule) {
      long start = question.start().getEpochSecond();
      long end = question.end().getEpochSecond();
      return Visits.of(rows, rule).stream()
          .filter(row -> row.second() >= start && row.second() < end)
          .filter(row -> conditions.stream().allMatch(condition -> condition.test(row)))
          .toList();
    }

    /** Looks at each value once for the whole question. */
    private Predicate<RowInVisit> condition(Filter filter) {
      Predicate<String> condition = filter.condition();
      Map<String, Boolean> known = new HashMap<>();
      return row -> {
        if (known.size() == MAX_VALUES) {
          // more are not worth the memory
          known.clear();
        }
        return known.computeIfAbsent(
            filter.dimension().value(row, question.zone()), condition::test);
      };
    }
  }
}
