package com.visitorcount.counter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.visitorcount.page.PageId;
import com.visitorcount.view.Campaign;
import com.visitorcount.view.Engagement;
import com.visitorcount.view.Event;
import com.visitorcount.view.Facts;
import com.visitorcount.view.View;
import com.visitorcount.view.ViewId;
import com.visitorcount.visitor.VisitorToken;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

final class StreamedViewTest {
  private static final Instant NOW = Instant.parse("2026-11-25T10:15:30.123Z");
  private static final PageId PAGE = PageId.of("example.com/a");
  private static final VisitorToken VISITOR = new VisitorToken("2eee9518df34dfea");
  private static final Facts FACTS =
      new Facts(
          true,
          "news.example",
          new Campaign("letter", "mail", "spring", "", ""),
          "DE",
          "Firefox",
          "macOS",
          "Laptop");

  private final Updates updates = new Updates();

  @Test
  void of_anyViewsOneAfterTheOther_readsBackWhatWasAdded() {
    SplittableRandom random = new SplittableRandom(5);
    Map<String, AttributeValue> item = Map.of();
    PageId page = PAGE;
    long sequence = 0;
    long born = 0;
    for (int i = 0; i < 10_000; i++) {
      if (random.nextInt(50) == 0) {
        // another page, or the same one in a new life, by us or by an older version
        page = page(random);
        sequence = random.nextBoolean() ? 0 : random.nextLong(Long.MAX_VALUE - 1_000);
        born = 0;
        item =
            sequence == 0
                ? Map.of()
                : Map.of(
                    "id", AttributeValue.fromS(page.toString()),
                    "views", AttributeValue.fromN(Long.toString(sequence)));
      }
      Instant at = NOW.plusMillis(random.nextInt(100_000_000));
      VisitorToken visitor = random.nextBoolean() ? null : token(random);
      View view = new View(page, new ViewId("v" + i), at, facts(random), visitor);
      born = born == 0 ? at.toEpochMilli() : born;
      sequence++;

      Map<String, AttributeValue> after = updates.add(item, view);
      Instant written = at.plusMillis(random.nextInt(-600_000, 600_001));

      assertThat(StreamedView.of(item, after, written))
          .isEqualTo(new StreamedView(page, born, sequence, at, view.facts(), visitor));
      item = after;
    }
  }

  @Test
  void of_textsBeyondTheirCaps_readsBackTheirStarts() {
    SplittableRandom random = new SplittableRandom(6);
    for (int i = 0; i < 2_000; i++) {
      List<String> texts =
          Stream.generate(() -> text(random, random.nextInt(200))).limit(6).toList();
      Facts facts = facts(texts.get(5), texts, "Chrome", "Windows");

      Facts read = add(Map.of(), facts).facts();

      List<String> campaign = texts(read.campaign());
      for (int j = 0; j < 5; j++) {
        assertThat(texts.get(j)).startsWith(campaign.get(j));
      }
      assertThat(facts.referrer()).startsWith(read.referrer());
      assertThat(Utf8.bytes(read.referrer())).isLessThanOrEqualTo(96);
      assertThat(campaign.stream().mapToInt(Utf8::bytes).sum()).isLessThanOrEqualTo(144);
      // what is stored once is not cut again
      assertThat(add(Map.of(), read).facts()).isEqualTo(read);
    }
  }

  @Test
  void of_olderCounterBesideUs_hasNoFactsAndTheStreamsTime() {
    Map<String, AttributeValue> ours = updates.add(Map.of(), view(FACTS, NOW));
    Map<String, AttributeValue> theirs = with(ours, "views", AttributeValue.fromN("2"));
    Instant written = NOW.plusSeconds(60);

    assertThat(StreamedView.of(ours, theirs, written))
        .isEqualTo(new StreamedView(PAGE, NOW.toEpochMilli(), 2, written, Facts.NONE, null));
  }

  @Test
  void of_olderCountersOwnItem_isAViewWithoutBirth() {
    Map<String, AttributeValue> item =
        Map.of("id", AttributeValue.fromS("main_page"), "views", AttributeValue.fromN("1"));

    assertThat(StreamedView.of(Map.of(), item, NOW))
        .isEqualTo(new StreamedView(PageId.of("main_page"), 0, 1, NOW, Facts.NONE, null));
  }

  @Test
  void of_event_tellsItsPageAndProperties() {
    PageId page = PageId.event("example.com", "signup");
    Event event = new Event("example.com/pricing", Map.of("plan", "pro"));
    Facts facts = new Facts(false, "", Campaign.NONE, "DE", "Firefox", "macOS", "Laptop");
    View view = new View(page, new ViewId("v1"), NOW, facts, VISITOR, event);
    Map<String, AttributeValue> item = updates.add(Map.of(), view);

    assertThat(StreamedView.of(Map.of(), item, NOW))
        .isEqualTo(new StreamedView(page, NOW.toEpochMilli(), 1, NOW, facts, VISITOR, event, null));
    // with a wrong clock, or written by an older version, it is still an event
    assertThat(StreamedView.of(Map.of(), item, NOW.plusSeconds(9_999)).event()).isEqualTo(event);
    assertThat(StreamedView.of(item, with(item, "views", AttributeValue.fromN("2")), NOW).event())
        .isEqualTo(Event.NONE);
  }

  @Test
  void of_engagement_tellsOfTheLatestViewsWithoutAddingOne() {
    Map<String, AttributeValue> before = updates.add(Map.of(), view(FACTS, NOW));
    Engagement engagement = new Engagement(12, 80);
    Map<String, AttributeValue> after =
        with(before, "last", LastView.attribute(NOW.plusSeconds(9), VISITOR, engagement));

    assertThat(StreamedView.of(before, after, NOW.plusSeconds(10)))
        .isEqualTo(
            new StreamedView(
                PAGE,
                NOW.toEpochMilli(),
                1,
                NOW.plusSeconds(9),
                Facts.NONE,
                VISITOR,
                null,
                engagement));
    // the next view, ours or an older version's, is not one
    Map<String, AttributeValue> next = updates.add(after, view(FACTS, NOW.plusSeconds(20)));
    assertThat(StreamedView.of(after, next, NOW.plusSeconds(20)))
        .isEqualTo(
            new StreamedView(PAGE, NOW.toEpochMilli(), 2, NOW.plusSeconds(20), FACTS, VISITOR));
    Map<String, AttributeValue> theirs = with(after, "views", AttributeValue.fromN("2"));
    assertThat(StreamedView.of(after, theirs, NOW))
        .isEqualTo(new StreamedView(PAGE, NOW.toEpochMilli(), 2, NOW, Facts.NONE, null));
  }

  @Test
  void of_writeThatCountsNothing_isNoView() {
    Map<String, AttributeValue> item = updates.add(Map.of(), view(FACTS, NOW));

    assertThat(StreamedView.of(item, with(item, "note", AttributeValue.fromS("x")), NOW)).isNull();
    assertThat(StreamedView.of(item, with(item, "views", AttributeValue.fromN("1.0")), NOW))
        .isNull();
  }

  /** Two views of one visitor in the same millisecond differ only in the hash of their ids. */
  @Test
  void of_sameFactsInTheSameMillisecond_areOfBothViews() {
    Map<String, AttributeValue> first = updates.add(Map.of(), view(FACTS, NOW));
    Map<String, AttributeValue> second =
        updates.add(first, new View(PAGE, new ViewId("another"), NOW, FACTS, VISITOR));

    assertThat(second.get("last")).isEqualTo(first.get("last"));
    assertThat(StreamedView.of(first, second, NOW))
        .isEqualTo(new StreamedView(PAGE, NOW.toEpochMilli(), 2, NOW, FACTS, VISITOR));
  }

  @ParameterizedTest
  @CsvSource({
    "0, false",
    "600000, false",
    "-600000, false",
    "600001, true",
    "-600001, true",
    "157680000000, true"
  })
  void of_writersClockIsOff_takesTheStreamsTimeAndKeepsTheFacts_caseB10(
      long millisAhead, boolean streamsTime) {
    Instant at = NOW.plusMillis(millisAhead);
    StreamedView view = StreamedView.of(Map.of(), updates.add(Map.of(), view(FACTS, at)), NOW);

    assertThat(view.at()).isEqualTo(streamsTime ? NOW : at);
    assertThat(view.facts()).isEqualTo(FACTS);
    assertThat(view.visitor()).isEqualTo(VISITOR);
  }

  /** A view just before the hour, read just after it and again an hour later. */
  @Test
  void of_sameRecordAtAnyTime_isTheSameView_caseB10() {
    Instant at = Instant.parse("2026-11-25T13:59:59.900Z");
    Map<String, AttributeValue> after = updates.add(Map.of(), view(FACTS, at));
    Instant written = at.plusMillis(40);

    assertThat(StreamedView.of(Map.of(), after, written).at()).isEqualTo(at);
    assertThat(StreamedView.of(Map.of(), after, written))
        .isEqualTo(StreamedView.of(Map.of(), after, written));
  }

  @Test
  void of_salt_isNoView() {
    Map<String, AttributeValue> salt =
        Map.of("id", AttributeValue.fromS("#salt/2026-11-25"), "views", AttributeValue.fromN("1"));

    assertThat(StreamedView.of(Map.of(), salt, NOW)).isNull();
  }

  @Test
  void of_deletionOrItemWithoutViews_isNoView() {
    Map<String, AttributeValue> item = updates.add(Map.of(), view(FACTS, NOW));

    assertThat(StreamedView.of(item, Map.of(), NOW)).isNull();
    assertThat(StreamedView.of(Map.of(), Map.of("id", AttributeValue.fromS("a")), NOW)).isNull();
    assertThat(StreamedView.of(Map.of(), Map.of("id", AttributeValue.fromN("7")), NOW)).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "none",
      value = {"none, 41", "none, 2", "41, 41", "41, 40", "41, 43", "41, 1", "0, 2"})
  void of_countSetByHand_isNoView(String before, String after) {
    Map<String, AttributeValue> old =
        before == null ? Map.of() : item(AttributeValue.fromN(before));

    assertThat(StreamedView.of(old, item(AttributeValue.fromN(after)), NOW)).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "none",
      value = {
        "none, 1, 1",
        "0, 1, 1",
        "41, 42, 42",
        "4.1E1, 42.0, 42",
        "9223372036854775806, 9223372036854775807, 9223372036854775807"
      })
  void of_oneMoreThanBefore_isAView(String before, String after, long sequence) {
    Map<String, AttributeValue> old =
        before == null ? Map.of() : item(AttributeValue.fromN(before));

    assertThat(StreamedView.of(old, item(AttributeValue.fromN(after)), NOW).sequence())
        .isEqualTo(sequence);
  }

  /** A counter set by hand to anything makes neither a view nor an unreadable record. */
  @Test
  void of_countSetByHandToWhatever_isNoView_caseC3() {
    List<AttributeValue> counts =
        Stream.concat(
                Stream.of("0", "-1", "-3", "2.5", "41", "1E40", "9223372036854775813", "NaN")
                    .map(AttributeValue::fromN),
                Stream.of(AttributeValue.fromS("x"), AttributeValue.fromNul(true)))
            .toList();
    for (AttributeValue after : counts) {
      assertThat(StreamedView.of(Map.of(), item(after), NOW)).as("%s", after).isNull();
      for (AttributeValue before : counts) {
        assertThat(StreamedView.of(item(before), item(after), NOW))
            .as("from %s to %s", before, after)
            .isNull();
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "-1, 0",
    "2.5, 3.5",
    "-3, -2",
    "9223372036854775807, 9223372036854775808",
    "99999999999999999999, 100000000000000000000",
    "1E40, 1E40"
  })
  void of_viewOfACounterThatHasNoSequences_isNoView_caseC3(String before, String after) {
    assertThat(
            StreamedView.of(
                item(AttributeValue.fromN(before)), item(AttributeValue.fromN(after)), NOW))
        .isNull();
  }

  @Test
  void of_viewAfterTheCounterWasReset_isItsFirst_caseC3() {
    Map<String, AttributeValue> reset = item(AttributeValue.fromN("0"));

    assertThat(StreamedView.of(reset, updates.add(reset, view(FACTS, NOW)), NOW).sequence())
        .isEqualTo(1);
  }

  /** An invalid birth would make each view of the page an unreadable record. */
  @Test
  void of_birthSetByHandToAText_isAViewWithoutBirth_caseC3() {
    Map<String, AttributeValue> one =
        with(item(AttributeValue.fromN("1")), "born", AttributeValue.fromS("secret"));

    assertThat(StreamedView.of(Map.of(), one, NOW).bornMillis()).isZero();
  }

  static Stream<Arguments> unreadable() {
    Map<String, AttributeValue> one = item(AttributeValue.fromN("1"));
    Map<String, AttributeValue> last =
        with(one, "last", AttributeValue.fromM(Map.of("t", AttributeValue.fromS("secret"))));
    return Stream.of(
        Arguments.of("id", Map.of("views", AttributeValue.fromN("1"))),
        Arguments.of("id", with(one, "id", AttributeValue.fromN("7"))),
        Arguments.of("last", with(one, "last", AttributeValue.fromS("secret"))),
        Arguments.of("at t", last));
  }

  @ParameterizedTest
  @MethodSource("unreadable")
  void of_imageThatCannotBeRead_isRefusedWithoutRepeatingIt(
      String what, Map<String, AttributeValue> image) {
    assertThatThrownBy(() -> StreamedView.of(Map.of(), image, NOW))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(what)
        .hasMessageNotContaining("secret");
  }

  @Test
  void maxSkew_isTenMinutes() {
    assertThat(StreamedView.MAX_SKEW).isEqualTo(Duration.ofMinutes(10));
  }

  private StreamedView add(Map<String, AttributeValue> before, Facts facts) {
    return StreamedView.of(before, updates.add(before, view(facts, NOW)), NOW);
  }

  private static View view(Facts facts, Instant at) {
    return new View(PAGE, new ViewId("v1"), at, facts, VISITOR);
  }

  private static Map<String, AttributeValue> item(AttributeValue views) {
    return Map.of("id", AttributeValue.fromS("example.com/a"), "views", views);
  }

  private static Map<String, AttributeValue> with(
      Map<String, AttributeValue> item, String name, AttributeValue value) {
    Map<String, AttributeValue> changed = new HashMap<>(item);
    changed.put(name, value);
    return changed;
  }

  private static Facts facts(SplittableRandom random) {
    List<String> campaign =
        Stream.generate(() -> text(random, random.nextInt(11))).limit(5).toList();
    List<String> browsers = List.of("", "Chrome", "Samsung Internet", "UC Browser", "Facebook");
    List<String> systems = List.of("", "Windows", "ChromeOS", "HarmonyOS", "Windows Phone");
    return facts(
        random.nextBoolean() ? "" : text(random, random.nextInt(32)),
        campaign,
        browsers.get(random.nextInt(browsers.size())),
        systems.get(random.nextInt(systems.size())));
  }

  private static Facts facts(String referrer, List<String> campaign, String browser, String os) {
    return new Facts(
        referrer.length() % 2 == 0,
        referrer,
        new Campaign(
            campaign.get(0), campaign.get(1), campaign.get(2), campaign.get(3), campaign.get(4)),
        referrer.isEmpty() ? "" : "AT",
        browser,
        os,
        List.of("", "Mobile", "Tablet", "Laptop", "Desktop", "TV")
            .get(campaign.get(0).length() % 6));
  }

  private static List<String> texts(Campaign campaign) {
    return List.of(
        campaign.source(), campaign.medium(), campaign.name(), campaign.term(), campaign.content());
  }

  /** Characters of one to three bytes in UTF-8. */
  private static String text(SplittableRandom random, int characters) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < characters; i++) {
      text.append("aZ 0.-é語\"\n%".charAt(random.nextInt(11)));
    }
    return text.toString();
  }

  private static PageId page(SplittableRandom random) {
    return PageId.of(List.of("example.com/", "other.test/é", "main_page").get(random.nextInt(3)));
  }

  private static VisitorToken token(SplittableRandom random) {
    return new VisitorToken(String.format("%016x", random.nextLong()));
  }
}
