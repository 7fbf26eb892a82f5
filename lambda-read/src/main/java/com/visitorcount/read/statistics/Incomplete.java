package com.visitorcount.read.statistics;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.visitorcount.history.statistics.UnreadableItems;
import com.visitorcount.http.Metric;
import com.visitorcount.http.RequestRecord;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What an answer lacks, and how it says so.
 *
 * @param days UTC days whose numbers are too low because something could not be read
 * @param summedDays UTC days with views that are left out because only their sums are known
 */
record Incomplete(SortedSet<LocalDate> days, SortedSet<LocalDate> summedDays) {
  /** Sent with every answer, including JSON arrays and CSV. */
  static final String HEADER = "visitorcount-incomplete";

  /** The header for days with only sums. */
  static final String LEFT_OUT_HEADER = "visitorcount-left-out";

  private static final Logger LOG = LoggerFactory.getLogger(Incomplete.class);

  /** The fault may be repaired soon. */
  private static final int MAX_AGE_SECONDS = 30;

  /** Some proxies limit headers to 8 KB. */
  private static final int MAX_DAYS_IN_HEADER = 100;

  Incomplete {
    days = new TreeSet<>(days);
    summedDays = new TreeSet<>(summedDays);
  }

  /** Logs and counts what could not be read. */
  static Incomplete report(UnreadableItems unreadable, RequestRecord record) {
    if (unreadable.count() > 0) {
      unreadable
          .named()
          .forEach(item -> LOG.error("Cannot be read: {}", item.item(), item.cause()));
      record.count(Metric.FAULTS);
      record.note("unreadableItems", unreadable.count());
    }
    return new Incomplete(unreadable.days(), unreadable.summedDays());
  }

  /** Writes {@code incomplete}, {@code incomplete_days} and {@code left_out} beside the results. */
  void writeTo(JsonNode json) {
    if (!summedDays.isEmpty() && json instanceof ObjectNode object) {
      object
          .putObject("left_out")
          .put("days", summedDays.size())
          .put("first", summedDays.first().toString())
          .put("last", summedDays.last().toString());
    }
    if (!days.isEmpty() && json instanceof ObjectNode object) {
      object.put("incomplete", true);
      ArrayNode texts = object.putArray("incomplete_days");
      days.forEach(day -> texts.add(day.toString()));
    }
  }

  Map<String, String> headers() {
    Map<String, String> headers = new HashMap<>();
    if (!days.isEmpty()) {
      headers.put(
          HEADER,
          days.stream()
              .limit(MAX_DAYS_IN_HEADER)
              .map(LocalDate::toString)
              .collect(Collectors.joining(", ")));
    }
    if (!summedDays.isEmpty()) {
      headers.put(
          LEFT_OUT_HEADER,
          "%s to %s, %d days".formatted(summedDays.first(), summedDays.last(), summedDays.size()));
    }
    return headers;
  }

  /** A saved file no longer has the header, so its name says so. */
  String fileName(String name) {
    return days.isEmpty() ? name : name + "-incomplete";
  }

  int maxAgeSeconds(int ifComplete) {
    return days.isEmpty() ? ifComplete : Math.min(ifComplete, MAX_AGE_SECONDS);
  }
}
