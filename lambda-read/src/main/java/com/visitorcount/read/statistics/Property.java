package com.visitorcount.read.statistics;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.visitorcount.history.statistics.Attribute;
import com.visitorcount.history.statistics.Dimension;
import com.visitorcount.history.statistics.Filter;
import com.visitorcount.history.statistics.InvalidQuestionException;
import com.visitorcount.view.Event;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * A dimension by its name in Plausible's API.
 *
 * @param unknown shown for the empty value; if this is empty, the value is not listed, since views
 *     without such a parameter belong to no campaign
 */
record Property(String text, Attribute attribute, String unknown) {
  private static final String GOAL = "event:goal";
  static final String OF_EVENTS = "event:props:";
  private static final String NAME_OF_EVENTS = OF_EVENTS + "NAME";

  private static final Property[] ALL = {
    of("event:page", Dimension.PAGE, "(unknown)"),
    of("event:name", Dimension.EVENT, ""),
    of(GOAL, Dimension.EVENT, ""),
    of("event:props", Dimension.PROPERTY_NAMES, "(none)"),
    new Property(NAME_OF_EVENTS, Attribute.ofProperty("NAME"), "(none)"),
    of("visit:entry_page", Dimension.ENTRY_PAGE, "(unknown)"),
    of("visit:exit_page", Dimension.EXIT_PAGE, "(unknown)"),
    of("visit:source", Dimension.SOURCE, "Direct / None"),
    of("visit:channel", Dimension.CHANNEL, "Unknown"),
    of("visit:referrer", Dimension.REFERRER, "Direct / None"),
    of("visit:utm_source", Dimension.UTM_SOURCE, ""),
    of("visit:utm_medium", Dimension.UTM_MEDIUM, ""),
    of("visit:utm_campaign", Dimension.UTM_CAMPAIGN, ""),
    of("visit:utm_term", Dimension.UTM_TERM, ""),
    of("visit:utm_content", Dimension.UTM_CONTENT, ""),
    of("visit:country", Dimension.COUNTRY, "Unknown"),
    of("visit:browser", Dimension.BROWSER, "Unknown"),
    of("visit:os", Dimension.OS, "Unknown"),
    of("visit:device", Dimension.DEVICE, "Unknown")
  };

  private static Property of(String text, Dimension dimension, String unknown) {
    return new Property(text, Attribute.of(dimension), unknown);
  }

  /**
   * @throws InvalidQuestionException for an unknown name
   */
  static Property of(String text) {
    if (text.startsWith(OF_EVENTS) && !text.equals(NAME_OF_EVENTS)) {
      String name = text.substring(OF_EVENTS.length());
      if (name.isEmpty() || name.getBytes(UTF_8).length > Event.MAX_NAME_BYTES) {
        throw new InvalidQuestionException(
            "The name of an event's property has 1 to " + Event.MAX_NAME_BYTES + " bytes.");
      }
      return new Property(text, Attribute.ofProperty(name), "(none)");
    }
    return Choice.of(text, "property", ALL, Property::text);
  }

  /**
   * Several properties, each once, from comma-separated names.
   *
   * @throws InvalidQuestionException for an unknown name, or if two have the same key
   */
  static List<Property> list(String texts) {
    List<Property> list = Arrays.stream(texts.split(",", -1)).map(Property::of).distinct().toList();
    Set<String> keys = new HashSet<>();
    if (!list.stream().allMatch(property -> keys.add(property.key()))) {
      throw new InvalidQuestionException("Request properties with the same name separately.");
    }
    return list;
  }

  Dimension dimension() {
    return attribute.dimension();
  }

  /** Whether it is a property of events, not of visits or pages. */
  boolean isOfEvents() {
    return dimension().isOfEvents();
  }

  boolean isGoal() {
    return text.equals(GOAL);
  }

  /** What a breakdown groups by: goals include pages if a filter asks for some. */
  Attribute attribute(List<Filter> filters) {
    boolean hasPages = filters.stream().anyMatch(filter -> filter.dimension() == Dimension.GOAL);
    return isGoal() && hasPages ? Attribute.of(Dimension.GOAL) : attribute;
  }

  /** Such as {@code entry_page}. */
  String key() {
    return dimension() == Dimension.PROPERTY
        ? attribute.property()
        : text.substring(text.indexOf(':') + 1);
  }

  /** How a value is shown to a client. */
  String label(String value) {
    return value.isEmpty() ? unknown : value;
  }

  /** The value for what was shown to a client. */
  String value(String label) {
    return label.equals(unknown) ? "" : label;
  }

  /** Whether a value is listed: views are not goals. */
  boolean lists(String value) {
    return !label(value).isEmpty() && !(isGoal() && value.equals(Dimension.PAGEVIEW));
  }
}
