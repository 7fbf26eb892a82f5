package com.visitorcount.cli;

import static java.util.Objects.requireNonNull;

import com.visitorcount.history.statistics.DaySums;
import com.visitorcount.history.statistics.Dimension;
import com.visitorcount.history.statistics.Totals;
import com.visitorcount.page.PageId;
import com.visitorcount.page.PageRules;
import com.visitorcount.view.Campaign;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/** A file of Plausible's export: sums by day and one or more dimensions. */
record PlausibleTable(Kind kind, CsvFile file) {
  /** Such as imported_pages_20230209_20240123.csv. */
  private static final Pattern NAME =
      Pattern.compile("(?:.*/)?(imported_[a-z_]+?)(?:_\\d{8}_\\d{8})?\\.csv");

  private static final Pattern NUMBER = Pattern.compile("\\d{1,15}");
  private static final Pattern REFERRER = Pattern.compile("(?:https?://)?([^/?#:]+).*");

  PlausibleTable {
    requireNonNull(kind, "kind");
    requireNonNull(file, "file");
  }

  /** The files of the export. Others in an archive are ignored. */
  enum Kind {
    VISITORS("imported_visitors", "visits", null),
    SOURCES("imported_sources", "visits", null),
    PAGES("imported_pages", "visits", Dimension.PAGE),
    ENTRY_PAGES("imported_entry_pages", "entrances", Dimension.ENTRY_PAGE),
    EXIT_PAGES("imported_exit_pages", "exits", Dimension.EXIT_PAGE),
    EVENTS("imported_custom_events", "visitors", Dimension.EVENT),
    LOCATIONS("imported_locations", "visits", Dimension.COUNTRY),
    DEVICES("imported_devices", "visits", Dimension.DEVICE),
    BROWSERS("imported_browsers", "visits", Dimension.BROWSER),
    SYSTEMS("imported_operating_systems", "visits", Dimension.OS);

    private final String table;
    private final String visits;
    private final @Nullable Dimension dimension;

    Kind(String table, String visits, @Nullable Dimension dimension) {
      this.table = table;
      this.visits = visits;
      this.dimension = dimension;
    }
  }

  /**
   * A parsed line.
   *
   * @param page the page that the views are of, null for other kinds of lines
   */
  record Line(LocalDate day, Totals totals, @Nullable PageId page, Consumer<DaySums> adding) {
    void addTo(DaySums sums) {
      adding.accept(sums);
    }
  }

  /** The files of an archive. */
  static List<PlausibleTable> in(ZipFile archive, Terminal terminal) {
    List<PlausibleTable> tables = new ArrayList<>();
    archive.stream()
        .forEach(
            entry -> {
              Matcher name = NAME.matcher(entry.getName());
              if (name.matches()) {
                for (Kind kind : Kind.values()) {
                  if (kind.table.equals(name.group(1))) {
                    tables.add(new PlausibleTable(kind, CsvFile.in(archive, entry, terminal)));
                  }
                }
              }
            });
    return tables;
  }

  /** The dimensions whose sums this file contains. */
  Set<Dimension> dimensions() {
    if (kind == Kind.SOURCES) {
      return DaySums.ofSources();
    }
    Dimension dimension = kind.dimension;
    return dimension == null ? EnumSet.noneOf(Dimension.class) : EnumSet.of(dimension);
  }

  /** The required columns. */
  List<String> required() {
    return List.of("date", "visitors");
  }

  /**
   * Reads a line.
   *
   * @param lastDay last day that can be imported into
   * @throws IllegalArgumentException if the line is invalid; the message says why
   */
  Line line(CsvFile.Line line, String site, PageRules rules, LocalDate lastDay) {
    LocalDate day = day(line, lastDay);
    Totals totals = totals(line);
    return switch (kind) {
      case VISITORS -> new Line(day, totals, null, sums -> sums.addAll(totals));
      case SOURCES -> source(line, day, totals);
      case PAGES -> {
        PageId page = page(line, "page", site, rules);
        yield new Line(day, totals, page, sums -> sums.add(Dimension.PAGE, page, totals));
      }
      case ENTRY_PAGES -> ofPage(line, Dimension.ENTRY_PAGE, "entry_page", day, site, rules);
      case EXIT_PAGES -> ofPage(line, Dimension.EXIT_PAGE, "exit_page", day, site, rules);
      case EVENTS -> event(line, day, site);
      case LOCATIONS -> by(Dimension.COUNTRY, OtherNames.country(line.get("country")), day, totals);
      case DEVICES -> by(Dimension.DEVICE, OtherNames.device(line.get("device")), day, totals);
      case BROWSERS ->
          by(Dimension.BROWSER, OtherNames.browser(line.start("browser")), day, totals);
      case SYSTEMS ->
          by(Dimension.OS, OtherNames.system(line.start("operating_system")), day, totals);
    };
  }

  private static Line by(Dimension dimension, String value, LocalDate day, Totals totals) {
    return new Line(day, totals, null, sums -> sums.add(dimension, value, totals));
  }

  private Line ofPage(
      CsvFile.Line line,
      Dimension dimension,
      String column,
      LocalDate day,
      String site,
      PageRules rules) {
    Totals totals = totals(line);
    if (line.get(column).isEmpty()) {
      // visits with only events
      return by(dimension, "", day, totals);
    }
    PageId page = page(line, column, site, rules);
    return new Line(day, totals, null, sums -> sums.add(dimension, page, totals));
  }

  private static PageId page(CsvFile.Line line, String column, String site, PageRules rules) {
    return SiteOption.page(site, line.get(column), rules);
  }

  private static Line event(CsvFile.Line line, LocalDate day, String site) {
    String name = PageId.event(site, line.get("name")).eventName();
    long events = number(line, "events");
    long visitors = Math.min(events, number(line, "visitors"));
    Totals totals = new Totals(0, visitors, visitors, 0, 0, events);
    Totals events0 = new Totals(0, 0, 0, 0, 0, events);
    return new Line(
        day,
        totals,
        null,
        sums -> {
          sums.addAll(events0);
          sums.add(Dimension.EVENT, name, totals);
        });
  }

  private static Line source(CsvFile.Line line, LocalDate day, Totals totals) {
    Campaign campaign =
        new Campaign(
            line.start("utm_source"),
            line.start("utm_medium"),
            line.start("utm_campaign"),
            line.start("utm_term"),
            line.start("utm_content"));
    Matcher host = REFERRER.matcher(line.start("referrer").strip().toLowerCase(Locale.ROOT));
    String referrer = host.matches() ? host.group(1) : "";
    String source = line.start("source").equals("Direct / None") ? "" : line.start("source");
    return new Line(day, totals, null, sums -> sums.addSource(source, referrer, campaign, totals));
  }

  private Totals totals(CsvFile.Line line) {
    long visitors = number(line, "visitors");
    long visits = Math.max(visitors, number(line, kind.visits));
    return new Totals(
        // older files have no page views for visits
        line.get("pageviews").isEmpty() ? visits : number(line, "pageviews"),
        visitors,
        visits,
        Math.min(visits, number(line, "bounces")),
        number(line, "visit_duration"),
        0);
  }

  private static long number(CsvFile.Line line, String column) {
    String text = line.get(column).strip();
    if (text.isEmpty()) {
      return 0;
    }
    if (!NUMBER.matcher(text).matches()) {
      throw new IllegalArgumentException(column + " is not a whole number of up to 15 digits");
    }
    return Long.parseLong(text);
  }

  private static LocalDate day(CsvFile.Line line, LocalDate lastDay) {
    try {
      return RowLines.within(LocalDate.parse(line.get("date")), lastDay);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("date is not written as in 2026-11-24", e);
    }
  }
}
