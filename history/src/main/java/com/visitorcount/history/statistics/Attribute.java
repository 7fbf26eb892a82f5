package com.visitorcount.history.statistics;

import static java.util.Objects.requireNonNull;

/**
 * What views and events are told apart by: a dimension, and of the properties that sites give to
 * events, which one.
 *
 * @param property name of the property; empty for any other dimension
 */
public record Attribute(Dimension dimension, String property) {
  /**
   * @throws InvalidQuestionException if a property has no name, or another dimension has one
   */
  public Attribute {
    requireNonNull(dimension, "dimension");
    if (property.isEmpty() == (dimension == Dimension.PROPERTY)) {
      throw new InvalidQuestionException("A property of events has a name.");
    }
  }

  /** A dimension that is not a property. */
  public static Attribute of(Dimension dimension) {
    return new Attribute(dimension, "");
  }

  /** A property of events. */
  public static Attribute ofProperty(String name) {
    return new Attribute(Dimension.PROPERTY, name);
  }
}
