package com.visitorcount.increment;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.visitorcount.view.Event;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Reads the properties of an event. Values are texts, numbers and Booleans; other types and blank
 * values are left out. Names and values that are too long are cut between characters. If there are
 * more than {@value Event#MAX_PROPERTIES} properties, the first are kept.
 */
final class EventProperties {
  /** Anything that could break a line or control a terminal, and lone surrogates. */
  private static final Pattern UNPRINTABLE =
      Pattern.compile("[\\p{Cntrl}\\x{80}-\\x{9f}\\u2028\\u2029\\p{Cs}]");

  private EventProperties() {}

  /**
   * @param json gives no properties if it is not an object
   */
  static Map<String, String> of(JsonNode json) {
    Map<String, String> properties = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> property : json.properties()) {
      String name = text(property.getKey(), Event.MAX_NAME_BYTES);
      String value =
          property.getValue().isValueNode() && !property.getValue().isNull()
              ? text(property.getValue().asText(), Event.MAX_VALUE_BYTES)
              : "";
      if (!name.isEmpty() && !value.isEmpty() && properties.size() < Event.MAX_PROPERTIES) {
        properties.putIfAbsent(name, value);
      }
    }
    return properties;
  }

  private static String text(String raw, int maxBytes) {
    String text = UNPRINTABLE.matcher(raw).replaceAll(" ").strip();
    int end = 0;
    int bytes = 0;
    while (end < text.length()) {
      String character = Character.toString(text.codePointAt(end));
      bytes += character.getBytes(UTF_8).length;
      if (bytes > maxBytes) {
        break;
      }
      end += character.length();
    }
    return text.substring(0, end).strip();
  }
}
