package com.visitorcount.history;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/**
 * The UTC hour in which rows were stored, regardless of when their views happened. Once it is over,
 * nothing is added to it.
 */
record ArrivalHour(LocalDateTime start) implements Comparable<ArrivalHour> {
  private static final DateTimeFormatter TEXT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH", Locale.ROOT);

  /** Sort before and after every real hour. */
  static final ArrivalHour MIN = parse("0000-01-01T00");

  static final ArrivalHour MAX = parse("9999-12-31T23");

  /** What arrived is kept this long, closed or not; the salt of its day is gone long before. */
  private static final int KEPT_DAYS = 7;

  static ArrivalHour of(Instant instant) {
    return new ArrivalHour(
        LocalDateTime.ofInstant(instant, ZoneOffset.UTC).truncatedTo(ChronoUnit.HOURS));
  }

  static ArrivalHour parse(String text) {
    return new ArrivalHour(LocalDateTime.parse(text, TEXT));
  }

  ArrivalHour plusHours(long hours) {
    return new ArrivalHour(start.plusHours(hours));
  }

  /** The first hour of the next UTC day. */
  ArrivalHour nextDay() {
    return new ArrivalHour(start.toLocalDate().plusDays(1).atStartOfDay());
  }

  /** Start of the hour, in seconds since the epoch. */
  long seconds() {
    return start.toEpochSecond(ZoneOffset.UTC);
  }

  /** When DynamoDB may delete what arrived in this hour, in seconds since the epoch. */
  long expires() {
    return start.plusDays(KEPT_DAYS).toEpochSecond(ZoneOffset.UTC);
  }

  @Override
  public int compareTo(ArrivalHour other) {
    return start.compareTo(other.start);
  }

  /** Such as {@code 2026-11-24T13}; these texts sort by time. */
  @Override
  public String toString() {
    return TEXT.format(start);
  }
}
