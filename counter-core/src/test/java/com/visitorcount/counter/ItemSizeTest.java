package com.visitorcount.counter;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A view costs one write unit as long as its item has at most 1,024 bytes. The size is reckoned by
 * the rules of the DynamoDB developer guide, "Item sizes and formats": names and texts in bytes of
 * UTF-8, a number one byte for two significant digits and one more, binary and Boolean as they are,
 * a map 3 bytes and 1 for each member.
 */
final class ItemSizeTest {
  private static final int WRITE_UNIT_BYTES = 1_024;

  /** What the facts of the latest view, which are to come, may take: name and map together. */
  private static final int ROOM_FOR_LAST_BYTES = 320;

  @Test
  void item_allAtItsCap_fitsIntoOneWriteUnitWithRoomForTheLastView() {
    int withoutLast = size(fullItem());

    System.out.println("worst item without last: " + withoutLast + " bytes");
    assertThat(withoutLast + ROOM_FOR_LAST_BYTES).isLessThanOrEqualTo(WRITE_UNIT_BYTES);
  }

  @Test
  void last_allFactsAtTheirCap_fitsIntoItsRoom() {
    Map<String, AttributeValue> last = new LinkedHashMap<>();
    last.put("t", AttributeValue.fromN("1764066930123"));
    last.put("e", AttributeValue.fromBool(true));
    last.put("r", text(96));
    // five utm texts share their room: five of 48 bytes each would not fit
    last.put("s", text(48));
    last.put("m", text(48));
    last.put("c", text(48));
    last.put("k", text(5));
    last.put("n", text(5));
    last.put("l", text(2));
    last.put("b", text(8));
    last.put("o", text(8));
    last.put("d", text(1));
    last.put("v", binary(8));

    Map<String, AttributeValue> item = new HashMap<>(fullItem());
    item.put("last", AttributeValue.fromM(last));

    System.out.println("worst item: " + size(item) + " bytes");
    assertThat(size(item)).isLessThanOrEqualTo(WRITE_UNIT_BYTES);
    assertThat(size(Map.of("last", AttributeValue.fromM(last))))
        .isLessThanOrEqualTo(ROOM_FOR_LAST_BYTES);
  }

  private static Map<String, AttributeValue> fullItem() {
    Map<String, AttributeValue> item = new HashMap<>();
    item.put(ItemKeys.ID, text(512));
    item.put(CounterItem.VIEWS, AttributeValue.fromN("999999999999999999"));
    item.put(CounterItem.BORN, AttributeValue.fromN("1764066930123"));
    for (int set = 0; set < RetryGuard.SETS; set++) {
      for (int place = 0; place < RetryGuard.REGISTER; place++) {
        item.put(RetryGuard.attribute(set, place), binary(4));
      }
    }
    return item;
  }

  private static AttributeValue text(int bytes) {
    return AttributeValue.fromS("x".repeat(bytes));
  }

  private static AttributeValue binary(int bytes) {
    return AttributeValue.fromB(SdkBytes.fromByteArray(new byte[bytes]));
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
