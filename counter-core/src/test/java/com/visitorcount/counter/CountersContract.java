package com.visitorcount.counter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.visitorcount.page.PageId;
import com.visitorcount.view.Engagement;
import com.visitorcount.view.View;
import com.visitorcount.view.ViewId;
import com.visitorcount.visitor.VisitorToken;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What every implementation of {@link Counters} must do. Each test has its own page. */
public abstract class CountersContract {
  private static final Instant NOW = Instant.parse("2026-11-25T10:15:30.123Z");

  private static final VisitorToken VISITOR = new VisitorToken("2eee9518df34dfea");

  /** The implementation under test; may contain pages other than those of the tests. */
  protected abstract Counters counters();

  @Test
  void read_pageNeverViewed_isZero() {
    assertThat(counters().read(page("never"))).isZero();
  }

  @Test
  void add_firstViewOfAPage_isOne() {
    PageId page = page("first");

    assertThat(counters().add(view(page, 1, NOW))).isEqualTo(counted(1));
    assertThat(counters().read(page)).isOne();
  }

  @Test
  void add_sameViewAgain_countsOnce() {
    PageId page = page("again");
    counters().add(view(page, 1, NOW));

    assertThat(counters().add(view(page, 1, NOW))).isEqualTo(duplicate(1));
    assertThat(counters().add(view(page, 2, NOW))).isEqualTo(counted(2));
    assertThat(counters().add(view(page, 1, NOW.plusSeconds(660)))).isEqualTo(duplicate(2));
    assertThat(counters().read(page)).isEqualTo(2);
  }

  @Test
  void add_sameViewAfterSevenOthers_countsOnce() {
    PageId page = page("seven");
    counters().add(view(page, 0, NOW));
    for (int i = 1; i <= 7; i++) {
      counters().add(view(page, i, NOW));
    }

    assertThat(counters().add(view(page, 0, NOW))).isEqualTo(duplicate(8));
  }

  @Test
  void tell_pageThatWasViewed_leavesItsCount() {
    PageId page = page("engaged");
    counters().add(view(page, 1, NOW));

    assertThat(counters().tell(page, NOW, VISITOR, new Engagement(9, 80))).isTrue();
    assertThat(counters().read(page)).isOne();
    assertThat(counters().add(view(page, 1, NOW))).isEqualTo(duplicate(1));
    assertThat(counters().add(view(page, 2, NOW))).isEqualTo(counted(2));
  }

  @Test
  void tell_pageNeverViewed_makesNone() {
    PageId page = page("unseen");

    assertThat(counters().tell(page, NOW, VISITOR, new Engagement(9, 80))).isFalse();
    assertThat(counters().state(page)).isEqualTo(CounterState.NONE);
  }

  @Test
  void add_sameViewIdOnTwoPages_countsOnBoth() {
    counters().add(view(page("left"), 1, NOW));

    assertThat(counters().add(view(page("right"), 1, NOW))).isEqualTo(counted(1));
  }

  @Test
  void add_manyAtOnceOnANewPage_givesEachItsOwnNumber() throws Exception {
    PageId page = page("crowd");
    List<Callable<BigInteger>> views = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      View view = view(page, i, NOW);
      views.add(() -> counters().add(view).count());
    }

    List<BigInteger> counts = Writers.run(50, views);

    assertThat(counts)
        .containsExactlyInAnyOrderElementsOf(
            LongStream.rangeClosed(1, 200).mapToObj(BigInteger::valueOf).toList());
    assertThat(counters().read(page)).isEqualTo(200);
  }

  @Test
  void state_pageNeverViewed_isZeroAndUnborn() {
    assertThat(counters().state(page("unborn"))).isEqualTo(CounterState.NONE);
  }

  @Test
  void state_page_isItsCountAndTheTimeOfItsFirstView() {
    counters().add(view(page("born"), 1, NOW));
    counters().add(view(page("born"), 2, NOW.plusSeconds(60)));

    assertThat(counters().state(page("born")))
        .isEqualTo(
            new CounterState(
                BigInteger.TWO,
                NOW.toEpochMilli(),
                BigInteger.ZERO,
                NOW.plusSeconds(60).toEpochMilli()));
  }

  @Test
  void read_severalPages_answersEachInTheOrderAsked() {
    counters().add(view(page("b"), 1, NOW));
    counters().add(view(page("b"), 2, NOW));
    counters().add(view(page("a"), 1, NOW));

    Map<PageId, BigInteger> counts =
        counters().read(new LinkedHashSet<>(List.of(page("b"), page("unseen"), page("a"))));

    assertThat(counts)
        .containsExactly(
            Map.entry(page("b"), BigInteger.TWO),
            Map.entry(page("unseen"), BigInteger.ZERO),
            Map.entry(page("a"), BigInteger.ONE));
  }

  @Test
  void read_noPages_isEmpty() {
    assertThat(counters().read(Set.of())).isEmpty();
  }

  @Test
  void read_asManyPagesAsAllowed_answersAllOfThem() {
    Set<PageId> hundred = pages(Counters.MAX_PAGES);

    assertThat(counters().read(hundred)).hasSize(Counters.MAX_PAGES).containsOnlyKeys(hundred);
  }

  @Test
  void read_morePagesThanAllowed_isRefused() {
    Set<PageId> tooMany = pages(Counters.MAX_PAGES + 1);

    assertThatThrownBy(() -> counters().read(tooMany))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("100");
  }

  @Test
  void add_pageOfTheLongestName_countsLikeAnyOther() {
    PageId page = PageId.of(getClass().getSimpleName() + "/" + "é".repeat(220));

    assertThat(counters().add(view(page, 1, NOW))).isEqualTo(counted(1));
    assertThat(counters().read(page)).isOne();
  }

  private static Set<PageId> pages(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> page("many-" + i))
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  private static PageId page(String name) {
    return PageId.of("contract.test/" + name);
  }

  private static View view(PageId page, int number, Instant at) {
    return View.of(page, new ViewId("view-" + number), at);
  }

  private static Counted counted(long count) {
    return new Counted(BigInteger.valueOf(count), false);
  }

  private static Counted duplicate(long count) {
    return new Counted(BigInteger.valueOf(count), true);
  }
}
