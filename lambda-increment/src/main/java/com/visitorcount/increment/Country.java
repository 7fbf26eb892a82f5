package com.visitorcount.increment;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** Countries as ISO 3166-1 alpha-2 codes in upper case; empty where none is known. */
final class Country {
  private static final Set<String> ASSIGNED = Set.of(Locale.getISOCountries());

  private Country() {}

  /** The country of a code in any case; none for codes that no country has, such as XX. */
  static String ofCode(String code) {
    // before the case is changed, which makes two ASCII letters of some single other ones
    if (code.length() != 2 || !code.chars().allMatch(c -> c < 0x80)) {
      return "";
    }
    String country = code.toUpperCase(Locale.ROOT);
    return ASSIGNED.contains(country) ? country : "";
  }

  /** The country that a time zone is of, by today's names and by old ones. */
  static String ofTimeZone(String name) {
    return Zones.COUNTRIES.getOrDefault(name, "");
  }

  /** Read when it is first needed. */
  private static final class Zones {
    static final Map<String, String> COUNTRIES = read();

    private static Map<String, String> read() {
      try (InputStream file = open();
          BufferedReader lines =
              new BufferedReader(new InputStreamReader(file, StandardCharsets.US_ASCII))) {
        return lines
            .lines()
            .filter(line -> !line.startsWith("#"))
            .map(line -> line.split("=", 2))
            .collect(Collectors.toUnmodifiableMap(line -> line[0], line -> line[1]));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private static InputStream open() {
      return Objects.requireNonNull(
          Country.class.getResourceAsStream("zones.txt"), "zones.txt is in this jar");
    }
  }
}
