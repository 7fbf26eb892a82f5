package com.visitorcount.increment;

import com.visitorcount.http.HttpRequest;
import java.util.List;
import java.util.regex.Pattern;

/** Requests that a browser makes in case somebody wants to see the page: nobody has seen it yet. */
final class Prefetch {
  /** The standard header and its predecessors. */
  private static final List<String> HEADERS =
      List.of("sec-purpose", "purpose", "x-purpose", "x-moz");

  private static final Pattern PURPOSE = Pattern.compile("(?i)prefetch|prerender|preview");

  private Prefetch() {}

  static boolean is(HttpRequest request) {
    return HEADERS.stream()
        .map(request::header)
        .anyMatch(value -> value != null && PURPOSE.matcher(value).find());
  }
}
