package com.visitorcount.statistics;

import static java.util.Objects.requireNonNull;

import com.visitorcount.page.PageId;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

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

  /**
   * The views of one page.
   *
   * @throws InvalidQuestionException if its name is too long, with a backslash before each * and
   *     backslash in it
   */
  public static Filter ofPage(PageId page) {
    String pattern = Values.withoutSite(page).replaceAll("[*\\\\]", "\\\\$0");
    return new Filter(Dimension.PAGE, List.of(pattern), false);
  }

  /** Whether it asks for referrer spam by name. */
  public boolean asksForSpam() {
    return !negated && alternatives.stream().anyMatch(dimension::isSpam);
  }

  /** Characters of all values. */
  int chars() {
    return alternatives.stream().mapToInt(String::length).sum();
  }

  /** Decides whether views of a value fulfil it; to be made once for many values. */
  Predicate<String> condition() {
    Predicate<String> isOne =
        dimension.isPage()
            ? new PagePatterns(alternatives)::match
            : Set.copyOf(alternatives)::contains;
    return negated ? isOne.negate() : isOne;
  }
}
