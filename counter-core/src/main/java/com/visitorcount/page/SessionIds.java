package com.visitorcount.page;

import java.util.Locale;
import java.util.Set;

/**
 * Cuts the session ids that application servers write into the path where a browser takes no
 * cookie, as in {@code /home;jsessionid=1B2C}: each would make a page for each session, and stand
 * readable in its name.
 */
final class SessionIds {
  /** Of Java, PHP, Intershop, ColdFusion, and the names that others take. */
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

  /** ASP ends the name with letters of its own. */
  private static final String PREFIX = "aspsessionid";

  private SessionIds() {}

  /** A segment of a path without those of its parameters that are session ids. */
  static String cut(String segment) {
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
}
