package com.visitorcount.read.statistics;

import com.visitorcount.history.statistics.InvalidQuestionException;
import com.visitorcount.http.QueryParameters;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The time zone of a question. A browser may know a zone that this Java does not know yet, so it
 * also sends its offset from UTC, which is then used instead.
 */
final class Zones {
  private static final String NAME = "timezone";
  private static final String OFFSET = "utc_offset";

  /** Longer than any zone's name. */
  private static final int MAX_CHARS = 48;

  private Zones() {}

  /**
   * The requested zone; UTC by default.
   *
   * @throws InvalidQuestionException for an unknown name without an offset
   */
  static ZoneId of(QueryParameters query) {
    String name = query.first(NAME);
    ZoneOffset offset = offset(query);
    if (name == null) {
      return ZoneOffset.UTC;
    }
    ZoneId zone = known(name);
    if (zone != null) {
      return zone;
    }
    if (offset == null) {
      throw new InvalidQuestionException(
          "Unknown time zone. The closest name is "
              + nearest(name)
              + "; an offset stands for an unknown zone, as in utc_offset=+02:00.");
    }
    return offset;
  }

  /** The offset used instead of the requested zone, null if the zone is known. */
  static @Nullable ZoneOffset fallback(QueryParameters query) {
    String name = query.first(NAME);
    return name == null || known(name) != null ? null : offset(query);
  }

  private static @Nullable ZoneId known(String name) {
    try {
      return ZoneId.of(name);
    } catch (DateTimeException e) {
      return null;
    }
  }

  private static @Nullable ZoneOffset offset(QueryParameters query) {
    String offset = query.first(OFFSET);
    if (offset == null) {
      return null;
    }
    try {
      // a plus that was not percent-encoded arrives as a space
      return ZoneOffset.of(offset.strip().matches("[0-9].*") ? "+" + offset.strip() : offset);
    } catch (DateTimeException e) {
      throw new InvalidQuestionException("An offset from UTC is written as in +02:00 or -03:30.");
    }
  }

  /** The known name with the fewest differing letters, ignoring case. */
  private static String nearest(String name) {
    String wanted = lower(name.substring(0, Math.min(name.length(), MAX_CHARS)));
    return ZoneId.getAvailableZoneIds().stream()
        .filter(known -> !known.startsWith("SystemV/"))
        .min(
            Comparator.comparingInt((String known) -> distance(wanted, lower(known)))
                .thenComparing(Comparator.naturalOrder()))
        .orElse("UTC");
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  /** Levenshtein distance: letters inserted, deleted or replaced. */
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
