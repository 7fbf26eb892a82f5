package com.visitorcount.page;

import java.util.Locale;
import java.util.Set;

/**
 * Removes the session ids that application servers write into the path if a browser accepts no
 * cookies, as in {@code /home;jsessionid=1B2C} or ASP.NET's {@code /(S(24chars))/home}: they would
 * make a page for each session, and be readable in its name.
 */
final class SessionIds {
  /** Names used by Java, PHP, Intershop, ColdFusion and others. */
  private static final Set<String> NAMES =
      Set.of(
          "jsessionid",
          "jsessionidsso",
          "phpsessid",
          "sid",
          "sessid",
          "sessionid",
          "session_id",
          "cfid",
          "cftoken");

  /** ASP appends random letters to this name. */
  private static final String PREFIX = "aspsessionid";

  /**
   * ASP.NET's tickets: anonymous visitors, forms authentication, sessions, and browser
   * capabilities.
   */
  private static final String TICKETS = "AFSX";

  private SessionIds() {}

  /**
   * A path segment without parameters that are session ids; empty if it consists only of ASP.NET's
   * tickets.
   */
  static String cut(String segment) {
    String rest = withoutSessionParameters(segment);
    return isTickets(rest) ? "" : rest;
  }

  private static String withoutSessionParameters(String segment) {
    int first = segment.indexOf(';');
    if (first < 0) {
      return segment;
    }
    StringBuilder rest = new StringBuilder(segment.length()).append(segment, 0, first);
    for (String parameter : segment.substring(first + 1).split(";", -1)) {
      if (!isSessionId(parameter)) {
        rest.append(';').append(parameter);
      }
    }
    return rest.toString();
  }

  private static boolean isSessionId(String parameter) {
    int equals = parameter.indexOf('=');
    String name =
        (equals < 0 ? parameter : parameter.substring(0, equals)).toLowerCase(Locale.ROOT);
    return NAMES.contains(name) || name.startsWith(PREFIX);
  }

  /** Whether a segment consists of tickets in parentheses, as in {@code (X(1)S(1b2c))}. */
  private static boolean isTickets(String segment) {
    if (!segment.startsWith("(") || !segment.endsWith("))")) {
      return false;
    }
    int end = segment.length() - 1;
    int ticket = 1;
    while (ticket < end) {
      int close = segment.indexOf(')', ticket);
      if (TICKETS.indexOf(segment.charAt(ticket)) < 0
          || close < ticket + 3
          || segment.charAt(ticket + 1) != '('
          || !segment.substring(ticket + 2, close).chars().allMatch(SessionIds::isOfTicket)) {
        return false;
      }
      ticket = close + 1;
    }
    return ticket == end;
  }

  private static boolean isOfTicket(int c) {
    return (c < 0x80 && Character.isLetterOrDigit(c)) || c == '-' || c == '_';
  }
}
