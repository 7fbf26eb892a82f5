package com.visitorcount.history.statistics;

import static java.util.Objects.requireNonNull;

import com.visitorcount.page.PageId;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;

/**
 * A condition on views and events: their value in a dimension is one of several, or none of them.
 *
 * @param alternatives values; for pages and goals that are pages, {@code *} matches any text
 *     without a slash, {@code **} any text, and a backslash escapes a character
 * @param negated whether the value must be none of them
 * @param ofParts whether a value only needs to contain one of them, ignoring case; there are no
 *     wildcards then
 */
public record Filter(
    Attribute attribute, List<String> alternatives, boolean negated, boolean ofParts) {
  /** Most values of a filter. */
  public static final int MAX_ALTERNATIVES = 100;

  /** Longest value, in characters. */
  public static final int MAX_CHARS = 600;

  /**
   * @throws InvalidQuestionException if there are too many values, or if they are too long
   */
  public Filter {
    requireNonNull(attribute, "attribute");
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
   * A filter on whole values.
   *
   * @throws InvalidQuestionException as above
   */
  public Filter(Attribute attribute, List<String> alternatives, boolean negated) {
    this(attribute, alternatives, negated, false);
  }

  /**
   * A filter on a dimension that is not a property.
   *
   * @throws InvalidQuestionException as above
   */
  public Filter(Dimension dimension, List<String> alternatives, boolean negated) {
    this(Attribute.of(dimension), alternatives, negated);
  }

  /** What the condition is on. */
  public Dimension dimension() {
    return attribute.dimension();
  }

  /** Whether it selects goals, so that what passes it are conversions. */
  public boolean asksForGoals() {
    return !negated && (dimension() == Dimension.EVENT || dimension() == Dimension.GOAL);
  }

  /** Whether it is on events themselves, not on visits or pages. */
  public boolean isOnEvents() {
    return dimension().isOfEvents() || dimension() == Dimension.GOAL;
  }

  /** Whether a goal is a page, written as {@code Visit /thanks}. */
  public static boolean isPageGoal(String goal) {
    return goal.startsWith(Dimension.VISIT + "/");
  }

  /**
   * A filter on one page.
   *
   * @throws InvalidQuestionException if its name is too long, including a backslash before each *
   *     and backslash in it
   */
  public static Filter ofPage(PageId page) {
    String pattern = Values.withoutSite(page).replaceAll("[*\\\\]", "\\\\$0");
    return new Filter(Dimension.PAGE, List.of(pattern), false);
  }

  /** Whether it asks for referrer spam by name. */
  public boolean asksForSpam() {
    return !negated && alternatives.stream().anyMatch(dimension()::isSpam);
  }

  /** Number of characters in all values. */
  int chars() {
    return alternatives.stream().mapToInt(String::length).sum();
  }

  /** Tests whether a value meets the condition. Expensive to make: make it once for many values. */
  Predicate<String> condition() {
    Predicate<String> isOne =
        ofParts
            ? hasOne()
            : switch (dimension()) {
              case PAGE, ENTRY_PAGE, EXIT_PAGE -> new PagePatterns(alternatives)::match;
              case GOAL -> isOneOfGoals();
              default -> Set.copyOf(alternatives)::contains;
            };
    return negated ? isOne.negate() : isOne;
  }

  private Predicate<String> hasOne() {
    List<String> parts = alternatives.stream().map(part -> part.toLowerCase(Locale.ROOT)).toList();
    return value -> {
      String whole = value.toLowerCase(Locale.ROOT);
      return parts.stream().anyMatch(whole::contains);
    };
  }

  private Predicate<String> isOneOfGoals() {
    PagePatterns pages =
        new PagePatterns(alternatives.stream().filter(Filter::isPageGoal).toList());
    Set<String> names = Set.copyOf(alternatives);
    return goal -> names.contains(goal) || pages.match(goal);
  }
}
