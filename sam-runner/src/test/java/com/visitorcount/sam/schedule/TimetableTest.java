package com.visitorcount.sam.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.visitorcount.sam.failure.LocalException;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TimetableTest {
  @ParameterizedTest
  @CsvSource({
    "cron(10 * * * ? *), 2026-11-25T04:09:59.999Z, 2026-11-25T04:10:00Z",
    "cron(10 * * * ? *), 2026-11-25T04:10:00Z, 2026-11-25T05:10:00Z",
    "cron(0 * * * ? *), 2026-12-31T23:00:01Z, 2027-01-01T00:00:00Z",
    "cron(30 2 * * ? *), 2026-11-25T04:00:00Z, 2026-11-26T02:30:00Z",
    "cron(30 23 * * ? *), 2026-11-25T04:00:00Z, 2026-11-25T23:30:00Z",
    "rate(1 hour), 2026-11-25T04:00:00Z, 2026-11-25T05:00:00Z",
    "rate(5 minutes), 2026-11-25T04:02:00Z, 2026-11-25T04:05:00Z",
    "rate(2 days), 1970-01-02T00:00:00Z, 1970-01-03T00:00:00Z"
  })
  void next_isTheFirstTimeAfter(String expression, Instant after, Instant next) {
    assertThat(Timetable.parse(expression).next(after)).isEqualTo(next);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "cron(0/5 * * * ? *)",
        "cron(10 * ? * MON-FRI *)",
        "cron(60 * * * ? *)",
        "cron(10 24 * * ? *)",
        "cron(* * * * ? *)",
        "cron(10 * * * * *)",
        "rate(0 hours)",
        "rate(1 week)",
        "at(2026-11-25T00:00:00)",
        "hourly"
      })
  void parse_ofAnythingElse_isOneSentence(String expression) {
    assertThatThrownBy(() -> Timetable.parse(expression))
        .isInstanceOf(LocalException.class)
        .hasMessage("sam-runner does not understand the schedule " + expression + ".");
  }
}
