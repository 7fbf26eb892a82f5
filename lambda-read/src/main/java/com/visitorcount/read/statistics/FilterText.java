package com.visitorcount.read.statistics;

import com.visitorcount.history.statistics.Dimension;
import com.visitorcount.history.statistics.Filter;
import com.visitorcount.history.statistics.InvalidQuestionException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Filters in the syntax of Plausible's API: {@code event:page==/blog/**;visit:country==DE|US}. A
 * backslash escapes a semicolon, a bar or a backslash in a value, and in a page also a literal
 * star. {@code ~} and {@code !~} test whether a value contains a text, as in {@code
 * visit:source~goo}.
 */
final class FilterText {
  private static final String IS = "==";
  private static final String IS_NOT = "!=";
  private static final String NOT = "!";
  private static final String CONTAINS = "~";
  private static final int NOWHERE = Integer.MAX_VALUE;

  private static final Pattern ESCAPES = Pattern.compile("\\\\([;|\\\\])");
  private static final Pattern ESCAPES_OF_PAGE = Pattern.compile("\\\\([;|])");

  private FilterText() {}

  /**
   * @throws InvalidQuestionException for any other text
   */
  static List<Filter> parse(String text) {
    List<Filter> filters = new ArrayList<>();
    for (String part : split(text, ';')) {
      if (!part.isBlank()) {
        filters.add(filter(part.strip()));
      }
    }
    return filters;
  }

  private static Filter filter(String text) {
    int is = place(text, IS);
    int isNot = place(text, IS_NOT);
    int tilde = place(text, CONTAINS);
    boolean ofParts = tilde < Math.min(is, isNot) && !isInNameOfProperty(text, is, isNot);
    int operator = ofParts ? tilde : Math.min(is, isNot);
    if (operator == NOWHERE) {
      throw new InvalidQuestionException(
          "A filter is written as in visit:country==DE|US, event:page!=/blog/** or visit:source~goo.");
    }
    boolean negated = ofParts ? text.startsWith(NOT, tilde - 1) : isNot < is;
    Property property =
        Property.of(text.substring(0, ofParts && negated ? tilde - 1 : operator).strip());
    String values = text.substring(operator + (ofParts ? CONTAINS : IS).length());
    if (ofParts && !property.isGoal()) {
      List<String> parts =
          split(values, '|').stream().map(part -> ESCAPES.matcher(part).replaceAll("$1")).toList();
      return new Filter(property.attribute(), parts, negated, true);
    }
    List<String> alternatives =
        split(values, '|').stream()
            .map(value -> unescaped(value, property))
            .map(property::value)
            .toList();
    if (!property.isGoal()) {
      return new Filter(property.attribute(), alternatives, negated);
    }
    if (negated || ofParts) {
      throw new InvalidQuestionException("Filter on a goal with ==, as in event:goal==signup.");
    }
    boolean hasPages = alternatives.stream().anyMatch(Filter::isPageGoal);
    return new Filter(hasPages ? Dimension.GOAL : Dimension.EVENT, alternatives, false);
  }

  private static int place(String text, String operator) {
    int place = text.indexOf(operator);
    return place < 0 ? NOWHERE : place;
  }

  /** The name of an event's property may have a tilde in it. */
  private static boolean isInNameOfProperty(String text, int is, int isNot) {
    return text.startsWith(Property.OF_EVENTS) && Math.min(is, isNot) < NOWHERE;
  }

  private static List<String> split(String text, char separator) {
    List<String> parts = new ArrayList<>();
    int start = 0;
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) == '\\') {
        i++;
      } else if (text.charAt(i) == separator) {
        parts.add(text.substring(start, i));
        start = i + 1;
      }
    }
    parts.add(text.substring(start));
    return parts;
  }

  /** For a page, the filter itself interprets backslashes, which escape stars. */
  private static String unescaped(String text, Property property) {
    boolean isPage =
        property.dimension().isPage() || (property.isGoal() && Filter.isPageGoal(text));
    Pattern escapes = isPage ? ESCAPES_OF_PAGE : ESCAPES;
    return escapes.matcher(text).replaceAll("$1");
  }
}
