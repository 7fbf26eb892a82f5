package com.visitorcount.local.soak;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;

/** What the product wrote to its standard output. Safe for use by several threads. */
final class LogLines {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String OF_COMPACTION = "\"months\":";
  private static final int MOST_FAULTS = 10;

  private final List<String> faults = new ArrayList<>();
  private long lines;
  private long errors;
  private long runsOfCompaction;
  private long hours;
  private long days;
  private long months;

  /** A line of the log. */
  synchronized void add(String line) {
    lines++;
    if (line.contains(Traffic.MARK) || line.contains(Traffic.ADDRESS)) {
      fault("a log line tells of a visitor: " + line);
    }
    if (!line.startsWith("{") || !line.endsWith("}")) {
      fault("a log line is no JSON: " + line);
    } else if (line.contains("\"level\":\"ERROR\"")) {
      errors++;
    } else if (line.contains(OF_COMPACTION)) {
      compaction(line);
    }
  }

  private void compaction(String line) {
    try {
      JsonNode record = JSON.readTree(line);
      runsOfCompaction++;
      hours += record.path("hours").asLong();
      days += record.path("days").asLong();
      months += record.path("months").asLong();
    } catch (JsonProcessingException e) {
      fault("a log line is no JSON: " + line);
    }
  }

  private void fault(String what) {
    if (faults.size() < MOST_FAULTS) {
      faults.add(what);
    }
  }

  synchronized List<String> faults() {
    return List.copyOf(faults);
  }

  synchronized long months() {
    return months;
  }

  synchronized long days() {
    return days;
  }

  synchronized String summary() {
    return "%,d log lines, of which %,d errors; %,d runs of the hourly function wrote %,d hours, closed %,d days of a site and summed %,d months"
        .formatted(lines, errors, runsOfCompaction, hours, days, months);
  }
}
