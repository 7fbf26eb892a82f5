package com.visitorcount.history.statistics;

import java.time.Instant;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.Locale;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Hours of the day by the clocks of a time zone. */
final class LocalHours {
  static final int SECONDS_OF_AN_HOUR = 3_600;
  static final int HOURS_OF_A_DAY = 24;

  private static final String[] TEXTS =
      IntStream.range(0, HOURS_OF_A_DAY)
          .mapToObj(hour -> String.format(Locale.ROOT, "%02d", hour))
          .toArray(String[]::new);

  private LocalHours() {}

  /** An hour as a dimension's value: {@code 00} to {@code 23}. */
  static String text(int hour) {
    return TEXTS[hour];
  }

  /** All hours as dimension values. */
  static String[] texts() {
    return TEXTS.clone();
  }

  /** How far a zone's clocks are ahead of UTC at a given time, in seconds. */
  static int offset(ZoneId zone, long second) {
    return zone.getRules().getOffset(Instant.ofEpochSecond(second)).getTotalSeconds();
  }

  /**
   * The offset, in seconds, if it stays the same throughout a period; null if it changes.
   *
   * @param end exclusive
   */
  static @Nullable Integer constantOffset(ZoneId zone, long start, long end) {
    ZoneRules rules = zone.getRules();
    ZoneOffsetTransition next = rules.nextTransition(Instant.ofEpochSecond(start));
    return next == null || next.toEpochSecond() >= end ? offset(zone, start) : null;
  }

  /** The hour of the day, 0 to 23. */
  static int at(long second, int offset) {
    return Math.floorMod(Math.floorDiv(second + offset, SECONDS_OF_AN_HOUR), HOURS_OF_A_DAY);
  }
}
