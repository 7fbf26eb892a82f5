package com.visitorcount.history.statistics;

import static java.util.Objects.requireNonNull;

/**
 * What views and events are grouped or filtered by: a dimension, and for event properties, the
 * property's name.
 *
 * @param property name of the property; empty for any other dimension
 */
public record Attribute(Dimension dimension, String property) {
  /**
   * @throws InvalidQuestionException if the property dimension has no name, or another dimension
   *     has one
   */
  public Attribute {
    requireNonNull(dimension, "dimension");
    if (property.isEmpty() == (dimension == Dimension.PROPERTY)) {
      throw new InvalidQuestionException("An event property needs a name.");
    }
  }

  /** A dimension other than a property. */
  public static Attribute of(Dimension dimension) {
    return new Attribute(dimension, "");
  }

  /** A property of events. */
  public static Attribute ofProperty(String name) {
    return new Attribute(Dimension.PROPERTY, name);
  }
}
