package com.visitorcount.read;

import static java.util.Objects.requireNonNull;

import com.visitorcount.badge.Bars;
import com.visitorcount.counter.Counters;
import com.visitorcount.history.statistics.InvalidQuestionException;
import com.visitorcount.history.statistics.Totals;
import com.visitorcount.http.HttpRequest;
import com.visitorcount.http.ProblemException;
import com.visitorcount.http.ProblemType;
import com.visitorcount.http.QueryParameters;
import com.visitorcount.http.RequestRecord;
import com.visitorcount.page.PageId;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.ToLongFunction;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What a badge shows of a page or site.
 *
 * @param label for a badge without a label of its own
 * @param numbers null for an unknown number
 * @param bars numbers of the last days; null if not asked for or not known
 */
record Shown(String label, List<@Nullable BigInteger> numbers, @Nullable Bars bars) {
  private enum What {
    VIEWS("views", "views"),
    VISITORS("visitors", "visitors"),
    TODAY("today", "views today"),
    MONTH("month", "views this month"),
    TODAY_AND_TOTAL("today+total", "today / total");

    private final String text;
    private final String label;

    What(String text, String label) {
      this.text = text;
      this.label = label;
    }

    static What of(@Nullable String text) {
      // a plus that was not percent-encoded arrives as a space
      String name = text == null ? VIEWS.text : text.replace(' ', '+');
      return Arrays.stream(values())
          .filter(what -> what.text.equals(name))
          .findFirst()
          .orElseThrow(
              () -> invalid("A badge can show views, visitors, today, month or today+total."));
    }
  }

  /** Reads what a request asks for. */
  static final class Reader {
    private final Settings settings;
    private final Counters counters;
    private final PeriodCounts periods;

    Reader(Settings settings, Counters counters, PeriodCounts periods) {
      this.settings = settings;
      this.counters = counters;
      this.periods = periods;
    }

    /**
     * Answers {@code page} or {@code site}, {@code show} and {@code days}.
     *
     * @param withBase gives the number to show for a count of all views
     * @throws ProblemException 400 for an invalid parameter, 401 for a count that is not public
     */
    Shown read(HttpRequest request, UnaryOperator<BigInteger> withBase, RequestRecord record) {
      QueryParameters query = request.queryParameters();
      What what = What.of(query.first("show"));
      int days = days(query.first("days"));
      String site = query.first("site");
      try {
        PageId page = site == null ? page(request, record) : null;
        if (page != null && page.isEvent() && (what != What.VIEWS || days > 0)) {
          throw invalid("For an event, only the all-time count can be shown.");
        }
        return page != null
            ? new OfPage(page).shown(what, days, withBase)
            : new OfSite(site(request, requireNonNull(site), record)).shown(what, days, withBase);
      } catch (InvalidQuestionException e) {
        throw new ProblemException(ProblemType.INVALID_QUERY, String.valueOf(e.getMessage()));
      }
    }

    private PageId page(HttpRequest request, RequestRecord record) {
      PageId page = request.queryParameters().page(settings.pages());
      settings.countAccess().require(request, List.of(page));
      record.note("page", page.toString());
      return page;
    }

    private String site(HttpRequest request, String name, RequestRecord record) {
      if (request.queryParameters().first("page") != null) {
        throw invalid("Ask for a site or for a page, not for both.");
      }
      String site = SiteName.of(name, settings.pages().aliases());
      settings.countAccess().requireSite(request, site);
      record.note("site", site);
      return site;
    }

    private static int days(@Nullable String text) {
      if (text == null) {
        return 0;
      }
      if (text.matches("[0-9]{1,2}")) {
        int days = Integer.parseInt(text);
        if (days >= 1 && days <= Bars.MAX_DAYS) {
          return days;
        }
      }
      throw invalid("A graph has from 1 to " + Bars.MAX_DAYS + " days, as in days=30.");
    }

    private abstract static class Subject {
      abstract BigInteger all();

      abstract Optional<Totals> totals(CountPeriod period);

      abstract Optional<List<Totals>> byDay(int days);

      Shown shown(What what, int days, UnaryOperator<BigInteger> withBase) {
        List<@Nullable BigInteger> numbers = new ArrayList<>();
        switch (what) {
          case VIEWS -> numbers.add(withBase.apply(all()));
          case VISITORS -> numbers.add(number(CountPeriod.ALL, Totals::visitors));
          case TODAY -> numbers.add(number(CountPeriod.TODAY, Totals::views));
          case MONTH -> numbers.add(number(CountPeriod.MONTH, Totals::views));
          case TODAY_AND_TOTAL -> {
            numbers.add(number(CountPeriod.TODAY, Totals::views));
            numbers.add(withBase.apply(all()));
          }
        }
        ToLongFunction<Totals> value = what == What.VISITORS ? Totals::visitors : Totals::views;
        Bars bars =
            days == 0
                ? null
                : byDay(days)
                    .map(each -> new Bars(each.stream().map(value::applyAsLong).toList()))
                    .orElse(null);
        return new Shown(what.label, numbers, bars);
      }

      private @Nullable BigInteger number(CountPeriod period, ToLongFunction<Totals> value) {
        return totals(period)
            .map(totals -> BigInteger.valueOf(value.applyAsLong(totals)))
            .orElse(null);
      }
    }

    private final class OfPage extends Subject {
      private final PageId page;

      OfPage(PageId page) {
        this.page = page;
      }

      @Override
      BigInteger all() {
        return counters.read(page);
      }

      @Override
      Optional<Totals> totals(CountPeriod period) {
        return periods.ofPage(page, period);
      }

      @Override
      Optional<List<Totals>> byDay(int days) {
        return periods.ofPageByDay(page, days);
      }
    }

    private final class OfSite extends Subject {
      private final String site;

      OfSite(String site) {
        this.site = site;
      }

      @Override
      BigInteger all() {
        return BigInteger.valueOf(periods.ofSite(site, CountPeriod.ALL).views());
      }

      @Override
      Optional<Totals> totals(CountPeriod period) {
        return Optional.of(periods.ofSite(site, period));
      }

      @Override
      Optional<List<Totals>> byDay(int days) {
        return Optional.of(periods.ofSiteByDay(site, days));
      }
    }
  }

  private static ProblemException invalid(String detail) {
    return new ProblemException(ProblemType.INVALID_QUERY, detail);
  }
}
