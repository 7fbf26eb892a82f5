package com.visitorcount.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.visitorcount.page.PageId;
import com.visitorcount.page.PageRules;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The parameters of a query, in the order in which they were sent. */
public final class QueryParameters {
  private final Map<String, List<String>> values;

  private QueryParameters(Map<String, List<String>> values) {
    this.values = values;
  }

  /**
   * Parses a raw query: pairs separated by {@code &}, escapes decoded once, {@code +} for a space.
   * A percent sign that begins no escape is kept; a name without {@code =} has the empty value.
   */
  public static QueryParameters parse(String query) {
    Map<String, List<String>> values = new LinkedHashMap<>();
    for (String pair : query.split("&", -1)) {
      if (!pair.isEmpty()) {
        int equals = pair.indexOf('=');
        String name = decode(equals < 0 ? pair : pair.substring(0, equals));
        String value = equals < 0 ? "" : decode(pair.substring(equals + 1));
        values.computeIfAbsent(name, key -> new ArrayList<>()).add(value);
      }
    }
    return new QueryParameters(values);
  }

  /** All values of a parameter, in the order in which they were sent; empty if it is absent. */
  public List<String> all(String name) {
    return Collections.unmodifiableList(values.getOrDefault(name, List.of()));
  }

  /** The first value of a parameter, null if it is absent. */
  public @Nullable String first(String name) {
    List<String> all = all(name);
    return all.isEmpty() ? null : all.get(0);
  }

  /**
   * The first value of a parameter that is not blank, ignoring the case of its name; null if there
   * is none.
   */
  public @Nullable String firstIgnoringCase(String name) {
    return values.entrySet().stream()
        .filter(parameter -> parameter.getKey().equalsIgnoreCase(name))
        .flatMap(parameter -> parameter.getValue().stream())
        .filter(value -> !value.isBlank())
        .findFirst()
        .orElse(null);
  }

  /**
   * The page in the first {@code page}; the default page if it is absent.
   *
   * @throws com.visitorcount.page.InvalidPageException if it is not a valid page
   */
  public PageId page(PageRules rules) {
    String name = first("page");
    return name == null ? PageId.DEFAULT_PAGE : rules.page(name);
  }

  private static String decode(String text) {
    if (text.indexOf('%') < 0) {
      return text.replace('+', ' ');
    }
    byte[] raw = text.replace('+', ' ').getBytes(UTF_8);
    ByteArrayOutputStream decoded = new ByteArrayOutputStream(raw.length);
    for (int i = 0; i < raw.length; i++) {
      if (raw[i] == '%' && i + 2 < raw.length && hex(raw[i + 1]) >= 0 && hex(raw[i + 2]) >= 0) {
        decoded.write(hex(raw[i + 1]) << 4 | hex(raw[i + 2]));
        i += 2;
      } else {
        decoded.write(raw[i]);
      }
    }
    return decoded.toString(UTF_8);
  }

  private static int hex(byte octet) {
    return octet < 0 ? -1 : Character.digit(octet, 16);
  }
}
