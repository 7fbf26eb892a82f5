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

/** What can be known of the views that have no row. */
final class AccountTest {
  private static final PageId PAGE = PageId.of("example.com/a");
  private static final Instant LATEST = Instant.parse("2026-11-25T10:15:30Z");
  private static final Instant SOON = LATEST.plusSeconds(30);
  private static final Instant LATE = LATEST.plus(Account.MAX_DELAY);

  @Test
  void of_firstViewsThatGotLost_areLostAndNotBeforeHistory_caseC22() {
    Account account = account("8", "0", LATE, 6, 8);

    assertThat(account.lost()).isEqualTo(5);
    assertThat(account.pending()).isZero();
    assertThat(account.beforeHistory()).isZero();
    assertThat(account.beforeHistoryKnown()).isTrue();
    assertThat(account.addsUp()).isTrue();
  }

  @Test
  void of_firstViewsThatHaveNotArrived_arePending_caseC22() {
    assertThat(account("5", "0", SOON).pending()).isEqualTo(5);
    assertThat(account("5", "0", SOON).beforeHistory()).isZero();
    assertThat(account("8", "0", SOON, 1, 6).pending()).isEqualTo(2);
    assertThat(account("8", "0", SOON, 3, 6).lost()).isEqualTo(4);
    assertThat(account("8", "0", SOON, 3, 6).pending()).isEqualTo(2);
  }

  @Test
  void of_viewsOfWhichTheStreamHasGivenUpTheLatest_areNotPending_caseC22() {
    assertThat(account("5", "0", LATE.minusMillis(1)).pending()).isEqualTo(5);
    assertThat(account("5", "0", LATE).pending()).isZero();
    assertThat(account("5", "0", LATE).lost()).isEqualTo(5);
    assertThat(Account.MAX_DELAY).isEqualTo(Duration.ofHours(12));
  }

  @Test
  void of_counterThatWentOn_hasItsBaseBeforeHistory_caseC22() {
    Account account = account("45", "40", SOON, 43, 44);

    assertThat(account.beforeHistory()).isEqualTo(40);
    assertThat(account.lost()).isEqualTo(3);
    assertThat(account.pending()).isEqualTo(1);
    assertThat(account.addsUp()).isTrue();
  }

  @Test
  void of_itemThatWasMadeWithoutABase_hasAllBeforeItsFirstRow_andSaysThatItCannotTell_caseC22() {
    Account account = account("8", null, LATE, 6, 8);

    assertThat(account.beforeHistory()).isEqualTo(5);
    assertThat(account.beforeHistoryKnown()).isFalse();
    assertThat(account.lost()).isZero();
    assertThat(account("5", null, SOON).beforeHistory()).isEqualTo(5);
    assertThat(account("5", null, SOON).pending()).isZero();
  }

  @Test
  void of_counterSetBackBelowItsBase_isBeforeHistoryUpToItsFirstRow() {
    Account account = account("12", "40", LATE, 11, 12);

    assertThat(account.beforeHistory()).isEqualTo(10);
    assertThat(account.lost()).isZero();
    assertThat(account("12", "40", LATE).beforeHistory()).isEqualTo(12);
    assertThat(account("12", "40", LATE).addsUp()).isTrue();
  }

  @Test
  void of_counterBeyondTheNumbersOfRows_saysWhichViewsHaveNone_caseC3() {
    // 2^63 + 2
    Account account = account("9223372036854775810", "9223372036854775800", SOON);

    assertThat(account.lost()).isEqualTo(10);
    assertThat(account.pending()).isEqualTo(7);
    assertThat(account.beyondRows()).isEqualTo(3);
    assertThat(account.addsUp()).isTrue();

    Account allBeyond = account("99999999999999999999", "99999999999999999990", SOON);
    assertThat(allBeyond.beforeHistory()).hasToString("99999999999999999990");
    assertThat(allBeyond.lost()).isEqualTo(9);
    assertThat(allBeyond.beyondRows()).isEqualTo(9);
    assertThat(allBeyond.pending()).isZero();
    assertThat(allBeyond.addsUp()).isTrue();
  }

  @Test
  void of_pageNeverViewed_isNothing() {
    Account account =
        Account.of(PAGE, CounterState.NONE, new TreeMap<>(), new SequenceSet(), LATEST);

    assertThat(account.beforeHistoryKnown()).isTrue();
    assertThat(account.addsUp()).isTrue();
    assertThat(account.lost()).isZero();
  }

  /** With rows of all sequences from the first to the last. */
  private static Account account(
      String counter, @Nullable String base, Instant now, long first, long last) {
    SequenceSet sequences = new SequenceSet();
    sequences.add(first, last);
    TreeMap<LocalDate, Long> rows = new TreeMap<>();
    rows.put(LocalDate.parse("2026-11-25"), last - first + 1);
    return Account.of(PAGE, state(counter, base), rows, sequences, now);
  }

  private static Account account(String counter, @Nullable String base, Instant now) {
    return Account.of(PAGE, state(counter, base), new TreeMap<>(), new SequenceSet(), now);
  }

  private static CounterState state(String counter, @Nullable String base) {
    return new CounterState(
        new BigInteger(counter),
        1,
        base == null ? null : new BigInteger(base),
        LATEST.toEpochMilli());
  }
}
