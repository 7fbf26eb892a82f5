package com.visitorcount.read.statistics;

import com.visitorcount.history.statistics.Filter;
import com.visitorcount.history.statistics.Interval;
import com.visitorcount.history.statistics.InvalidQuestionException;
import com.visitorcount.history.statistics.Question;
import com.visitorcount.history.statistics.Statistics;
import com.visitorcount.http.QueryParameters;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The common part of requests for aggregate, timeseries and breakdown.
 *
 * @param before what to compare with, null for nothing
 * @param measures metrics in the order of the request
 */
record StatisticsRequest(Question question, @Nullable Question before, List<Measure> measures) {
  private static final int DAYS_BY_DATE = 90;

  private enum Step {
    MINUTE("minute", Interval.MINUTE),
    HOUR("hour", Interval.HOUR),
    DATE("date", Interval.DAY),
    WEEK("week", Interval.WEEK),
    MONTH("month", Interval.MONTH);

    private final String text;
    private final Interval interval;

    Step(String text, Interval interval) {
      this.text = text;
      this.interval = interval;
    }
  }

  StatisticsRequest {
    measures = List.copyOf(measures);
  }

  /**
   * @throws InvalidQuestionException for an invalid parameter
   */
  static StatisticsRequest parse(
      QueryParameters query, String site, Statistics statistics, Clock clock) {
    ZoneId zone = Zones.of(query);
    ZonedDateTime now = clock.instant().atZone(zone);
    DayRange period =
        DayRange.of(
            query.first("period"),
            query.first("date"),
            now.toLocalDate(),
            () -> firstDayToAskFor(statistics.firstDay(site), now));
    List<Filter> filters =
        Stream.concat(
                limit(query.first(StatisticsAccess.SHARE_FILTERS)).stream(),
                FilterText.parse(Objects.requireNonNullElse(query.first("filters"), "")).stream())
            .toList();
    Question question = new Question(site, period.from(), period.to(), zone, filters);
    return new StatisticsRequest(
        question, before(query, period, question, now), measures(query.first("metrics")));
  }

  /**
   * The filters that a key is limited to.
   *
   * @throws InvalidQuestionException for a filter on events: conversion rates include everyone
   *     else, too
   */
  static List<Filter> limit(@Nullable String text) {
    List<Filter> limit = FilterText.parse(Objects.requireNonNullElse(text, ""));
    if (limit.stream().anyMatch(Filter::isOnEvents)) {
      throw new InvalidQuestionException("A link cannot be limited to goals or events.");
    }
    return limit;
  }

  /** Never so long ago that a question would have too many days. */
  private static LocalDate firstDayToAskFor(Optional<LocalDate> utcDay, ZonedDateTime now) {
    LocalDate today = now.toLocalDate();
    LocalDate earliest = today.minusDays(Question.MAX_DAYS - 2L);
    LocalDate first = utcDay.map(day -> localDay(day, now.getZone())).orElse(today);
    return first.isBefore(earliest) ? earliest : first;
  }

  private static @Nullable Question before(
      QueryParameters query, DayRange period, Question question, ZonedDateTime now) {
    boolean matchDayOfWeek =
        Choice.is("true", query.first("match_day_of_week"), "match_day_of_week", "true", "false");
    boolean whole = Choice.is("false", query.first("to_date"), "to_date", "true", "false");
    String compare = query.first("compare");
    if (compare == null) {
      return null;
    }
    Baseline.Comparison comparison = Baseline.Comparison.of(compare);
    if (comparison == Baseline.Comparison.CUSTOM) {
      DayRange named = DayRange.custom(query.first("compare_date"), "baseline", "compare_date");
      return new Question(
          question.site(), named.from(), named.to(), question.zone(), question.filters());
    }
    Baseline baseline = Baseline.of(period, comparison, matchDayOfWeek);
    Instant moment = now.toInstant();
    boolean goesOn = !moment.isBefore(question.start()) && moment.isBefore(question.end());
    return new Question(
        question.site(),
        baseline.from(),
        baseline.to(),
        question.zone(),
        question.filters(),
        goesOn && !whole ? baseline.momentOf(now) : Instant.MAX);
  }

  /** The local day on which a UTC day begins. */
  static LocalDate localDay(LocalDate utcDay, ZoneId zone) {
    Instant start = utcDay.atStartOfDay(ZoneOffset.UTC).toInstant();
    return start.atZone(zone).toLocalDate();
  }

  private static List<Measure> measures(@Nullable String metrics) {
    return metrics == null || metrics.isBlank()
        ? List.of(Measure.VISITORS)
        : Arrays.stream(metrics.split(",", -1))
            .map(String::strip)
            .map(Measure::of)
            .distinct()
            .toList();
  }

  /**
   * Whether the metrics include a conversion rate.
   *
   * @param byGoal whether the answer is by goal
   * @throws InvalidQuestionException if there is no goal
   */
  boolean asksForConversions(boolean byGoal) {
    boolean asks = measures.contains(Measure.CONVERSION_RATE);
    if (asks && !byGoal && question.filters().stream().noneMatch(Filter::asksForGoals)) {
      throw new InvalidQuestionException(
          "The metric conversion_rate needs a filter on event:goal, or the property event:goal.");
    }
    return asks;
  }

  /** The same question without conditions on events. */
  static Question everyone(Question question) {
    return new Question(
        question.site(),
        question.from(),
        question.to(),
        question.zone(),
        question.filters().stream().filter(filter -> !filter.isOnEvents()).toList(),
        question.until());
  }

  /**
   * The interval with a name; by default, hours for a day, days for up to a quarter, and months
   * beyond.
   *
   * @throws InvalidQuestionException for an unknown name
   */
  Interval interval(@Nullable String name) {
    if (name != null) {
      return Choice.of(name, "interval", Step.values(), step -> step.text).interval;
    }
    LocalDate from = question.from();
    if (from.equals(question.to())) {
      return Interval.HOUR;
    }
    return from.plusDays(DAYS_BY_DATE).isAfter(question.to()) ? Interval.DAY : Interval.MONTH;
  }
}
