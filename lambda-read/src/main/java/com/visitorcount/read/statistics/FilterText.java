package com.visitorcount.read.statistics;

import com.visitorcount.statistics.Dimension;
import com.visitorcount.statistics.Filter;
import com.visitorcount.statistics.InvalidQuestionException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Filters as Plausible's API writes them: {@code event:page==/blog/**;visit:country==DE|US}. Before
 * a semicolon, a bar or a backslash that is part of a value stands a backslash, and in a page
 * before a star that stands for itself.
 */
final class FilterText {
  private static final String IS = "==";
  private static final String IS_NOT = "!=";

  private static final Pattern ESCAPES = Pattern.compile("\\\\([;|\\\\])");
  private static final Pattern ESCAPES_OF_PAGE = Pattern.compile("\\\\([;|])");

  private FilterText() {}

  /**
   * @throws InvalidQuestionException for another text
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
    int is = text.indexOf(IS);
    int isNot = text.indexOf(IS_NOT);
    boolean negated = isNot >= 0 && (is < 0 || isNot < is);
    int operator = negated ? isNot : is;
    if (operator < 0) {
      throw new InvalidQuestionException(
          "A filter is written as in visit:country==DE|US or event:page!=/blog/**.");
    }
    Property property = Property.of(text.substring(0, operator).strip());
    List<String> values =
        split(text.substring(operator + IS.length()), '|').stream()
            .map(value -> unescaped(value, property))
            .map(property::value)
            .toList();
    if (!property.isGoal()) {
      return new Filter(property.attribute(), values, negated);
    }
    if (negated) {
      throw new InvalidQuestionException("A goal is asked for with ==, as in event:goal==signup.");
    }
    boolean hasPages = values.stream().anyMatch(Filter::isPageGoal);
    return new Filter(hasPages ? Dimension.GOAL : Dimension.EVENT, values, false);
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

  /** Of a page, the filter itself knows backslashes: they make a star plain. */
  private static String unescaped(String text, Property property) {
    boolean isPage =
        property.dimension().isPage() || (property.isGoal() && Filter.isPageGoal(text));
    Pattern escapes = isPage ? ESCAPES_OF_PAGE : ESCAPES;
    return escapes.matcher(text).replaceAll("$1");
  }
}
