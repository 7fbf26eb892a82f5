package com.visitorcount.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;

final class QuestionTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  @Test
  void previous_ofDaysUntilAMoment_endsAtTheSameTimeByTheClockOnTheWall() {
    // clocks were put forward that night: it is 10:00
    Question question =
        days("2026-03-28", "2026-03-29").toDate(Instant.parse("2026-03-29T08:00:00Z"));

    Question previous = question.previous();

    assertThat(previous.from()).isEqualTo("2026-03-26");
    assertThat(previous.to()).isEqualTo("2026-03-27");
    assertThat(previous.end()).isEqualTo("2026-03-27T09:00:00Z");
  }

  @Test
  void yearBefore_ofADayThatYearDidNotHave_endsOnTheDayBefore() {
    Question question =
        days("2028-02-29", "2028-02-29").toDate(Instant.parse("2028-02-29T11:30:00Z"));

    Question before = question.yearBefore();

    assertThat(before.from()).isEqualTo("2027-02-28");
    assertThat(before.end()).isEqualTo("2027-02-28T11:30:00Z");
  }

  @Test
  void previous_ofDaysThatAreOver_isWhole() {
    Question question =
        days("2026-11-20", "2026-11-21").toDate(Instant.parse("2026-11-24T12:00:00Z"));

    assertThat(question.end()).isEqualTo(days("2026-11-20", "2026-11-21").end());
    assertThat(question.previous().end()).isEqualTo(days("2026-11-18", "2026-11-19").end());
    assertThat(days("2026-11-20", "2026-11-21").previous())
        .isEqualTo(days("2026-11-18", "2026-11-19"));
  }

  @Test
  void toDate_ofDaysThatHaveNotBegun_isTheSame() {
    Question question = days("2026-11-24", "2026-11-30");

    assertThat(question.toDate(Instant.parse("2026-11-23T22:59:59Z"))).isEqualTo(question);
    assertThat(question.toDate(Instant.parse("2026-11-23T23:00:00Z"))).isNotEqualTo(question);
  }

  private static Question days(String from, String to) {
    return new Question(
        "example.com", LocalDate.parse(from), LocalDate.parse(to), BERLIN, List.of());
  }
}
