package com.visitorcount.local.dashboard;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Made-up numbers of a site that begins on 3 February 2024; the same for the same question. */
final class Figures {
  static final LocalDate TODAY = LocalDate.of(2026, 11, 24);

  private static final LocalDate FIRST = LocalDate.of(2024, 2, 3);
  private static final double[] HOURS =
      IntStream.range(0, 24)
          .mapToDouble(
              hour ->
                  0.08
                      + Math.exp(-Math.pow(hour - 15, 2) / 34)
                      + 0.35 * Math.exp(-Math.pow(hour - 21, 2) / 9))
          .toArray();

  private final Map<String, List<String>> values = new LinkedHashMap<>();
  private volatile int others;
  private volatile @Nullable LocalDate dataSince;

  Figures() {
    values.put("page", pages());
    values.put("entry_page", List.of("/", "/blog/serverless-counters", "/pricing"));
    values.put("exit_page", List.of("/pricing", "/docs/getting-started", "/", "/about"));
    values.put(
        "source",
        List.of(
            "Google",
            "Direct / None",
            "GitHub",
            "Hacker News",
            "lobste.rs",
            "DuckDuckGo",
            "Mastodon",
            "Bing",
            "heise.de"));
    values.put(
        "channel",
        List.of("Organic Search", "Direct", "Organic Social", "Referral", "AI Assistants"));
    values.put(
        "referrer",
        List.of(
            "google.com",
            "Direct / None",
            "github.com",
            "news.ycombinator.com",
            "lobste.rs",
            "duckduckgo.com",
            "mastodon.social",
            "bing.com",
            "heise.de"));
    values.put("utm_campaign", List.of("(none)", "launch-week", "newsletter-11", "reddit-ads"));
    values.put("utm_source", List.of("(none)", "newsletter", "reddit"));
    values.put("utm_medium", List.of("(none)", "email", "cpc"));
    values.put("utm_term", List.of("(none)", "counter"));
    values.put("utm_content", List.of("(none)", "footer"));
    values.put("country", List.of("US", "DE", "GB", "IN", "FR", "NL", "Unknown"));
    values.put(
        "browser", List.of("Chrome", "Safari", "Firefox", "Edge", "Samsung Internet", "Opera"));
    values.put("goal", List.of());
    values.put("os", List.of("Windows", "Android", "iOS", "macOS", "Linux"));
    values.put("device", List.of("Laptop", "Mobile", "Desktop", "Tablet"));
  }

  private static List<String> pages() {
    List<String> named =
        List.of(
            "/",
            "/blog/serverless-counters",
            "/pricing",
            "/docs/getting-started",
            "/blog/why-no-cookies",
            "/docs/api",
            "/changelog",
            "/about");
    return IntStream.range(0, 128)
        .mapToObj(i -> i < named.size() ? named.get(i) : "/docs/chapter-" + i)
        .toList();
  }

  /** Replaces the values of a property, most frequent first. */
  void set(String property, List<String> texts) {
    values.put(property, List.copyOf(texts));
  }

  ObjectNode aggregate(Map<String, String> query) {
    Span span = Span.of(query);
    Sums now = sums(span, query);
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    ObjectNode results = answer.putObject("results");
    Map<String, @Nullable Double> values = now.metrics();
    Map<String, @Nullable Double> before =
        query.containsKey("compare") ? sums(span.before(query), query).metrics() : Map.of();
    for (String metric : query.getOrDefault("metrics", "visitors").split(",", -1)) {
      ObjectNode result = results.putObject(metric);
      Double value = values.get(metric);
      put(result, "value", value);
      if (!before.isEmpty()) {
        Double base = hasNothingBefore(query) ? null : before.get(metric);
        put(result, "comparison_value", base);
        put(result, "change", change(metric, value, base));
      }
    }
    compare(answer, query);
    return answer;
  }

  private static @Nullable Double change(
      String metric, @Nullable Double value, @Nullable Double base) {
    if (value == null || base == null || base == 0) {
      return null;
    }
    return metric.equals("bounce_rate")
        ? value - base
        : (double) Math.round((value / base - 1) * 100);
  }

  ObjectNode series(Map<String, String> query) {
    Span span = Span.of(query);
    String interval = query.getOrDefault("interval", "date");
    List<Bucket> buckets = span.buckets(interval);
    List<Bucket> before =
        query.containsKey("compare") && !hasNothingBefore(query)
            ? span.before(query).buckets(interval)
            : List.of();
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    ArrayNode results = answer.putArray("results");
    for (int i = 0; i < buckets.size(); i++) {
      ObjectNode point = results.addObject();
      Bucket bucket = buckets.get(i);
      write(point, bucket, query);
      boolean cut = interval.equals("week") && bucket.from.plusDays(6).isAfter(bucket.to);
      boolean now =
          !bucket.from.isAfter(TODAY)
              && !bucket.to.isBefore(TODAY)
              && (bucket.hour < 0 || bucket.hour == 14);
      if (cut || now) {
        point.put("partial", true);
      }
      if (i < before.size()) {
        write(point.putObject("comparison"), before.get(i), query);
      }
    }
    compare(answer, query);
    return answer;
  }

  private void write(ObjectNode point, Bucket bucket, Map<String, String> query) {
    point.put("date", bucket.name());
    Map<String, @Nullable Double> values = sums(bucket, query).metrics();
    for (String metric : query.getOrDefault("metrics", "visitors").split(",", -1)) {
      put(point, metric, values.get(metric));
    }
  }

  /** One table, or several by the names of their properties. */
  ObjectNode breakdown(Map<String, String> query) {
    List<String> properties =
        Stream.of(query.get("property").split(",", -1))
            .map(name -> name.replaceFirst(".*:", ""))
            .toList();
    if (properties.size() == 1) {
      return breakdown(properties.get(0), query);
    }
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    properties.forEach(property -> answer.set(property, breakdown(property, query)));
    return answer;
  }

  private ObjectNode breakdown(String property, Map<String, String> query) {
    String search = query.getOrDefault("search", "").toLowerCase(Locale.ROOT);
    List<String> only = chosen(property, query);
    List<String> all =
        values.getOrDefault(property, List.of()).stream()
            .filter(value -> only.isEmpty() || only.contains(value))
            .filter(value -> value.toLowerCase(Locale.ROOT).contains(search))
            .toList();
    int limit = Integer.parseInt(query.getOrDefault("limit", "100"));
    int page = Integer.parseInt(query.getOrDefault("page", "1"));
    long visitors = sums(Span.of(query), query).visitors();
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    ArrayNode results = answer.putArray("results");
    List<String> shown =
        visitors == 0
            ? List.of()
            : all.stream().skip((long) (page - 1) * limit).limit(limit).toList();
    for (String value : shown) {
      int rank = all.indexOf(value);
      long share = Math.max(1, Math.round(visitors * 0.34 * Math.pow(0.74, rank)));
      ObjectNode row = results.addObject();
      row.put(property, value).put("visitors", share).put("pageviews", share * 2);
      if (query.containsKey("compare")) {
        if (rank == 3 || hasNothingBefore(query)) {
          row.putNull("change");
        } else {
          row.put("change", Math.floorMod(value.hashCode(), 60) - 20);
        }
      }
    }
    answer.put("total", visitors == 0 ? 0 : all.size());
    if (others > 0 && search.isEmpty()) {
      answer
          .putObject("other")
          .put(property, "(other)")
          .put("visitors", others)
          .put("pageviews", others);
    }
    compare(answer, query);
    return answer;
  }

  /** From now on not all values are named, and this many visitors had the others. */
  void setOthers(int visitors) {
    others = visitors;
  }

  /** From now on there is no data before a day. */
  void setDataSince(@Nullable LocalDate day) {
    dataSince = day;
  }

  private boolean hasNothingBefore(Map<String, String> query) {
    LocalDate since = dataSince;
    return since != null
        && query.containsKey("compare")
        && Span.of(query).before(query).to.isBefore(since);
  }

  private void compare(ObjectNode answer, Map<String, String> query) {
    LocalDate since = dataSince;
    Span span = Span.of(query);
    if (since != null && span.from.isBefore(since)) {
      answer.put("data_since", since.toString());
    }
    if (!query.containsKey("compare")) {
      return;
    }
    Span before = span.before(query);
    LocalDate last = before.to;
    ObjectNode comparison = answer.putObject("comparison").put("from", before.from.toString());
    if (!"false".equals(query.get("to_date")) && !span.to.isBefore(TODAY)) {
      last = before.from.plusDays(TODAY.toEpochDay() - span.from.toEpochDay());
      ZoneId zone = ZoneId.of(query.get("timezone"));
      comparison.put("until", last.atTime(14, 2).atZone(zone).toInstant().toString());
    }
    comparison.put("to", last.toString());
    if (since != null && before.from.isBefore(since)) {
      comparison.put("data_since", since.toString());
    }
  }

  ObjectNode online(int visitors) {
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    answer.put("visitors", visitors);
    ArrayNode minutes = answer.putArray("views_by_minute");
    for (int minute = 0; minute < 30; minute++) {
      minutes.add(visitors == 0 ? 0 : 1 + Math.floorMod(minute * 7 + minute / 3, 13));
    }
    ArrayNode pages = answer.putArray("pages");
    List<String> named = values.get("page").stream().limit(visitors == 0 ? 0 : 5).toList();
    for (String page : named) {
      pages.addObject().put("page", page).put("visitors", 11 - 2 * named.indexOf(page));
    }
    return answer;
  }

  /** The values of a property that pass a filter, unescaped; empty: all. */
  private static List<String> chosen(String property, Map<String, String> query) {
    for (String filter : query.getOrDefault("filters", "").split("(?<!\\\\);", -1)) {
      String[] parts = filter.split("==", 2);
      if (parts.length == 2 && parts[0].endsWith(":" + property)) {
        return Function.<String>identity()
            .andThen(text -> text.split("(?<!\\\\)\\|", -1))
            .andThen(List::of)
            .apply(parts[1])
            .stream()
            .map(value -> value.replaceAll("\\\\(.)", "$1"))
            .collect(Collectors.toList());
      }
    }
    return List.of();
  }

  /** Nothing matches the value {@code nobody}; any other filter leaves a third. */
  private static double share(Map<String, String> query) {
    String filters = query.getOrDefault("filters", "");
    if (filters.contains("==nobody")) {
      return 0;
    }
    return filters.isEmpty() ? 1 : Math.pow(1 / 3.0, filters.split("(?<!\\\\);", -1).length);
  }

  private static Sums sums(Span span, Map<String, String> query) {
    return span.from
        .datesUntil(span.to.plusDays(1))
        .map(day -> sums(new Bucket("", day, day, -1), query))
        .reduce(new Sums(0, 0, 0), Sums::plus);
  }

  private static Sums sums(Bucket bucket, Map<String, String> query) {
    double visitors =
        bucket
            .from
            .datesUntil(bucket.to.plusDays(1))
            .filter(day -> !day.isBefore(FIRST) && !day.isAfter(TODAY))
            .mapToDouble(Figures::visitors)
            .map(Math::round)
            .sum();
    if (bucket.hour >= 0) {
      double all = IntStream.range(0, 24).mapToDouble(hour -> HOURS[hour]).sum();
      boolean later = bucket.from.equals(TODAY) && bucket.hour > 14;
      visitors = later ? 0 : visitors * HOURS[bucket.hour] / all;
    }
    long whole = Math.round(visitors * share(query));
    return new Sums(whole, Math.round(whole * 2.236), Math.round(whole * 1.2));
  }

  private static double visitors(LocalDate day) {
    long number = day.toEpochDay();
    double weekend = day.getDayOfWeek().compareTo(DayOfWeek.FRIDAY) > 0 ? 0.62 : 1;
    double wave = 0.9 + Math.floorMod(number * 7919, 23) / 100.0;
    double peak =
        switch ((int) (TODAY.toEpochDay() - number)) {
          case 12 -> 2.15;
          case 11 -> 1.6;
          case 10 -> 1.25;
          case 0 -> 0.55;
          default -> 1;
        };
    return (300 + (number - FIRST.toEpochDay()) * 0.27) * weekend * wave * peak;
  }

  private static void put(ObjectNode node, String name, @Nullable Double value) {
    if (value == null) {
      node.putNull(name);
    } else if (value == Math.rint(value)) {
      node.put(name, value.longValue());
    } else {
      node.put(name, value);
    }
  }

  private record Sums(long visitors, long views, long visits) {
    Sums plus(Sums other) {
      return new Sums(visitors + other.visitors, views + other.views, visits + other.visits);
    }

    Map<String, @Nullable Double> metrics() {
      Map<String, @Nullable Double> metrics = new LinkedHashMap<>();
      boolean none = visits == 0;
      metrics.put("visitors", (double) visitors);
      metrics.put("visits", (double) visits);
      metrics.put("pageviews", (double) views);
      metrics.put("events", (double) views);
      metrics.put("views_per_visit", none ? null : Math.round(views * 100.0 / visits) / 100.0);
      metrics.put("bounce_rate", none ? null : 40.0 + Math.floorMod(visitors, 17));
      metrics.put("visit_duration", none ? null : 60.0 + Math.floorMod(visitors, 90));
      return metrics;
    }
  }

  /** {@code hour} is -1 for whole days. */
  private record Bucket(String name, LocalDate from, LocalDate to, int hour) {}

  private record Span(LocalDate from, LocalDate to) {
    static Span of(Map<String, String> query) {
      String period = query.get("period");
      if (period.equals("all")) {
        return new Span(FIRST, TODAY);
      }
      String[] dates = query.getOrDefault("date", TODAY.toString()).split(",", -1);
      LocalDate date = LocalDate.parse(dates[0]);
      LocalDate endOfMonth = date.with(TemporalAdjusters.lastDayOfMonth());
      return switch (period) {
        case "custom" -> new Span(date, LocalDate.parse(dates[1]));
        case "day" -> new Span(date, date);
        case "month" -> new Span(date.withDayOfMonth(1), endOfMonth);
        case "12mo" -> new Span(date.withDayOfMonth(1).minusMonths(11), endOfMonth);
        default -> new Span(date.minusDays(Long.parseLong(period.replace("d", "")) - 1), date);
      };
    }

    Span before(Map<String, String> query) {
      if (query.get("compare").equals("year_over_year")) {
        return new Span(from.minusYears(1), to.minusYears(1));
      }
      if (query.get("compare").equals("custom")) {
        String[] days = query.get("compare_date").split(",", -1);
        return new Span(LocalDate.parse(days[0]), LocalDate.parse(days[1]));
      }
      if (query.get("period").equals("month")) {
        return new Span(from.minusMonths(1), from.minusDays(1));
      }
      long days = to.toEpochDay() - from.toEpochDay() + 1;
      if (query.containsKey("match_day_of_week")) {
        days = (days + 6) / 7 * 7;
      }
      return new Span(from.minusDays(days), to.minusDays(days));
    }

    List<Bucket> buckets(String interval) {
      List<LocalDate> days = from.datesUntil(to.plusDays(1)).toList();
      return switch (interval) {
        case "hour" ->
            days.stream()
                .flatMap(
                    day ->
                        IntStream.range(0, 24)
                            .mapToObj(
                                hour ->
                                    new Bucket(
                                        "%s %02d:00:00".formatted(day, hour), day, day, hour)))
                .toList();
        case "week" ->
            grouped(days, day -> day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY)));
        case "month" -> grouped(days, day -> day.withDayOfMonth(1));
        default -> grouped(days, day -> day);
      };
    }

    private static List<Bucket> grouped(
        List<LocalDate> days, Function<LocalDate, LocalDate> start) {
      Map<LocalDate, List<LocalDate>> groups =
          days.stream()
              .collect(Collectors.groupingBy(start, LinkedHashMap::new, Collectors.toList()));
      return groups.entrySet().stream()
          .map(
              group ->
                  new Bucket(
                      group.getKey().toString(),
                      group.getValue().get(0),
                      group.getValue().get(group.getValue().size() - 1),
                      -1))
          .toList();
    }
  }
}
