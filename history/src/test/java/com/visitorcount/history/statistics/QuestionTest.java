package com.visitorcount.history.statistics;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

final class QuestionTest {
  @Test
  void filters_together_haveALimit_caseC5() {
    Filter hundred =
        new Filter(Dimension.COUNTRY, Collections.nCopies(Question.MAX_FILTER_VALUES, "DE"), false);
    Filter one = new Filter(Dimension.COUNTRY, List.of("DE"), true);
    Filter long500 = new Filter(Dimension.PAGE, List.of("a".repeat(500)), false);
    Filter empty = new Filter(Dimension.UTM_TERM, List.of(""), false);

    assertThatCode(() -> question(List.of(hundred))).doesNotThrowAnyException();
    assertThatCode(() -> question(List.of(long500, long500, long500, long500)))
        .doesNotThrowAnyException();
    for (List<Filter> tooMuch :
        List.of(List.of(hundred, empty), List.of(long500, long500, long500, long500, one))) {
      assertThatThrownBy(() -> question(tooMuch))
          .isInstanceOf(InvalidQuestionException.class)
          .hasMessageContaining("100 values, with 2000 characters");
    }
  }

  private static Question question(List<Filter> filters) {
    LocalDate day = LocalDate.parse("2026-11-24");
    return new Question("example.com", day, day, ZoneOffset.UTC, filters);
  }
}
