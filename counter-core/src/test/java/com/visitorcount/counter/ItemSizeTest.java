package com.visitorcount.counter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.visitorcount.page.PageId;
import com.visitorcount.view.Campaign;
import com.visitorcount.view.Engagement;
import com.visitorcount.view.Event;
import com.visitorcount.view.Facts;
import com.visitorcount.view.View;
import com.visitorcount.view.ViewId;
import com.visitorcount.visitor.VisitorToken;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A view costs one write unit as long as its item has at most 1,024 bytes. The size is computed by
 * the rules of the DynamoDB developer guide, "Item sizes and formats": names and texts in bytes of
 * UTF-8, a number one byte for two significant digits and one more, binary and Boolean by their
 * length, a map 3 bytes and 1 for each member.
 */
final class ItemSizeTest {
  private static final int WRITE_UNIT_BYTES = 1_024;
  private static final Instant NOW = Instant.parse("2026-11-25T10:15:30.123Z");
  private static final VisitorToken TOKEN = new VisitorToken("2eee9518df34dfea");

  /** Enough views to fill every place of every register. */
  private static final int VIEWS = 200;

  private static final ViewId ID = new ViewId("view");
  private static final Facts FACTS = facts("x".repeat(96), texts("x", 29, 29, 29, 29, 28));

  private final Map<String, AttributeValue> fullItem = itemAfterViews(FACTS);
  private final SplittableRandom random = new SplittableRandom(16);

  @Test
  void item_factsAtTheirCaps_fillsOneWriteUnit() throws Exception {
    assertThat(LastViewTest.unknown(FACTS)).isEmpty();
    Map<String, AttributeValue> item =
        itemAfterViews(facts("x".repeat(96), texts("x", 29, 29, 29, 29, 28)));

    assertThat(size(Map.of("last", item.get("last")))).isBetween(305, LastView.MAX_BYTES);
    assertThat(texts(item)).isEqualTo(texts("x", 29, 29, 29, 29, 28));
    assertFitsIntoOneWriteUnit(item);
  }

  @ParameterizedTest
  @ValueSource(strings = {"x", "é", "語", "😀"})
  void item_factsBeyondTheirCaps_fitsIntoOneWriteUnit(String character) {
    assertFitsIntoOneWriteUnit(
        itemAfterViews(
            facts(character.repeat(5_000), texts(character, 5_000, 4_000, 3_000, 2_000, 1_000))));
  }

  @ParameterizedTest
  @CsvSource({"x, x", "é, x", "x, 語", "😀, 😀"})
  void item_eventWithAllThereCanBe_fitsIntoOneWriteUnit(String character, String ofName) {
    int least = WRITE_UNIT_BYTES;
    for (int host = 1; host <= 253; host++) {
      String site = ("a".repeat(60) + ".").repeat(5).substring(0, host - 1) + "a:65535";
      PageId key = PageId.event(site, ofName.repeat(64 / ofName.getBytes(UTF_8).length));
      Map<String, String> properties = new HashMap<>();
      for (String letter : List.of("a", "b", "c", "d", "e")) {
        properties.put(
            letter + Utf8.cut(character.repeat(30), 29), Utf8.cut(character.repeat(60), 60));
      }
      int longest = PageId.MAX_BYTES - site.length() - 1;
      for (int page = 0; page <= longest; page += 1 + random.nextInt(20)) {
        Event event = new Event(site + "/" + "p".repeat(page), properties, random.nextBoolean());
        Map<String, AttributeValue> item = full(new View(key, ID, NOW, FACTS, TOKEN, event));
        assertThat(size(item)).isLessThanOrEqualTo(WRITE_UNIT_BYTES);
        least = Math.min(least, WRITE_UNIT_BYTES - size(item));
      }
    }
    assertThat(least).as("bytes that no event can use").isLessThan(10);
  }

  /** A message about engagement replaces the latest view, and is never longer. */
  @Test
  void item_engagement_isShorterThanAnyView() {
    Map<String, AttributeValue> item = new HashMap<>(itemAfterViews(Facts.NONE));
    int ofView = size(item);
    item.put("last", LastView.attribute(NOW, TOKEN, new Engagement(86_400, 100)));

    assertThat(size(item)).isLessThanOrEqualTo(ofView + 12);
    assertThat(size(item)).isLessThanOrEqualTo(WRITE_UNIT_BYTES);
  }

  /** An item with the most bytes possible besides its key and its latest view. */
  private Map<String, AttributeValue> full(View view) {
    Map<String, AttributeValue> item = new HashMap<>(fullItem);
    item.put("id", AttributeValue.fromS(view.page().toString()));
    item.put("last", LastView.attribute(view));
    return item;
  }

  private static Map<String, AttributeValue> itemAfterViews(Facts facts) {
    PageId page = PageId.of("p/" + "é".repeat(255));
    assertThat(page.toString().getBytes(UTF_8)).hasSize(PageId.MAX_BYTES);
    Updates updates = new Updates();
    Map<String, AttributeValue> item = Map.of("views", AttributeValue.fromN("999999999999999000"));
    for (int i = 0; i < VIEWS; i++) {
      item = updates.add(item, new View(page, new ViewId("view-" + i), NOW, facts, TOKEN));
    }
    return item;
  }

  private static void assertFitsIntoOneWriteUnit(Map<String, AttributeValue> item) {
    int last = size(Map.of("last", item.get("last")));
    System.out.println("worst item: " + size(item) + " bytes, last " + last);
    assertThat(item).hasSize(5 + RetryGuard.SETS * RetryGuard.REGISTER);
    assertThat(item.get("last").m()).hasSize(13);
    assertThat(last).isLessThanOrEqualTo(LastView.MAX_BYTES);
    assertThat(size(item)).isLessThanOrEqualTo(WRITE_UNIT_BYTES);
  }

  private static Facts facts(String referrer, List<String> campaign) {
    return new Facts(
        true,
        referrer,
        new Campaign(
            campaign.get(0), campaign.get(1), campaign.get(2), campaign.get(3), campaign.get(4)),
        "DE",
        "Samsung Internet",
        "Windows Phone",
        "Desktop");
  }

  private static List<String> texts(String character, int... lengths) {
    return IntStream.of(lengths).mapToObj(character::repeat).toList();
  }

  private static List<String> texts(Map<String, AttributeValue> item) {
    return Stream.of("s", "m", "c", "k", "n")
        .map(name -> item.get("last").m().get(name).s())
        .toList();
  }

  private static int size(Map<String, AttributeValue> item) {
    return item.entrySet().stream()
        .mapToInt(entry -> entry.getKey().getBytes(UTF_8).length + size(entry.getValue()))
        .sum();
  }

  private static int size(AttributeValue value) {
    return switch (value.type()) {
      case S -> value.s().getBytes(UTF_8).length;
      case N -> (value.n().length() + 1) / 2 + 1;
      case B -> value.b().asByteArray().length;
      case BOOL -> 1;
      case M -> 3 + value.m().size() + size(value.m());
      default -> throw new IllegalArgumentException("no rule for " + value.type());
    };
  }
}
