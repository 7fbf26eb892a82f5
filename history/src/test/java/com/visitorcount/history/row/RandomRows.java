package com.visitorcount.history.row;

import com.visitorcount.page.PageId;
import com.visitorcount.view.Campaign;
import com.visitorcount.view.Engagement;
import com.visitorcount.view.Event;
import com.visitorcount.view.Facts;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * Rows of a day with all special cases: several visits of a visitor, views without visitors, equal
 * seconds, changing profiles, origins in the middle of a visit, pages with two lives.
 */
public final class RandomRows {
  private static final String[] COUNTRIES = {"DE", "US", "FR", ""};

  private RandomRows() {}

  /** Rows of about this many visits, each name once, in the order of a set. */
  public static List<Row> day(Random random, LocalDate day, int visits) {
    long midnight = day.atStartOfDay(ZoneOffset.UTC).toEpochSecond();
    int visitors = 1 + random.nextInt(1 + visits);
    Set<Row.Name> names = new HashSet<>();
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < visits; i++) {
      int visitor = random.nextInt(visitors);
      String token = random.nextInt(15) == 0 ? "" : "token" + visitor;
      int second = random.nextInt(86_400);
      int views = 1 + random.nextInt(5);
      for (int view = 0; view < views && second < 86_400; view++) {
        Row row =
            new Row(
                page(random),
                random.nextInt(20) == 0 ? 5_000 : 1_764_000_000_000L,
                random.nextInt(50) == 0
                    ? Long.MAX_VALUE - random.nextInt(3)
                    : 1 + random.nextInt(500) + second / 40,
                midnight + second,
                facts(random, view == 0, random.nextInt(40) == 0 ? random.nextInt(9) : visitor),
                token);
        if (names.add(row.name())) {
          rows.add(row);
        }
        second += gap(random);
      }
    }
    return Rows.union(List.of(rows));
  }

  /** Such rows, about one in four of them an event. */
  public static List<Row> dayWithEvents(Random random, LocalDate day, int visits) {
    Set<Row.Name> names = new HashSet<>();
    List<Row> rows = new ArrayList<>();
    for (Row row : day(random, day, visits)) {
      Row either = random.nextInt(4) == 0 ? event(random, row) : row;
      if (names.add(either.name())) {
        rows.add(either);
      }
    }
    return Rows.union(List.of(rows));
  }

  /** Such rows with events, some not interactive, and with messages about engagement. */
  public static List<Row> dayWithEngagement(Random random, LocalDate day, int visits) {
    List<Row> rows = new ArrayList<>();
    for (Row row : dayWithEvents(random, day, visits)) {
      Event event = row.event();
      if (event != null && random.nextBoolean()) {
        Event passive = new Event(event.page(), event.properties(), false);
        rows.add(
            new Row(
                row.page(),
                row.bornMillis(),
                row.sequence(),
                row.second(),
                row.facts(),
                row.visitor(),
                passive));
        continue;
      }
      rows.add(row);
      for (int i = event == null ? random.nextInt(3) : 0; i > 0; i--) {
        rows.add(message(random, row));
      }
    }
    return Rows.union(List.of(rows));
  }

  /** What a visitor's browser may say after a view. */
  public static Row message(Random random, Row view) {
    return new Row(
        view.page(),
        view.bornMillis(),
        view.sequence() == Long.MAX_VALUE ? view.sequence() : view.sequence() + random.nextInt(2),
        view.second(),
        Facts.NONE,
        view.visitor(),
        null,
        new Engagement(random.nextInt(200), random.nextInt(101)));
  }

  /** An event in place of a view. */
  public static Row event(Random random, Row row) {
    Map<String, String> properties = new HashMap<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      properties.put("name " + random.nextInt(3), "v\u00e4lue " + random.nextInt(4));
    }
    return new Row(
        PageId.event(row.page().site(), "event " + random.nextInt(4)),
        row.bornMillis(),
        row.sequence(),
        row.second(),
        row.facts(),
        row.visitor(),
        new Event(random.nextInt(5) == 0 ? "" : row.page().toString(), properties));
  }

  private static int gap(Random random) {
    return switch (random.nextInt(6)) {
      case 0 -> 1_750 + random.nextInt(100);
      case 1, 2 -> 0;
      default -> random.nextInt(400);
    };
  }

  private static PageId page(Random random) {
    String folder = random.nextBoolean() ? "/blog/" : "/";
    return PageId.ofKey("example.com" + folder + "p" + random.nextInt(6));
  }

  private static Facts facts(Random random, boolean first, int profile) {
    boolean entry = first || random.nextInt(9) == 0;
    String referrer = "";
    if (entry) {
      referrer =
          switch (random.nextInt(4)) {
            case 0 -> "www.google.de";
            case 1 -> "google.com";
            case 2 -> "www.r" + random.nextInt(3) + ".example";
            default -> "";
          };
    }
    Campaign campaign =
        entry && random.nextInt(5) == 0
            ? new Campaign("s" + random.nextInt(2), "mail", "", "té\nrm", "")
            : Campaign.NONE;
    return new Facts(
        entry,
        referrer,
        campaign,
        COUNTRIES[profile % COUNTRIES.length],
        "Browser " + profile % 3,
        "System " + profile % 2,
        profile % 5 == 0 ? "" : "Desktop");
  }
}
