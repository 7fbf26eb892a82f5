package com.visitorcount.history;

import static org.assertj.core.api.Assertions.assertThat;

import com.visitorcount.counter.CounterState;
import com.visitorcount.page.PageId;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is known about views without rows. */
final class ConsistencyReportTest {
  private static final PageId PAGE = PageId.of("example.com/a");
  private static final Instant LATEST = Instant.parse("2026-11-25T10:15:30Z");
  private static final Instant SOON = LATEST.plusSeconds(30);
  private static final Instant LATE = LATEST.plus(ConsistencyReport.MAX_DELAY);

  @Test
  void of_firstViewsThatGotLost_areLostAndNotBeforeHistory_caseC22() {
    ConsistencyReport report = report("8", "0", LATE, 6, 8);

    assertThat(report.lost()).isEqualTo(5);
    assertThat(report.pending()).isZero();
    assertThat(report.beforeHistory()).isZero();
    assertThat(report.beforeHistoryKnown()).isTrue();
    assertThat(report.addsUp()).isTrue();
  }

  @Test
  void of_firstViewsThatHaveNotArrived_arePending_caseC22() {
    assertThat(report("5", "0", SOON).pending()).isEqualTo(5);
    assertThat(report("5", "0", SOON).beforeHistory()).isZero();
    assertThat(report("8", "0", SOON, 1, 6).pending()).isEqualTo(2);
    assertThat(report("8", "0", SOON, 3, 6).lost()).isEqualTo(4);
    assertThat(report("8", "0", SOON, 3, 6).pending()).isEqualTo(2);
  }

  @Test
  void of_viewsOfWhichTheStreamHasGivenUpTheLatest_areNotPending_caseC22() {
    assertThat(report("5", "0", LATE.minusMillis(1)).pending()).isEqualTo(5);
    assertThat(report("5", "0", LATE).pending()).isZero();
    assertThat(report("5", "0", LATE).lost()).isEqualTo(5);
    assertThat(ConsistencyReport.MAX_DELAY).isEqualTo(Duration.ofHours(12));
  }

  @Test
  void of_counterThatWentOn_hasItsBaseBeforeHistory_caseC22() {
    ConsistencyReport report = report("45", "40", SOON, 43, 44);

    assertThat(report.beforeHistory()).isEqualTo(40);
    assertThat(report.lost()).isEqualTo(3);
    assertThat(report.pending()).isEqualTo(1);
    assertThat(report.addsUp()).isTrue();
  }

  @Test
  void of_itemThatWasMadeWithoutABase_hasAllBeforeItsFirstRow_andSaysThatItCannotTell_caseC22() {
    ConsistencyReport report = report("8", null, LATE, 6, 8);

    assertThat(report.beforeHistory()).isEqualTo(5);
    assertThat(report.beforeHistoryKnown()).isFalse();
    assertThat(report.lost()).isZero();
    assertThat(report("5", null, SOON).beforeHistory()).isEqualTo(5);
    assertThat(report("5", null, SOON).pending()).isZero();
  }

  @Test
  void of_counterSetBackBelowItsBase_isBeforeHistoryUpToItsFirstRow() {
    ConsistencyReport report = report("12", "40", LATE, 11, 12);

    assertThat(report.beforeHistory()).isEqualTo(10);
    assertThat(report.lost()).isZero();
    assertThat(report("12", "40", LATE).beforeHistory()).isEqualTo(12);
    assertThat(report("12", "40", LATE).addsUp()).isTrue();
  }

  @Test
  void of_counterBeyondTheNumbersOfRows_saysWhichViewsHaveNone_caseC3() {
    // 2^63 + 2
    ConsistencyReport report = report("9223372036854775810", "9223372036854775800", SOON);

    assertThat(report.lost()).isEqualTo(10);
    assertThat(report.pending()).isEqualTo(7);
    assertThat(report.beyondRows()).isEqualTo(3);
    assertThat(report.addsUp()).isTrue();

    ConsistencyReport allBeyond = report("99999999999999999999", "99999999999999999990", SOON);
    assertThat(allBeyond.beforeHistory()).hasToString("99999999999999999990");
    assertThat(allBeyond.lost()).isEqualTo(9);
    assertThat(allBeyond.beyondRows()).isEqualTo(9);
    assertThat(allBeyond.pending()).isZero();
    assertThat(allBeyond.addsUp()).isTrue();
  }

  @Test
  void of_pageNeverViewed_isNothing() {
    ConsistencyReport report =
        ConsistencyReport.of(PAGE, CounterState.NONE, new TreeMap<>(), new SequenceSet(), LATEST);

    assertThat(report.beforeHistoryKnown()).isTrue();
    assertThat(report.addsUp()).isTrue();
    assertThat(report.lost()).isZero();
  }

  /** A report with rows for all sequences from the first to the last. */
  private static ConsistencyReport report(
      String counter, @Nullable String base, Instant now, long first, long last) {
    SequenceSet sequences = new SequenceSet();
    sequences.add(first, last);
    TreeMap<LocalDate, Long> rows = new TreeMap<>();
    rows.put(LocalDate.parse("2026-11-25"), last - first + 1);
    return ConsistencyReport.of(PAGE, state(counter, base), rows, sequences, now);
  }

  private static ConsistencyReport report(String counter, @Nullable String base, Instant now) {
    return ConsistencyReport.of(
        PAGE, state(counter, base), new TreeMap<>(), new SequenceSet(), now);
  }

  private static CounterState state(String counter, @Nullable String base) {
    return new CounterState(
        new BigInteger(counter),
        1,
        base == null ? null : new BigInteger(base),
        LATEST.toEpochMilli());
  }
}
