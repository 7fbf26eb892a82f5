package com.visitorcount.history.statistics;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * Which views of a site a question is about.
 *
 * @param from first day in the zone
 * @param to last day in the zone, inclusive
 * @param filters conditions, all of which must hold
 * @param until exclusive end of the period; may be after the last day, which then ends it
 */
public record Question(
    String site, LocalDate from, LocalDate to, ZoneId zone, List<Filter> filters, Instant until) {
  /** Most days of a question: five years. */
  public static final int MAX_DAYS = 1_830;

  private static final int FIRST_YEAR = 1990;
  private static final int LAST_YEAR = 9998;

  /** Most filters. */
  public static final int MAX_FILTERS = 20;

  /** Most values of all filters together. */
  public static final int MAX_FILTER_VALUES = 100;

  /** Most characters of all values of all filters together. */
  public static final int MAX_FILTER_CHARS = 2_000;

  /**
   * @throws InvalidQuestionException if the last day is before the first, or a limit is exceeded
   */
  public Question {
    requireNonNull(site, "site");
    requireNonNull(zone, "zone");
    requireNonNull(until, "until");
    filters = List.copyOf(filters);
    if (from.getYear() < FIRST_YEAR || to.getYear() > LAST_YEAR) {
      throw new InvalidQuestionException(
          "A day is of the years " + FIRST_YEAR + " to " + LAST_YEAR + ".");
    }
    if (to.isBefore(from)) {
      throw new InvalidQuestionException("The last day must not be before the first.");
    }
    if (ChronoUnit.DAYS.between(from, to) >= MAX_DAYS) {
      throw new InvalidQuestionException("At most " + MAX_DAYS + " days can be asked for.");
    }
    if (filters.size() > MAX_FILTERS) {
      throw new InvalidQuestionException("At most " + MAX_FILTERS + " filters can be combined.");
    }
    if (filters.stream().mapToInt(filter -> filter.alternatives().size()).sum() > MAX_FILTER_VALUES
        || filters.stream().mapToInt(Filter::chars).sum() > MAX_FILTER_CHARS) {
      throw new InvalidQuestionException(
          "All filters together have at most "
              + MAX_FILTER_VALUES
              + " values, with "
              + MAX_FILTER_CHARS
              + " characters.");
    }
  }

  /**
   * Views of whole days.
   *
   * @throws InvalidQuestionException as above
   */
  public Question(String site, LocalDate from, LocalDate to, ZoneId zone, List<Filter> filters) {
    this(site, from, to, zone, filters, Instant.MAX);
  }

  /** When the first day begins. */
  public Instant start() {
    return from.atStartOfDay(zone).toInstant();
  }

  /** When the period ends, exclusive. */
  public Instant end() {
    Instant end = to.plusDays(1).atStartOfDay(zone).toInstant();
    return until.isBefore(end) ? until : end;
  }

  LocalDate firstUtcDay() {
    return LocalDate.ofInstant(start(), ZoneOffset.UTC);
  }

  LocalDate lastUtcDay() {
    return LocalDate.ofInstant(end().minusSeconds(1), ZoneOffset.UTC);
  }

  /** Whether the views of a UTC day are all in the period. */
  boolean hasWhole(LocalDate utcDay) {
    return !utcDay.atStartOfDay(ZoneOffset.UTC).toInstant().isBefore(start())
        && !utcDay.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant().isAfter(end());
  }

  /** Whether a time, in seconds since the epoch, is in the period. */
  boolean has(long second) {
    return second >= start().getEpochSecond() && second < end().getEpochSecond();
  }
}
