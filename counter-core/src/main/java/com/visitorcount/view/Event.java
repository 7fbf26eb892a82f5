package com.visitorcount.view;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is known of an event beyond its name: where it happened, and what its site says of it.
 *
 * @param page id of the page on which it happened, empty if not known
 * @param properties values by name, in the order of the names; at most {@value #MAX_PROPERTIES},
 *     none with an empty name or value
 * @param isInteractive whether it shows that the visitor did something, and so ends a bounce
 */
public record Event(String page, Map<String, String> properties, boolean isInteractive) {
  /** Most properties of an event. */
  public static final int MAX_PROPERTIES = 5;

  /** Longest name of a property, in bytes of UTF-8. */
  public static final int MAX_NAME_BYTES = 30;

  /** Longest value of a property, in bytes of UTF-8. */
  public static final int MAX_VALUE_BYTES = 60;

  /** Nothing more is known. */
  public static final Event NONE = new Event("", Map.of());

  /**
   * @throws IllegalArgumentException for more properties or longer ones; the message repeats
   *     nothing of them
   */
  public Event {
    properties = Collections.unmodifiableMap(new TreeMap<>(properties));
    if (properties.size() > MAX_PROPERTIES) {
      throw new IllegalArgumentException("an event has at most " + MAX_PROPERTIES + " properties");
    }
    properties.forEach(
        (name, value) -> {
          requireBytes(name, MAX_NAME_BYTES);
          requireBytes(value, MAX_VALUE_BYTES);
        });
  }

  /** An event that shows that the visitor did something. */
  public Event(String page, Map<String, String> properties) {
    this(page, properties, true);
  }

  private static void requireBytes(String text, int max) {
    int bytes = text.getBytes(UTF_8).length;
    if (bytes == 0 || bytes > max) {
      throw new IllegalArgumentException("a text of a property has 1 to " + max + " bytes");
    }
  }
}
