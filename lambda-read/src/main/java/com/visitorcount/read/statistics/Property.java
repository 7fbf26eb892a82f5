package com.visitorcount.read.statistics;

import com.visitorcount.statistics.Attribute;
import com.visitorcount.statistics.Dimension;
import java.util.Arrays;
import java.util.List;

/** The dimensions by the names of Plausible's API. */
enum Property {
  PAGE("event:page", Dimension.PAGE, "(unknown)"),
  ENTRY_PAGE("visit:entry_page", Dimension.ENTRY_PAGE, "(unknown)"),
  EXIT_PAGE("visit:exit_page", Dimension.EXIT_PAGE, "(unknown)"),
  SOURCE("visit:source", Dimension.SOURCE, "Direct / None"),
  CHANNEL("visit:channel", Dimension.CHANNEL, "Unknown"),
  REFERRER("visit:referrer", Dimension.REFERRER, "Direct / None"),
  UTM_SOURCE("visit:utm_source", Dimension.UTM_SOURCE, ""),
  UTM_MEDIUM("visit:utm_medium", Dimension.UTM_MEDIUM, ""),
  UTM_CAMPAIGN("visit:utm_campaign", Dimension.UTM_CAMPAIGN, ""),
  UTM_TERM("visit:utm_term", Dimension.UTM_TERM, ""),
  UTM_CONTENT("visit:utm_content", Dimension.UTM_CONTENT, ""),
  COUNTRY("visit:country", Dimension.COUNTRY, "Unknown"),
  BROWSER("visit:browser", Dimension.BROWSER, "Unknown"),
  OS("visit:os", Dimension.OS, "Unknown"),
  DEVICE("visit:device", Dimension.DEVICE, "Unknown");

  private final String text;
  private final Dimension dimension;
  private final String unknown;

  /**
   * @param unknown what stands for the empty value; empty: it is not listed, since views without
   *     such a parameter are no part of any campaign
   */
  Property(String text, Dimension dimension, String unknown) {
    this.text = text;
    this.dimension = dimension;
    this.unknown = unknown;
  }

  /**
   * @throws com.visitorcount.statistics.InvalidQuestionException if there is none of this name
   */
  static Property of(String text) {
    return Choice.of(text, "property", values(), property -> property.text);
  }

  /**
   * Several of them, each once, by their names with commas.
   *
   * @throws com.visitorcount.statistics.InvalidQuestionException if there is none of one name
   */
  static List<Property> list(String texts) {
    return Arrays.stream(texts.split(",", -1)).map(Property::of).distinct().toList();
  }

  Dimension dimension() {
    return dimension;
  }

  Attribute attribute() {
    return Attribute.of(dimension);
  }

  /** As in {@code entry_page}. */
  String key() {
    return text.substring(text.indexOf(':') + 1);
  }

  /** What a client sees of a value. */
  String label(String value) {
    return value.isEmpty() ? unknown : value;
  }

  /** The value of what a client saw. */
  String value(String label) {
    return label.equals(unknown) ? "" : label;
  }

  /** Whether a value is listed. */
  boolean lists(String value) {
    return !label(value).isEmpty();
  }
}
