package com.visitorcount.read;

import static java.util.Objects.requireNonNull;

import com.visitorcount.history.HistoryTable;
import com.visitorcount.history.statistics.Dimension;
import com.visitorcount.history.statistics.Filter;
import com.visitorcount.history.statistics.Interval;
import com.visitorcount.history.statistics.Piece;
import com.visitorcount.history.statistics.Question;
import com.visitorcount.history.statistics.Statistics;
import com.visitorcount.history.statistics.Totals;
import com.visitorcount.history.statistics.UnreadableItems;
import com.visitorcount.page.PageId;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Views and visitors of sites and pages by UTC days, from history. Answers are usually up to a
 * minute old. Data read for one page is used for all pages of its site, since sites show the counts
 * of many.
 */
final class PeriodCounts {
  private static final Logger LOG = LoggerFactory.getLogger(PeriodCounts.class);
  private static final int MAX_SITES = 100;
  private static final int MAX_PAGES = 1_000;

  /** A site takes up to 31 days of {@code Summary.MAX_VALUES} pages, a few megabytes. */
  private static final int MAX_SITES_WITH_PAGES = 8;

  /**
   * Most views to read one by one for a page that summaries do not name, on a site with more than a
   * thousand pages a day: about a second.
   */
  private static final long MAX_VIEWS_READ = 2_000_000;

  /** Days of a site. */
  private record Days(String site, LocalDate from, LocalDate to, boolean months) {
    Days(String site, LocalDate from, LocalDate to) {
      this(site, from, to, false);
    }
  }

  /** Days of a page. */
  private record PageDays(PageId page, LocalDate from, LocalDate to, boolean months) {}

  private final HistoryTable table;
  private final Clock clock;
  private final Kept<String, Optional<LocalDate>> firstDays;
  private final Kept<Days, SortedMap<LocalDate, Totals>> sites;
  private final Kept<Days, Totals> wholes;
  private final Kept<Days, List<Piece>> pagesOfSites;
  private final Kept<PageDays, Optional<SortedMap<LocalDate, Totals>>> pages;

  PeriodCounts(HistoryTable table, Clock clock) {
    this.table = requireNonNull(table, "table");
    this.clock = requireNonNull(clock, "clock");
    this.firstDays = new Kept<>(MAX_SITES, clock);
    this.sites = new Kept<>(MAX_SITES, clock);
    this.wholes = new Kept<>(MAX_SITES, clock);
    this.pagesOfSites = new Kept<>(MAX_SITES_WITH_PAGES, clock);
    this.pages = new Kept<>(MAX_PAGES, clock);
  }

  /** Queries history, which leaves out what it cannot read and reports that in the log. */
  private <T> T read(Function<Statistics, T> question) {
    UnreadableItems unreadable = new UnreadableItems();
    T answer = question.apply(new Statistics(table.history(clock, unreadable), clock));
    for (UnreadableItems.Unreadable item : unreadable.named()) {
      LOG.error("Answered counts without {}, which cannot be read", item.item(), item.cause());
    }
    return answer;
  }

  LocalDate today() {
    return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
  }

  /** The first day with history; empty if the site has none. */
  Optional<LocalDate> since(String site) {
    return firstDays.get(site, () -> read(statistics -> statistics.firstDay(site)));
  }

  /** The first day of a period of a site. */
  LocalDate first(String site, CountPeriod period) {
    LocalDate today = today();
    return period.first(today, period == CountPeriod.ALL ? since(site).orElse(today) : today);
  }

  /** The totals of a site in a period. */
  Totals ofSite(String site, CountPeriod period) {
    return ofSite(site, first(site, period), today());
  }

  /**
   * The totals of a site over any days.
   *
   * @param to last day, inclusive
   * @throws com.visitorcount.history.statistics.InvalidQuestionException for days of another
   *     millennium
   */
  Totals ofSite(String site, LocalDate from, LocalDate to) {
    return wholes.get(
        new Days(site, from, to),
        () ->
            questions(site, from, to, List.of()).stream()
                .map(question -> read(statistics -> statistics.aggregate(question)))
                .reduce(Totals.NONE, Totals::plus));
  }

  /** The totals by day, for the last days up to today. */
  List<Totals> ofSiteByDay(String site, int days) {
    LocalDate today = today();
    LocalDate first = today.minusDays(days - 1L);
    return byDay(
        first,
        days,
        sites.get(
            new Days(site, first, today),
            () -> {
              SortedMap<LocalDate, Totals> totals = new TreeMap<>();
              Question question = question(site, first, today, List.of());
              read(statistics -> statistics.series(question, Interval.DAY))
                  .forEach(point -> totals.put(point.start().toLocalDate(), point.totals()));
              return totals;
            }));
  }

  /**
   * The totals of a page in a period; empty if they would require reading too many views of its
   * site.
   *
   * @throws com.visitorcount.history.statistics.InvalidQuestionException for a name longer than
   *     {@value Filter#MAX_CHARS} characters, if summaries do not name it
   */
  Optional<Totals> ofPage(PageId page, CountPeriod period) {
    return sum(pieces(page, first(page.site(), period), today(), period == CountPeriod.ALL));
  }

  /**
   * The totals of a page over any days.
   *
   * @param to last day, inclusive
   * @throws com.visitorcount.history.statistics.InvalidQuestionException as above, and for days of
   *     another millennium
   */
  Optional<Totals> ofPage(PageId page, LocalDate from, LocalDate to) {
    return sum(pieces(page, from, to, true));
  }

  private static Optional<Totals> sum(Optional<SortedMap<LocalDate, Totals>> pieces) {
    return pieces.map(each -> each.values().stream().reduce(Totals.NONE, Totals::plus));
  }

  /** The totals by day, for the last days up to today. */
  Optional<List<Totals>> ofPageByDay(PageId page, int days) {
    LocalDate first = today().minusDays(days - 1L);
    return pieces(page, first, today(), false).map(pieces -> byDay(first, days, pieces));
  }

  private static List<Totals> byDay(
      LocalDate first, int days, SortedMap<LocalDate, Totals> totals) {
    return first
        .datesUntil(first.plusDays(days))
        .map(day -> totals.getOrDefault(day, Totals.NONE))
        .toList();
  }

  private Optional<SortedMap<LocalDate, Totals>> pieces(
      PageId page, LocalDate first, LocalDate last, boolean months) {
    Days days = new Days(page.site(), first, last, months);
    List<Piece> pieces =
        pagesOfSites.get(
            days,
            () ->
                questions(page.site(), first, last, List.of()).stream()
                    .flatMap(
                        question ->
                            read(statistics -> statistics.pieces(question, Dimension.PAGE, months))
                                .stream())
                    .toList());
    SortedMap<LocalDate, Totals> totals = new TreeMap<>();
    List<Piece> unnamed = new ArrayList<>();
    for (Piece piece : pieces) {
      Totals named = piece.ofPage(page);
      if (named != null) {
        totals.put(piece.first(), named);
      } else if (piece.split().isCut()) {
        unnamed.add(piece);
      }
    }
    return unnamed.isEmpty()
        ? Optional.of(totals)
        : pages.get(
            new PageDays(page, first, last, months), () -> withUnnamed(page, totals, unnamed));
  }

  private Optional<SortedMap<LocalDate, Totals>> withUnnamed(
      PageId page, SortedMap<LocalDate, Totals> named, List<Piece> unnamed) {
    if (unnamed.stream().mapToLong(PeriodCounts::views).sum() > MAX_VIEWS_READ) {
      return Optional.empty();
    }
    SortedMap<LocalDate, Totals> totals = new TreeMap<>(named);
    List<Filter> filters = List.of(Filter.ofPage(page));
    for (Piece piece : unnamed) {
      Question question = question(page.site(), piece.first(), piece.last(), filters);
      totals.put(piece.first(), read(statistics -> statistics.aggregate(question)));
    }
    return Optional.of(totals);
  }

  private static long views(Piece piece) {
    return piece.split().values().values().stream().mapToLong(Totals::views).sum()
        + piece.split().other().views();
  }

  /** Splits the days into questions with few enough days each. */
  private static List<Question> questions(
      String site, LocalDate from, LocalDate to, List<Filter> filters) {
    List<Question> questions = new ArrayList<>();
    LocalDate first = from;
    while (!first.isAfter(to)) {
      LocalDate last = first.plusDays(Question.MAX_DAYS - 1L);
      questions.add(question(site, first, last.isBefore(to) ? last : to, filters));
      first = last.plusDays(1);
    }
    return questions;
  }

  private static Question question(
      String site, LocalDate from, LocalDate to, List<Filter> filters) {
    return new Question(site, from, to, ZoneOffset.UTC, filters);
  }
}
