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
import java.lang.reflect.RecordComponent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

final class LastViewTest {
  private static final Instant NOW = Instant.parse("2026-11-25T10:15:30.123Z");
  private static final PageId PAGE = PageId.of("a");
  private static final PageId SIGNUP = PageId.event("example.com", "signup");

  /** A new fact is added here first. */
  private static final Facts ALL =
      new Facts(
          true,
          "news.example",
          new Campaign("a", "b", "c", "d", "e"),
          "DE",
          "Firefox",
          "macOS",
          "Laptop");

  /** Facts that are as if they were not known. */
  static List<String> unknown(Facts facts) throws ReflectiveOperationException {
    List<String> unknown = new ArrayList<>();
    for (RecordComponent fact : Facts.class.getRecordComponents()) {
      if (fact.getAccessor().invoke(facts).equals(fact.getAccessor().invoke(Facts.NONE))) {
        unknown.add(fact.getName());
      }
    }
    return unknown;
  }

  @Test
  void of_eachFact_isReadAsItWasWritten() throws Exception {
    assertThat(unknown(ALL)).isEmpty();
    assertThat(LastView.of(PAGE, AttributeValue.fromM(last(ALL, null))).facts()).isEqualTo(ALL);
  }

  @Test
  void attribute_allFacts_isAMapOfOneLetterNames() {
    assertThat(last(ALL, new VisitorToken("2eee9518df34dfea")))
        .containsExactlyInAnyOrderEntriesOf(
            Map.ofEntries(
                Map.entry("t", AttributeValue.fromN("1795601730123")),
                Map.entry("e", AttributeValue.fromBool(true)),
                Map.entry("r", AttributeValue.fromS("news.example")),
                Map.entry("s", AttributeValue.fromS("a")),
                Map.entry("m", AttributeValue.fromS("b")),
                Map.entry("c", AttributeValue.fromS("c")),
                Map.entry("k", AttributeValue.fromS("d")),
                Map.entry("n", AttributeValue.fromS("e")),
                Map.entry("l", AttributeValue.fromS("DE")),
                Map.entry("b", AttributeValue.fromS("Firefox")),
                Map.entry("o", AttributeValue.fromS("macOS")),
                Map.entry("d", AttributeValue.fromS("L")),
                Map.entry("v", bytes(0x2e, 0xee, 0x95, 0x18, 0xdf, 0x34, 0xdf, 0xea))));
  }

  @Test
  void attribute_noFacts_isTheTimeAlone() {
    assertThat(last(Facts.NONE, null)).containsOnlyKeys("t");
  }

  static Stream<Arguments> campaigns() {
    return Stream.of(
        // if all fit, nothing is cut, however long one is
        Arguments.of(List.of(140, 1, 1, 1, 1), List.of(140, 1, 1, 1, 1)),
        Arguments.of(List.of(144, 0, 0, 0, 0), List.of(144, 0, 0, 0, 0)),
        Arguments.of(List.of(145, 0, 0, 0, 0), List.of(144, 0, 0, 0, 0)),
        Arguments.of(List.of(140, 1, 1, 1, 2), List.of(139, 1, 1, 1, 2)),
        // the longest are cut to the same length, shorter ones stay whole
        Arguments.of(List.of(5_000, 5_000, 5_000, 5_000, 5_000), List.of(28, 28, 28, 28, 28)),
        Arguments.of(List.of(10, 5_000, 20, 5_000, 0), List.of(10, 57, 20, 57, 0)),
        Arguments.of(List.of(0, 5_000, 40, 0, 80), List.of(0, 52, 40, 0, 52)),
        Arguments.of(List.of(29, 29, 29, 29, 29), List.of(28, 28, 28, 28, 28)),
        Arguments.of(List.of(28, 29, 29, 29, 29), List.of(28, 29, 29, 29, 29)));
  }

  @ParameterizedTest
  @MethodSource("campaigns")
  void attribute_campaign_sharesItsRoomFairly(List<Integer> lengths, List<Integer> stored) {
    List<String> texts = lengths.stream().map("x"::repeat).toList();
    Map<String, AttributeValue> last = last(campaign(texts), null);

    assertThat(
            Stream.of("s", "m", "c", "k", "n")
                .map(name -> last.containsKey(name) ? last.get(name).s().length() : 0))
        .isEqualTo(stored);
  }

  @ParameterizedTest
  @CsvSource({"é, 48", "語, 32", "😀, 24", "x, 96", "xé, 32"})
  void attribute_longReferrer_isCutBetweenCharacters(String unit, int units) {
    Facts facts = new Facts(true, unit.repeat(200), Campaign.NONE, "", "", "", "");

    assertThat(last(facts, null).get("r").s()).isEqualTo(unit.repeat(units));
  }

  @Test
  void attribute_loneSurrogate_isAQuestionMark() {
    Facts facts = new Facts(true, "a\ud83db", Campaign.NONE, "", "", "", "");

    assertThat(last(facts, null).get("r").s()).isEqualTo("a?b");
  }

  @ParameterizedTest
  @CsvSource({"Mobile, M", "Tablet, T", "Laptop, L", "Desktop, D", "TV, V"})
  void of_device_isReadBackByItsCode(String device, String code) {
    Facts facts = new Facts(false, "", Campaign.NONE, "", "", "", device);

    assertThat(last(facts, null).get("d").s()).isEqualTo(code);
    assertThat(LastView.of(PAGE, AttributeValue.fromM(last(facts, null))).facts()).isEqualTo(facts);
  }

  @ParameterizedTest
  @CsvSource({
    "Chrome, Chrome",
    "Facebook, Facebook",
    "Samsung Internet, 'Samsung '",
    "Internet Explorer, Internet",
    "An unknown browser, An unkno"
  })
  void of_browser_isReadBackByItsCode(String name, String code) {
    Facts facts = new Facts(false, "", Campaign.NONE, "", name, name, "");
    Map<String, AttributeValue> last = last(facts, null);

    assertThat(last.get("b").s()).isEqualTo(code);
    assertThat(last.get("o").s()).isEqualTo(code);
    assertThat(LastView.of(PAGE, AttributeValue.fromM(last)).facts().browser())
        .isEqualTo(name.startsWith("An unknown") ? code : name);
  }

  @Test
  void of_numberInAnotherForm_isTheSameTime() {
    Map<String, AttributeValue> last = Map.of("t", AttributeValue.fromN("1.795601730123E12"));

    assertThat(LastView.of(PAGE, AttributeValue.fromM(last)).at()).isEqualTo(NOW);
  }

  @Test
  void of_memberOfAnotherName_isPassedOver() {
    Map<String, AttributeValue> last = new HashMap<>(last(Facts.NONE, null));
    last.put("z", AttributeValue.fromL(List.of()));

    assertThat(LastView.of(PAGE, AttributeValue.fromM(last)))
        .isEqualTo(new LastView(NOW, Facts.NONE, null, null, null));
  }

  static Stream<Arguments> malformed() {
    AttributeValue text = AttributeValue.fromS("secret");
    AttributeValue number = AttributeValue.fromN("1");
    return Stream.of(
        Arguments.of("t", text),
        Arguments.of("t", AttributeValue.fromN("1.5")),
        Arguments.of("t", AttributeValue.fromN("1E30")),
        Arguments.of("e", text),
        Arguments.of("e", number),
        Arguments.of("r", number),
        Arguments.of("s", number),
        Arguments.of("l", number),
        Arguments.of("b", number),
        Arguments.of("d", number),
        Arguments.of("v", text),
        Arguments.of("v", bytes(1, 2, 3, 4, 5, 6, 7)),
        Arguments.of("v", bytes(1, 2, 3, 4, 5, 6, 7, 8, 9)));
  }

  @ParameterizedTest
  @MethodSource("malformed")
  void of_malformedMember_isRefusedWithoutRepeatingIt(String name, AttributeValue value) {
    Map<String, AttributeValue> last = new HashMap<>(last(Facts.NONE, null));
    last.put(name, value);

    assertThatThrownBy(() -> LastView.of(PAGE, AttributeValue.fromM(last)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageEndingWith(" " + name)
        .hasNoCause();
  }

  @Test
  void attribute_event_isItsPageAndPropertiesWithoutAnOrigin() {
    Facts facts =
        new Facts(true, "news.example", new Campaign("a", "", "", "", ""), "DE", "", "", "Laptop");
    Event event = new Event("example.com/pricing", Map.of("plan", "pro", "seats", "5"));

    Map<String, AttributeValue> last = last(SIGNUP, facts, event);

    assertThat(last)
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "t",
                AttributeValue.fromN("1795601730123"),
                "l",
                AttributeValue.fromS("DE"),
                "d",
                AttributeValue.fromS("L"),
                "p",
                AttributeValue.fromS("/pricing"),
                "q",
                AttributeValue.fromM(
                    Map.of(
                        "plan", AttributeValue.fromS("pro"),
                        "seats", AttributeValue.fromS("5")))));
    assertThat(LastView.of(SIGNUP, AttributeValue.fromM(last)))
        .isEqualTo(
            new LastView(
                NOW,
                new Facts(false, "", Campaign.NONE, "DE", "", "", "Laptop"),
                null,
                event,
                null));
  }

  @ParameterizedTest
  @CsvSource({
    "example.com, example.com/a",
    "example.com, main_page",
    "example.com, ''",
    "default, /about",
    "default, main_page",
    "intranet, intranet/a"
  })
  void of_eventsPage_isReadBack(String site, String page) {
    PageId key = PageId.event(site, "signup");
    Event event = new Event(page, Map.of());

    assertThat(LastView.of(key, AttributeValue.fromM(last(key, Facts.NONE, event))).event())
        .isEqualTo(event);
  }

  /** Five properties of full length and a page of 40 bytes beyond its site. */
  @ParameterizedTest
  @CsvSource({"200, 5, true", "201, 5, false", "242, 5, false", "243, 4, true", "253, 4, true"})
  void attribute_eventWithAllThereCanBe_keepsWhatFits(int host, int properties, boolean page) {
    String site = ("a".repeat(60) + ".").repeat(5).substring(0, host - 2) + "aa";
    PageId key = PageId.event(site, "n".repeat(64));
    Map<String, String> all = new HashMap<>();
    for (int i = 0; i < 5; i++) {
      all.put(i + "x".repeat(29), "y".repeat(60));
    }
    Event event = new Event(site + "/" + "p".repeat(39), all);

    Event read = LastView.of(key, AttributeValue.fromM(last(key, Facts.NONE, event))).event();

    assertThat(read.properties()).hasSize(properties);
    assertThat(all).containsAllEntriesOf(read.properties());
    assertThat(read.page()).isEqualTo(page ? event.page() : "");
  }

  @Test
  void of_eventThatIsNotInteractive_isReadBack() {
    Event event = new Event("example.com/a", Map.of("plan", "pro"), false);
    Map<String, AttributeValue> last = last(SIGNUP, Facts.NONE, event);

    assertThat(last).containsEntry("i", AttributeValue.fromBool(true));
    assertThat(LastView.of(SIGNUP, AttributeValue.fromM(last)).event()).isEqualTo(event);
    assertThat(last(SIGNUP, Facts.NONE, Event.NONE)).doesNotContainKey("i");
  }

  @Test
  void of_engagement_isReadBack() {
    VisitorToken visitor = new VisitorToken("2eee9518df34dfea");
    Engagement engagement = new Engagement(86_400, 100);

    LastView last = LastView.of(PAGE, LastView.attribute(NOW, visitor, engagement));

    assertThat(last).isEqualTo(new LastView(NOW, Facts.NONE, visitor, null, engagement));
  }

  @Test
  void of_eventThatCannotBeOne_isRefusedWithoutRepeatingIt() {
    for (AttributeValue properties :
        List.of(
            AttributeValue.fromM(Map.of("plan", AttributeValue.fromN("1"))),
            AttributeValue.fromM(Map.of("plan", AttributeValue.fromS("secret".repeat(20)))),
            AttributeValue.fromS("secret"))) {
      Map<String, AttributeValue> last = new HashMap<>(last(SIGNUP, Facts.NONE, Event.NONE));
      last.put("q", properties);

      assertThatThrownBy(() -> LastView.of(SIGNUP, AttributeValue.fromM(last)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageEndingWith(" q")
          .hasNoCause();
    }
  }

  @Test
  void of_noTimeOrNoMap_isRefused() {
    assertThatThrownBy(() -> LastView.of(PAGE, AttributeValue.fromM(Map.of())))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> LastView.of(PAGE, AttributeValue.fromS("secret")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("secret");
  }

  private static Facts campaign(List<String> texts) {
    return new Facts(
        false,
        "",
        new Campaign(texts.get(0), texts.get(1), texts.get(2), texts.get(3), texts.get(4)),
        "",
        "",
        "",
        "");
  }

  private static Map<String, AttributeValue> last(Facts facts, VisitorToken visitor) {
    return LastView.attribute(new View(PAGE, new ViewId("v1"), NOW, facts, visitor)).m();
  }

  private static Map<String, AttributeValue> last(PageId key, Facts facts, Event event) {
    return LastView.attribute(new View(key, new ViewId("v1"), NOW, facts, null, event)).m();
  }

  private static AttributeValue bytes(int... octets) {
    byte[] bytes = new byte[octets.length];
    for (int i = 0; i < octets.length; i++) {
      bytes[i] = (byte) octets[i];
    }
    return AttributeValue.fromB(SdkBytes.fromByteArray(bytes));
  }
}
