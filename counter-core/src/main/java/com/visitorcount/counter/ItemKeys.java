package com.visitorcount.counter;

import com.visitorcount.page.PageId;
import java.time.LocalDate;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The keys of the table {@code VisitorCount}: built and parsed only here. */
final class ItemKeys {
  static final String ID = "id";

  /** No page id begins with this. */
  private static final String OTHER_ITEMS = "#";

  private static final String SALT_PREFIX = OTHER_ITEMS + "salt/";

  private ItemKeys() {}

  static Map<String, AttributeValue> of(PageId page) {
    return Map.of(ID, AttributeValue.fromS(page.toString()));
  }

  static Map<String, AttributeValue> ofSalt(LocalDate utcDay) {
    return Map.of(ID, AttributeValue.fromS(SALT_PREFIX + utcDay));
  }

  /** Whether the item with this id is a page's. */
  static boolean isPage(String id) {
    return !id.startsWith(OTHER_ITEMS);
  }
}
