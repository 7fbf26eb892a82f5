package com.visitorcount.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.visitorcount.history.ExportedRow;
import com.visitorcount.history.row.Row;
import com.visitorcount.page.PageId;
import com.visitorcount.view.Campaign;
import com.visitorcount.view.Engagement;
import com.visitorcount.view.Event;
import com.visitorcount.view.Facts;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Converts between rows of history and lines of CSV, one for each view or event. */
final class RowLines {
  /** The columns that every file of rows must have. */
  static final List<String> REQUIRED = List.of("time", "site", "page");

  static final List<String> COLUMNS =
      List.of(
          "time",
          "site",
          "page",
          "event",
          "properties",
          "interactive",
          "visitor",
          "entry",
          "referrer",
          "utm_source",
          "utm_medium",
          "utm_campaign",
          "utm_term",
          "utm_content",
          "country",
          "browser",
          "os",
          "device",
          "engaged_seconds",
          "scroll_percent",
          "sequence",
          "born");

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final TypeReference<Map<String, String>> PROPERTIES = new TypeReference<>() {};
  private static final Set<String> DEVICES =
      Set.of("", "Mobile", "Tablet", "Laptop", "Desktop", "TV");

  /** Before web analytics existed; earlier dates are mistakes. */
  private static final LocalDate FIRST_DAY = LocalDate.of(1995, 1, 1);

  private RowLines() {}

  static String[] fields(ExportedRow exported) {
    Row row = exported.row();
    Engagement engagement = exported.engagement();
    Facts facts = row.facts();
    Campaign campaign = facts.campaign();
    Event event = row.event();
    return new String[] {
      Instant.ofEpochSecond(row.second()).toString(),
      row.page().site(),
      event == null ? row.page().toString() : event.page(),
      row.page().eventName(),
      event == null || event.properties().isEmpty() ? "" : json(event.properties()),
      event == null || event.isInteractive() ? "" : "false",
      row.visitor(),
      facts.entry() ? "true" : "",
      facts.referrer(),
      campaign.source(),
      campaign.medium(),
      campaign.name(),
      campaign.term(),
      campaign.content(),
      facts.country(),
      facts.browser(),
      facts.os(),
      facts.device(),
      engagement == null ? "" : Integer.toString(engagement.seconds()),
      engagement == null ? "" : Integer.toString(engagement.scrollPercent()),
      Long.toString(row.sequence()),
      Long.toString(row.bornMillis())
    };
  }

  private static String json(Map<String, String> properties) {
    try {
      return JSON.writeValueAsString(properties);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Reads a line.
   *
   * @param lastDay last day that can be imported into
   * @return a view or an event; after a view, also the message about its engagement if there is one
   * @throws IllegalArgumentException if the line is invalid; the message says why
   */
  static List<Row> rows(CsvFile.Line line, LocalDate lastDay) {
    Row row = row(line, lastDay);
    String seconds = line.get("engaged_seconds");
    String percent = line.get("scroll_percent");
    if (seconds.isEmpty() && percent.isEmpty()) {
      return List.of(row);
    }
    require(row.event() == null, "an event has neither engaged_seconds nor scroll_percent");
    require(!row.visitor().isEmpty(), "engaged_seconds and scroll_percent need a visitor");
    Engagement engagement =
        new Engagement(
            number("engaged_seconds", seconds, Engagement.MAX_SECONDS),
            number("scroll_percent", percent, Engagement.MAX_PERCENT));
    return List.of(
        row,
        new Row(
            row.page(),
            row.bornMillis(),
            row.sequence(),
            row.second(),
            Facts.NONE,
            row.visitor(),
            null,
            engagement));
  }

  private static int number(String column, String text, int max) {
    String otherwise = column + " is not a whole number from 0 to " + max;
    require(text.matches("[0-9]{0,9}"), otherwise);
    int number = text.isEmpty() ? 0 : Integer.parseInt(text);
    require(number <= max, otherwise);
    return number;
  }

  private static Row row(CsvFile.Line line, LocalDate lastDay) {
    String event = text(line, "event");
    PageId page = event.isEmpty() ? page(line) : event(line, event);
    Row row =
        new Row(
            page,
            0,
            sequence(line),
            second(line),
            new Facts(
                line.get("entry").equals("true"),
                text(line, "referrer"),
                new Campaign(
                    text(line, "utm_source"),
                    text(line, "utm_medium"),
                    text(line, "utm_campaign"),
                    text(line, "utm_term"),
                    text(line, "utm_content")),
                country(line),
                text(line, "browser"),
                text(line, "os"),
                device(line)),
            text(line, "visitor"),
            event.isEmpty()
                ? null
                : new Event(text(line, "page"), properties(line), interactive(line)));
    return within(row, lastDay);
  }

  /**
   * Returns the row if its day can be imported into.
   *
   * @param lastDay last day that can
   * @throws IllegalArgumentException if it cannot; the message says why
   */
  static Row within(Row row, LocalDate lastDay) {
    within(row.day(), lastDay);
    return row;
  }

  /**
   * Returns the day if it can be imported into.
   *
   * @throws IllegalArgumentException if it cannot; the message says why
   */
  static LocalDate within(LocalDate day, LocalDate lastDay) {
    require(!day.isBefore(FIRST_DAY), "the day is too long ago");
    require(
        !day.isAfter(lastDay),
        "days after " + lastDay + " cannot be imported yet: a day is closed two days later");
    return day;
  }

  private static PageId page(CsvFile.Line line) {
    String text = text(line, "page");
    require(!text.isBlank() && !text.startsWith("#"), "page is missing");
    PageId page = PageId.ofKey(text);
    require(!page.isEvent(), "an event is named in the column event");
    require(page.site().equals(line.get("site")), "page is not one of the line's site");
    return page;
  }

  private static PageId event(CsvFile.Line line, String name) {
    PageId page = PageId.event(line.get("site"), name);
    require(page.eventName().equals(name), "event is not written as it is counted");
    return page;
  }

  private static long sequence(CsvFile.Line line) {
    String text = line.get("sequence");
    if (text.isEmpty()) {
      return line.number();
    }
    try {
      long sequence = Long.parseLong(text);
      require(sequence > 0, "sequence is not 1 or more");
      return sequence;
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("sequence is no whole number", e);
    }
  }

  private static long second(CsvFile.Line line) {
    try {
      return Instant.parse(line.get("time")).getEpochSecond();
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("time is not written as in 2026-11-24T13:05:09Z", e);
    }
  }

  private static String country(CsvFile.Line line) {
    String country = line.get("country");
    require(country.matches("([A-Z]{2})?"), "country is not two capital letters");
    return country;
  }

  private static String device(CsvFile.Line line) {
    String device = line.get("device");
    require(DEVICES.contains(device), "device is not Mobile, Tablet, Laptop, Desktop or TV");
    return device;
  }

  private static boolean interactive(CsvFile.Line line) {
    String text = line.get("interactive");
    require(text.matches("(true|false)?"), "interactive is neither true nor false");
    return !text.equals("false");
  }

  private static Map<String, String> properties(CsvFile.Line line) {
    String text = line.get("properties");
    if (text.isEmpty()) {
      return Map.of();
    }
    Map<String, String> properties;
    try {
      properties = JSON.readValue(text, PROPERTIES);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("properties are no JSON object of texts", e);
    }
    require(
        properties != null && !properties.containsValue(null),
        "properties are no JSON object of texts");
    return properties;
  }

  private static String text(CsvFile.Line line, String column) {
    return line.get(column, column.equals("page") ? PageId.MAX_BYTES : CsvFile.MAX_TEXT_BYTES);
  }

  private static void require(boolean condition, String otherwise) {
    if (!condition) {
      throw new IllegalArgumentException(otherwise);
    }
  }
}
