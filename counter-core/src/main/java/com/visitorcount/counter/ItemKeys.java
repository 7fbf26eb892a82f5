package com.visitorcount.counter;

import static java.util.Objects.requireNonNull;

import com.visitorcount.page.PageId;
import java.time.LocalDate;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The keys of the table {@code VisitorCount}: made and read here and nowhere else. */
final class ItemKeys {
  static final String ID = "id";

  /** No page begins with {@code #}. */
  private static final String SALT_PREFIX = "#salt/";

  private ItemKeys() {}

  static Map<String, AttributeValue> of(PageId page) {
    return Map.of(ID, AttributeValue.fromS(page.toString()));
  }

  static Map<String, AttributeValue> ofSalt(LocalDate utcDay) {
    return Map.of(ID, AttributeValue.fromS(SALT_PREFIX + utcDay));
  }

  /** The id in an item, which is the page's where the item is a page's. */
  static String id(Map<String, AttributeValue> item) {
    return requireNonNull(item.get(ID), ID).s();
  }
}
