package com.visitorcount.statistics;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * A condition on views: their value in a dimension is one of some, or none of them.
 *
 * @param alternatives values; of a page, {@code *} stands for any text without a slash, and {@code
 *     **} for any text; after a backslash a character stands for itself
 * @param negated whether it has to be none of them
 */
public record Filter(Dimension dimension, List<String> alternatives, boolean negated) {
  /** Most values of a filter. */
  public static final int MAX_ALTERNATIVES = 100;

  /** Longest value, in characters. */
  public static final int MAX_CHARS = 600;

  /**
   * @throws InvalidQuestionException if there are too many values, or too long ones
   */
  public Filter {
    requireNonNull(dimension, "dimension");
    alternatives = List.copyOf(alternatives);
    if (alternatives.isEmpty() || alternatives.size() > MAX_ALTERNATIVES) {
      throw new InvalidQuestionException("A filter has 1 to " + MAX_ALTERNATIVES + " values.");
    }
    if (alternatives.stream().anyMatch(value -> value.length() > MAX_CHARS)) {
      throw new InvalidQuestionException(
          "A value of a filter has at most " + MAX_CHARS + " characters.");
    }
  }

  /** Whether views of this value fulfil the condition. */
  boolean accepts(String value) {
    boolean wildcards = dimension.isPage();
    return negated
        != alternatives.stream()
            .anyMatch(one -> wildcards ? Wildcards.match(one, value) : one.equals(value));
  }
}
