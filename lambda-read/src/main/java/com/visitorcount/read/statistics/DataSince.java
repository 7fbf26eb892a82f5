package com.visitorcount.read.statistics;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.visitorcount.history.statistics.Interval;
import com.visitorcount.history.statistics.Point;
import com.visitorcount.history.statistics.Question;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * When a site's data begins: a zero before that means no data.
 *
 * @param day the first day in the question's time zone; {@link LocalDate#MIN} for a site without
 *     data, for which the distinction does not matter
 * @param instant when the first UTC day begins
 */
record DataSince(LocalDate day, Instant instant) {
  static DataSince of(Optional<LocalDate> firstUtcDay, ZoneId zone) {
    return firstUtcDay
        .map(day -> day.atStartOfDay(ZoneOffset.UTC).toInstant())
        .map(start -> new DataSince(start.atZone(zone).toLocalDate(), start))
        .orElse(new DataSince(LocalDate.MIN, Instant.MIN));
  }

  /** Whether all requested days are before the data begins. */
  boolean isAfter(Question question) {
    return !instant.isBefore(question.end());
  }

  /** Writes {@code data_since} if any requested day is before it. */
  void writeTo(ObjectNode json, Question question) {
    if (question.from().isBefore(day)) {
      json.put("data_since", day.toString());
    }
  }

  /**
   * Whether a point covers only part of its hour, day, week or month: the rest is outside the
   * question, in the future, or before the data begins.
   */
  boolean cuts(Point point, Interval interval, Question question, Instant now) {
    Instant start = interval.startOf(point.start()).toInstant();
    Instant end = interval.after(point.start()).toInstant();
    return start.isBefore(question.start())
        || end.isAfter(question.end())
        || (!start.isAfter(now) && end.isAfter(now))
        || (start.isBefore(instant) && end.isAfter(instant));
  }
}
