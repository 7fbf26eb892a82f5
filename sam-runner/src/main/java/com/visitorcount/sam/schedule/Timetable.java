package com.visitorcount.sam.schedule;

import com.visitorcount.sam.failure.LocalException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * When a schedule is due, in UTC. It supports these of EventBridge's expressions: {@code rate(5
 * minutes)}, in minutes, hours or days, and {@code cron(10 * * * ? *)} and {@code cron(10 4 * * ?
 * *)}, hourly or daily at a given time.
 *
 * @param step between times
 * @param offset of the times from multiples of the step since the epoch
 */
record Timetable(Duration step, Duration offset) {
  private static final Pattern CRON =
      Pattern.compile("cron\\(([1-5]?\\d) (\\*|1?\\d|2[0-3]) \\* \\* \\? \\*\\)");
  private static final Pattern RATE =
      Pattern.compile("rate\\(([1-9]\\d{0,3}) (minute|hour|day)s?\\)");

  /**
   * Reads an expression.
   *
   * @throws LocalException for an unsupported one
   */
  static Timetable parse(String expression) {
    Matcher cron = CRON.matcher(expression);
    if (cron.matches()) {
      Duration minute = Duration.ofMinutes(Long.parseLong(cron.group(1)));
      return cron.group(2).equals("*")
          ? new Timetable(Duration.ofHours(1), minute)
          : new Timetable(Duration.ofDays(1), minute.plusHours(Long.parseLong(cron.group(2))));
    }
    Matcher rate = RATE.matcher(expression);
    if (rate.matches()) {
      ChronoUnit unit =
          switch (rate.group(2)) {
            case "minute" -> ChronoUnit.MINUTES;
            case "hour" -> ChronoUnit.HOURS;
            default -> ChronoUnit.DAYS;
          };
      return new Timetable(Duration.of(Long.parseLong(rate.group(1)), unit), Duration.ZERO);
    }
    throw new LocalException("sam-runner does not understand the schedule " + expression + ".");
  }

  /** The first due time after this one. */
  Instant next(Instant after) {
    long sinceOffset = after.getEpochSecond() - offset.toSeconds();
    long steps = Math.floorDiv(sinceOffset, step.toSeconds()) + 1;
    return Instant.EPOCH.plus(offset).plus(step.multipliedBy(steps));
  }
}
