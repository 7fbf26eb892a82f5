package com.visitorcount.lake;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.LocalDate;
import java.util.Locale;

/**
 * Names of a lake's objects, such as {@code site=example.com/day=2026-11-24/rows.parquet}: what
 * reads lakes takes site and day for columns.
 */
public final class LakeKeys {
  private LakeKeys() {}

  /**
   * An object of a day.
   *
   * @param number from 0 on; most days have one
   */
  static String rows(String site, LocalDate day, int number) {
    return ofDay(site, day) + (number == 0 ? "rows.parquet" : "rows-" + number + ".parquet");
  }

  /** What the names of all objects of a day begin with. */
  public static String ofDay(String site, LocalDate day) {
    return ofSite(site) + "day=" + day + "/";
  }

  /** What the names of all objects of a site begin with. */
  public static String ofSite(String site) {
    return "site=" + escaped(site) + "/";
  }

  /** As Hive, and all that learnt it from Hive, escapes the colon of a port. */
  private static String escaped(String site) {
    StringBuilder escaped = new StringBuilder();
    for (byte each : site.getBytes(UTF_8)) {
      char letter = (char) (each & 0xff);
      boolean isPlain =
          (letter >= 'a' && letter <= 'z')
              || (letter >= 'A' && letter <= 'Z')
              || (letter >= '0' && letter <= '9')
              || letter == '.'
              || letter == '-'
              || letter == '_';
      escaped.append(
          isPlain ? String.valueOf(letter) : String.format(Locale.ROOT, "%%%02X", (int) letter));
    }
    return escaped.toString();
  }
}
