package com.visitorcount.http;

import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The content coding {@code gzip} (RFC 9110, 8.4.1.3). */
public final class GzipCoding {
  /** Value of {@code Content-Encoding}. */
  public static final String NAME = "gzip";

  private static final Pattern ACCEPTED =
      Pattern.compile("(?i)(?:^|,)\\s*(gzip|\\*)\\s*(?:;\\s*q=([0-9.]+)\\s*)?(?=,|$)");

  private static final Pattern MORE_THAN_ZERO = Pattern.compile("[1-9]");

  private GzipCoding() {}

  /** Whether the client's {@code Accept-Encoding} accepts it. */
  public static boolean isAcceptedBy(HttpRequest request) {
    String header = request.header("accept-encoding");
    boolean any = false;
    if (header != null) {
      for (MatchResult coding : ACCEPTED.matcher(header).results().toList()) {
        String weight = coding.group(2);
        boolean accepted = weight == null || MORE_THAN_ZERO.matcher(weight).find();
        if (!coding.group(1).equals("*")) {
          // an entry for gzip takes precedence over one for *
          return accepted;
        }
        any = accepted;
      }
    }
    return any;
  }
}
