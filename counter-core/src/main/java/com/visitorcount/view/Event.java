package com.visitorcount.view;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * The details of an event beyond its name.
 *
 * @param page id of the page on which it happened, empty if unknown
 * @param properties values by name, sorted by name; at most {@value #MAX_PROPERTIES}, without empty
 *     names or values
 * @param isInteractive whether the visitor did something, so that the visit is no longer a bounce
 */
public record Event(String page, Map<String, String> properties, boolean isInteractive) {
  /** Most properties of an event. */
  public static final int MAX_PROPERTIES = 5;

  /** Longest name of a property, in bytes of UTF-8. */
  public static final int MAX_NAME_BYTES = 30;

  /** Longest value of a property, in bytes of UTF-8. */
  public static final int MAX_VALUE_BYTES = 60;

  /** No details. */
  public static final Event NONE = new Event("", Map.of());

  /**
   * @throws IllegalArgumentException for too many or too long properties; the message repeats
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

  /** An interactive event. */
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
