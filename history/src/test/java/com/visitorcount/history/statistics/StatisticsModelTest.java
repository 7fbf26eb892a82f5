package com.visitorcount.history.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import com.visitorcount.history.row.RandomRows;
import com.visitorcount.history.row.Row;
import com.visitorcount.page.PageId;
import com.visitorcount.view.Campaign;
import com.visitorcount.view.Engagement;
import com.visitorcount.view.Event;
import com.visitorcount.view.Facts;
import java.time.Clock;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Compares statistics with a literal implementation of their definitions, with sets of rows and
 * without regard to time or memory.
 */
final class StatisticsModelTest {
  private static final int RUNS = Integer.getInteger("statistics.model.runs", 400);
  private static final String SITE = "example.com";
  private static final int DAYS = 6;
  private static final String[] PATHS = {"/", "/blog", "/blog/a", "/a*b"};

  /** Some values of rows in each dimension. */
  private static final List<String> SOME_OF_EACH =
      List.of(
          "",
          "/blog",
          "Google",
          "Email",
          "t.co",
          "letter",
          "mail",
          "x",
          "top",
          "DE",
          "Chrome",
          "iOS",
          "Mobile",
          "13",
          "signup",
          "pageview",
          "pro",
          "Visit /blog**",
          "Visit /");

  /** Time zones, each with a day near which its clock or calendar behaves unusually. */
  private static final List<String> ODD_DAYS =
      List.of(
          "UTC 2026-11-24",
          "Europe/Berlin 2026-03-29",
          "Europe/Berlin 2026-10-25",
          "Europe/London 2026-03-29",
          "Asia/Kathmandu 2026-05-01",
          "Australia/Lord_Howe 2026-04-05",
          "Australia/Lord_Howe 2026-10-04",
          "America/Sao_Paulo 2018-11-04",
          "America/Sao_Paulo 2018-02-18",
          "America/St_Johns 2026-11-01",
          "Africa/Cairo 2026-04-24",
          "Pacific/Apia 2011-12-30",
          "Pacific/Kwajalein 1993-08-21");

  @Test
  void everyQuestion_aboutRandomRows_isAnsweredByItsDefinition() {
    int views = 0;
    for (long seed = 0; seed < RUNS; seed++) {
      Random random = new Random(seed);
      String[] odd = ODD_DAYS.get(random.nextInt(ODD_DAYS.size())).split(" ", -1);
      ZoneId zone = ZoneId.of(odd[0]);
      LocalDate first = LocalDate.parse(odd[1]).minusDays(DAYS / 2);
      List<Row> rows = rows(random, first);
      LocalDate firstOpen = first.plusDays(random.nextInt(DAYS + 1));
      LocalDate closedByGap = firstOpen.minusDays(random.nextInt(DAYS));
      Statistics statistics =
          new Statistics(
              new RowsOfDays(rows, firstOpen, closedByGap),
              Clock.fixed(first.plusDays(DAYS).atStartOfDay(ZoneOffset.UTC).toInstant(), zone));
      LocalDate from = first.plusDays(random.nextInt(DAYS + 1) - 1L);
      LocalDate to = from.plusDays(random.nextInt(DAYS));
      Question question = new Question(SITE, from, to, zone, filters(random));
      if (random.nextInt(4) == 0) {
        Instant until = from.atStartOfDay(zone).plusMinutes(1L + random.nextInt(5_000)).toInstant();
        question = new Question(SITE, from, to, zone, question.filters(), until);
      }
      Interval interval = any(random, Interval.HOUR, Interval.DAY, Interval.WEEK, Interval.MONTH);
      Model model = new Model(rows, day -> day.isBefore(closedByGap));
      List<Row> selected = model.selected(question);
      String run = "seed " + seed + ", " + question + ", " + interval;

      assertThat(statistics.aggregate(question)).as(run).isEqualTo(model.totals(selected));
      Attribute attribute = attribute(random);
      assertThat(statistics.splits(question, Set.of(attribute)).get(attribute).values())
          .as("%s, %s", run, attribute)
          .isEqualTo(model.split(selected, attribute, zone));
      Map<String, Totals> series = new HashMap<>();
      statistics
          .series(question, interval)
          .forEach(point -> series.put(name(point.start(), interval), point.totals()));
      Map<String, Totals> expected = model.series(selected, interval, zone);
      assertThat(series).as(run).containsAllEntriesOf(expected);
      series.keySet().removeAll(expected.keySet());
      assertThat(series.values()).as(run).allMatch(Totals.NONE::equals);
      views += selected.size();
    }
    System.out.printf("%d questions, %d views%n", RUNS, views);
    assertThat(views).isGreaterThan(RUNS);
  }

  /** Rows of few visitors and pages, with the gaps that matter, unordered. */
  private static List<Row> rows(Random random, LocalDate first) {
    List<Row> rows = new ArrayList<>();
    long start = first.atStartOfDay(ZoneOffset.UTC).toEpochSecond();
    int count = random.nextInt(120);
    boolean eventful = random.nextInt(4) > 0;
    boolean engaging = random.nextBoolean();
    long second = start;
    for (int i = 0; i < count; i++) {
      if (random.nextInt(4) == 0) {
        second = start + random.nextInt(DAYS * 86_400);
      } else {
        second += new int[] {0, 1, 600, 1_800, 1_801, 3_600}[random.nextInt(6)];
      }
      second = Math.min(second, start + DAYS * 86_400L - 1);
      boolean isEvent = eventful && random.nextInt(3) == 0;
      String name = isEvent ? any(random, "!signup", "!404") : any(random, PATHS);
      rows.add(
          new Row(
              PageId.ofKey(SITE + name),
              random.nextInt(2),
              i,
              second,
              facts(random),
              random.nextInt(8) == 0 ? "" : "v" + random.nextInt(3),
              isEvent ? event(random) : null));
      if (!isEvent && engaging && random.nextBoolean()) {
        rows.add(RandomRows.message(random, rows.get(rows.size() - 1)));
      }
    }
    Collections.shuffle(rows, random);
    return rows;
  }

  private static Event event(Random random) {
    return new Event(
        random.nextInt(4) == 0 ? "" : SITE + any(random, PATHS),
        any(
            random,
            Map.of(),
            Map.of("plan", "pro"),
            Map.of("plan", "free", "from", "top"),
            Map.of("from", "pro")),
        random.nextInt(3) > 0);
  }

  private static Attribute attribute(Random random) {
    Dimension dimension = any(random, Dimension.values());
    return dimension == Dimension.PROPERTY
        ? Attribute.ofProperty(any(random, "plan", "from", "other"))
        : Attribute.of(dimension);
  }

  private static Facts facts(Random random) {
    return new Facts(
        random.nextBoolean(),
        any(random, "", "", "www.news.example", "news.example", "t.co", "www.google.de"),
        random.nextInt(3) == 0
            ? new Campaign(any(random, "", "letter"), "mail", any(random, "x", "X"), "", "top")
            : Campaign.NONE,
        any(random, "", "DE", "US"),
        any(random, "Firefox", "Chrome"),
        any(random, "Linux", "iOS"),
        any(random, "Mobile", "Desktop"));
  }

  private static List<Filter> filters(Random random) {
    List<Filter> filters = new ArrayList<>();
    while (random.nextInt(5) < 2) {
      boolean negated = random.nextBoolean();
      filters.add(
          switch (random.nextInt(11)) {
            case 0 -> new Filter(Dimension.COUNTRY, List.of("DE", "US"), negated);
            case 1 -> new Filter(Dimension.SOURCE, List.of("letter", "", "Google"), negated);
            case 2 -> new Filter(Dimension.PAGE, List.of("/blog**", "/"), negated);
            case 3 -> new Filter(Dimension.ENTRY_PAGE, List.of("/*"), negated);
            case 4 -> new Filter(Dimension.HOUR, List.of("00", "02", "12", "23"), negated);
            case 5 -> new Filter(Dimension.EVENT, List.of("signup"), negated);
            case 6 -> new Filter(Dimension.GOAL, List.of("404", "Visit /blog/*"), negated);
            case 7 -> new Filter(Attribute.ofProperty("plan"), List.of("pro", "free"), negated);
            default -> new Filter(attribute(random), SOME_OF_EACH, negated);
          });
    }
    return filters;
  }

  @SafeVarargs
  private static <T> T any(Random random, T... values) {
    return values[random.nextInt(values.length)];
  }

  /** The name of the interval by the wall clock. */
  private static String name(ZonedDateTime at, Interval interval) {
    LocalDate day = at.toLocalDate();
    return switch (interval) {
      case MINUTE -> at.truncatedTo(ChronoUnit.MINUTES).toLocalDateTime() + " " + at.getOffset();
      case HOUR -> day + " " + at.getHour() + " " + at.getOffset();
      case DAY -> day.toString();
      case WEEK -> day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY)).toString();
      case MONTH -> day.withDayOfMonth(1).toString();
    };
  }

  /** The definitions. */
  private static final class Model {
    private static final Comparator<Row> ORDER =
        Comparator.comparing(
            row ->
                String.format(
                    Locale.ROOT,
                    "%012d %b %b %s %02d %06d",
                    row.second(),
                    !row.facts().entry(),
                    row.page().isEvent(),
                    row.page(),
                    row.bornMillis(),
                    row.sequence()));

    private final List<Row> rows;
    private final Predicate<LocalDate> closedByGap;
    private final Map<Row, List<Row>> visits = new HashMap<>();
    private final Map<Row, Engagement> engagements = new HashMap<>();

    Model(List<Row> all, Predicate<LocalDate> closedByGap) {
      this.rows = all.stream().filter(row -> !row.isMessage()).toList();
      this.closedByGap = closedByGap;
      rows.forEach(row -> visits.put(row, visit(row)));
      all.stream().filter(Row::isMessage).forEach(this::engage);
    }

    /** A message is about the latest view of its page by its visitor up to its sequence. */
    private void engage(Row message) {
      rows.stream()
          .filter(
              row ->
                  row.page().equals(message.page())
                      && row.bornMillis() == message.bornMillis()
                      && !row.visitor().isEmpty()
                      && visitor(row).equals(visitor(message))
                      && row.sequence() <= message.sequence())
          .max(Comparator.comparingLong(Row::sequence))
          .ifPresent(row -> engagements.merge(row, message.engagement(), Engagement::max));
    }

    /** The visitor's views of the day, in order, split where a visit begins. */
    private List<Row> visit(Row row) {
      List<Row> visit = new ArrayList<>();
      if (!row.visitor().isEmpty()) {
        for (Row next :
            rows.stream().filter(r -> visitor(r).equals(visitor(row))).sorted(ORDER).toList()) {
          if (!visit.isEmpty() && begins(visit, next)) {
            if (visit.contains(row)) {
              break;
            }
            visit.clear();
          }
          visit.add(next);
        }
      }
      return List.copyOf(visit);
    }

    private boolean begins(List<Row> visit, Row next) {
      Facts first = visit.get(0).facts();
      Facts facts = next.facts();
      if (next.second() - visit.get(visit.size() - 1).second() > 1_800) {
        return true;
      }
      if (closedByGap.test(next.day()) || !facts.entry() || next.page().isEvent()) {
        return false;
      }
      if (!facts.campaign().equals(Campaign.NONE)) {
        return !facts.campaign().equals(first.campaign()) || !source(facts).equals(source(first));
      }
      return !facts.referrer().isEmpty()
          && !named(facts.referrer()).equals(source(first))
          && !named(facts.referrer()).equals(named(first.referrer()));
    }

    private static String source(Facts facts) {
      return facts.campaign().source().isEmpty()
          ? named(facts.referrer())
          : facts.campaign().source();
    }

    private static String visitor(Row row) {
      return row.day() + row.visitor();
    }

    List<Row> selected(Question question) {
      return rows.stream()
          .filter(
              row -> {
                LocalDate day = at(row, question.zone()).toLocalDate();
                return !day.isBefore(question.from())
                    && !day.isAfter(question.to())
                    && Instant.ofEpochSecond(row.second()).isBefore(question.until());
              })
          .filter(row -> question.filters().stream().allMatch(f -> accepts(f, row, question)))
          .toList();
    }

    private boolean accepts(Filter filter, Row row, Question question) {
      String value = value(filter.attribute(), row, question.zone());
      boolean ofGoals = filter.dimension() == Dimension.GOAL;
      Predicate<String> isPattern =
          alternative ->
              filter.dimension().isPage() || (ofGoals && alternative.startsWith("Visit /"));
      Predicate<String> matches =
          alternative ->
              isPattern.test(alternative)
                  ? value.matches(
                      alternative.replace("**", "§").replace("*", "[^/]*").replace("§", ".*"))
                  : value.equals(alternative);
      return filter.negated() != filter.alternatives().stream().anyMatch(matches);
    }

    private static ZonedDateTime at(Row row, ZoneId zone) {
      return Instant.ofEpochSecond(row.second()).atZone(zone);
    }

    private String value(Attribute attribute, Row row, ZoneId zone) {
      List<Row> visit = visits.get(row);
      List<Row> views = visit.stream().filter(r -> r.event() == null).toList();
      Facts own = row.facts();
      Facts first = visit.isEmpty() ? Facts.NONE : visit.get(0).facts();
      Campaign campaign = first.campaign();
      return switch (attribute.dimension()) {
        case PAGE -> path(row);
        case ENTRY_PAGE -> views.isEmpty() ? "" : path(views.get(0));
        case EXIT_PAGE -> views.isEmpty() ? "" : path(views.get(views.size() - 1));
        case EVENT -> row.event() == null ? "pageview" : row.page().eventName();
        case GOAL -> row.event() == null ? "Visit " + path(row) : row.page().eventName();
        case PROPERTY ->
            row.event() == null
                ? ""
                : row.event().properties().getOrDefault(attribute.property(), "");
        case PROPERTY_NAMES ->
            row.event() == null
                ? ""
                : row.event().properties().keySet().stream()
                    .sorted()
                    .collect(Collectors.joining("\n"));
        case SOURCE -> source(first);
        case CHANNEL -> channel(first);
        case REFERRER -> first.referrer();
        case UTM_SOURCE -> campaign.source();
        case UTM_MEDIUM -> campaign.medium();
        case UTM_CAMPAIGN -> campaign.name();
        case UTM_TERM -> campaign.term();
        case UTM_CONTENT -> campaign.content();
        case COUNTRY -> own.country();
        case BROWSER -> own.browser();
        case OS -> own.os();
        case DEVICE -> own.device();
        case HOUR -> String.format(Locale.ROOT, "%02d", at(row, zone).getHour());
      };
    }

    private static String channel(Facts facts) {
      return switch (source(facts)) {
        case "" -> "Direct";
        case "Google" -> "Organic Search";
        case "X" -> "Organic Social";
        default -> "Referral";
      };
    }

    private static String named(String referrer) {
      return switch (referrer) {
        case "www.news.example" -> "news.example";
        case "www.google.de" -> "Google";
        case "t.co" -> "X";
        default -> referrer;
      };
    }

    private static String path(Row row) {
      String page = row.event() == null ? row.page().toString() : row.event().page();
      return page.replaceFirst("^example\\.com", "");
    }

    Totals totals(List<Row> selected) {
      return totals(selected, visitsOf(selected));
    }

    private Set<List<Row>> visitsOf(List<Row> selected) {
      return selected.stream()
          .map(visits::get)
          .filter(visit -> !visit.isEmpty())
          .collect(Collectors.toSet());
    }

    private Totals totals(List<Row> selected, Set<List<Row>> ofVisits) {
      List<Engagement> engaged =
          selected.stream().map(engagements::get).filter(Objects::nonNull).toList();
      long events = selected.stream().filter(row -> row.event() != null).count();
      return new Totals(
          selected.size() - events,
          known(selected).map(Model::visitor).distinct().count(),
          ofVisits.size(),
          ofVisits.stream().filter(Model::isBounce).count(),
          ofVisits.stream()
              .mapToLong(visit -> visit.get(visit.size() - 1).second() - visit.get(0).second())
              .sum(),
          events,
          new Totals.Engaged(
              engaged.size(),
              engaged.stream().mapToLong(Engagement::seconds).sum(),
              engaged.stream().mapToLong(Engagement::scrollPercent).sum()));
    }

    private static boolean isBounce(List<Row> visit) {
      return visit.stream()
              .filter(row -> row.event() == null || row.event().isInteractive())
              .count()
          <= 1;
    }

    private static Stream<Row> known(List<Row> selected) {
      return selected.stream().filter(row -> !row.visitor().isEmpty());
    }

    Map<String, Totals> split(List<Row> selected, Attribute attribute, ZoneId zone) {
      Map<String, Totals> split = new HashMap<>();
      selected.stream()
          .collect(Collectors.groupingBy(row -> value(attribute, row, zone)))
          .forEach((value, ofValue) -> split.put(value, totals(ofValue)));
      return split;
    }

    Map<String, Totals> series(List<Row> selected, Interval interval, ZoneId zone) {
      Map<List<Row>, String> pointOfVisit = new LinkedHashMap<>();
      selected.stream()
          .sorted(ORDER)
          .forEach(row -> pointOfVisit.putIfAbsent(visits.get(row), name(at(row, zone), interval)));
      pointOfVisit.remove(List.of());
      Map<String, Totals> series = new HashMap<>();
      selected.stream()
          .collect(Collectors.groupingBy(row -> name(at(row, zone), interval)))
          .forEach(
              (point, ofPoint) ->
                  series.put(
                      point,
                      totals(
                          ofPoint,
                          pointOfVisit.keySet().stream()
                              .filter(visit -> point.equals(pointOfVisit.get(visit)))
                              .collect(Collectors.toSet()))));
      return series;
    }
  }
}
