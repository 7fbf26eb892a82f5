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

/** Countries as upper-case ISO 3166-1 alpha-2 codes; empty if unknown. */
final class Country {
  private static final Set<String> ASSIGNED = Set.of(Locale.getISOCountries());

  private Country() {}

  /** The country of a code, ignoring case; empty for codes of no country, such as XX. */
  static String ofCode(String code) {
    // checked before changing the case, which turns some other characters into ASCII letters
    if (code.length() != 2 || !code.chars().allMatch(c -> c < 0x80)) {
      return "";
    }
    String country = code.toUpperCase(Locale.ROOT);
    return ASSIGNED.contains(country) ? country : "";
  }

  /** The country of a time zone, by current or former names. */
  static String ofTimeZone(String name) {
    return Zones.COUNTRIES.getOrDefault(name, "");
  }

  /** Loaded on first use. */
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
