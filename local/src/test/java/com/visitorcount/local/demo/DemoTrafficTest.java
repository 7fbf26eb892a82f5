package com.visitorcount.local.demo;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

final class DemoTrafficTest {
  private static final Instant END = Instant.parse("2026-11-25T17:30:00Z");
  private static final List<DemoView> VIEWS = DemoTraffic.until(END, 90);

  @Test
  void views_areTheSameEachTime() {
    assertThat(DemoTraffic.until(END, 90)).isEqualTo(VIEWS);
  }

  @Test
  void views_areThoseOfASmallSiteInNinetyDays() {
    assertThat(VIEWS).filteredOn(view -> view.event().isEmpty()).hasSizeBetween(11_000, 13_000);
    assertThat(VIEWS).filteredOn(view -> !view.event().isEmpty()).hasSizeBetween(500, 1_500);
    assertThat(count(DemoView::event))
        .containsOnlyKeys(
            "",
            "Add to cart",
            "Newsletter sign-up",
            "Outbound Link: Click",
            "File Download",
            "404");
    assertThat(VIEWS).isSortedAccordingTo(Comparator.comparing(DemoView::at));
    assertThat(VIEWS).extracting(DemoView::id).doesNotHaveDuplicates();
    assertThat(VIEWS.get(0).at()).isAfterOrEqualTo(Instant.parse("2026-08-28T00:00:00Z"));
    assertThat(VIEWS.get(VIEWS.size() - 1).at()).isBetween(END.minus(Duration.ofHours(2)), END);
    assertThat(count(view -> LocalDate.ofInstant(view.at(), ZoneOffset.UTC))).hasSize(90);
  }

  @Test
  void views_areUnevenAsRealOnesAre() {
    Map<String, Long> pages = count(DemoView::page);
    Map<Integer, Long> hours = count(view -> view.at().atOffset(ZoneOffset.UTC).getHour());
    Map<DemoVisitor, Long> visitors = count(DemoView::visitor);

    assertThat(pages).hasSizeGreaterThan(15);
    assertThat(pages.get("https://demo.example/")).isGreaterThan(VIEWS.size() / 6L);
    assertThat(hours.get(14)).isGreaterThan(5 * hours.get(3));
    assertThat(visitors).hasSizeGreaterThan(1_000);
    assertThat(visitors.values()).anyMatch(views -> views > 20);
    assertThat(count(view -> view.visitor().timeZone())).hasSizeGreaterThan(10);
    assertThat(count(DemoView::query)).hasSizeGreaterThan(3);
    assertThat(count(DemoView::referrer))
        .hasSizeGreaterThan(8)
        .containsKeys("", "https://demo.example", "https://www.google.com");
  }

  private static <T> Map<T, Long> count(Function<DemoView, T> by) {
    return VIEWS.stream().collect(groupingBy(by, counting()));
  }
}
