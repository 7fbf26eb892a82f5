package com.visitorcount.read;

import static java.util.Objects.requireNonNull;
import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.visitorcount.counter.Counters;
import com.visitorcount.history.statistics.InvalidQuestionException;
import com.visitorcount.history.statistics.Totals;
import com.visitorcount.http.Endpoint;
import com.visitorcount.http.HttpRequest;
import com.visitorcount.http.HttpResponse;
import com.visitorcount.http.Metric;
import com.visitorcount.http.Problem;
import com.visitorcount.http.ProblemException;
import com.visitorcount.http.ProblemType;
import com.visitorcount.http.QueryParameters;
import com.visitorcount.http.RequestRecord;
import com.visitorcount.page.PageId;
import java.math.BigInteger;
import java.text.NumberFormat;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /counter/PATH.EXT}: the count of a page in GoatCounter's formats, or with {@code
 * TOTAL} the count of a site. The site comes from the request's {@code Origin}, or else its {@code
 * Referer}, unless the path or the query names one.
 */
final class GoatCounterEndpoint implements Endpoint {
  static final String PREFIX = "/counter/";

  private static final String TOTAL = "TOTAL";
  private static final int MAX_AGE_SECONDS = 300;
  private static final Pattern NAME_AND_FORM = Pattern.compile("(.+)\\.([a-z]+)", Pattern.DOTALL);
  private static final Pattern WEB_ADDRESS = Pattern.compile("(?i)https?://([^/?#]+).*");

  /** The id of a page, or an event. */
  private static final Pattern PAGE_ID =
      Pattern.compile("(?i)https?://.*|[^/!]*\\.[^/!]*/.*|[^/!]+!.+");

  private static final Map<String, Integer> DAYS_AGO = Map.of("week", 7, "month", 30, "year", 365);

  private final Settings settings;
  private final Counters counters;
  private final PeriodCounts periods;

  GoatCounterEndpoint(Settings settings, Counters counters, PeriodCounts periods) {
    this.settings = requireNonNull(settings, "settings");
    this.counters = requireNonNull(counters, "counters");
    this.periods = requireNonNull(periods, "periods");
  }

  private record Asked(String name, Form form) {}

  private enum Form {
    JSON,
    SVG,
    PNG,
    HTML
  }

  /**
   * The days of a request.
   *
   * @param from null: since history began
   */
  private record Range(@Nullable LocalDate from, @Nullable LocalDate to) {
    boolean isAll() {
      return from == null && to == null;
    }
  }

  /**
   * The counts to answer with.
   *
   * @param visitors null if not known
   */
  private record Count(@Nullable BigInteger views, @Nullable BigInteger visitors) {
    static Count of(@Nullable Totals totals) {
      return totals == null
          ? new Count(null, null)
          : new Count(BigInteger.valueOf(totals.views()), BigInteger.valueOf(totals.visitors()));
    }
  }

  @Override
  public HttpResponse answer(HttpRequest request, RequestRecord record) {
    request.requireMethod("GET", "HEAD");
    Asked asked = asked(request.path());
    QueryParameters query = request.queryParameters();
    Range range = new Range(start(query.first("start")), end(query.first("end")));
    String site = site(request);
    boolean total = asked.name().equals(TOTAL);
    Count count;
    try {
      count = total ? ofSite(request, site, range, record) : ofPage(request, asked, range, record);
    } catch (InvalidQuestionException e) {
      throw new ProblemException(ProblemType.INVALID_QUERY, e.getMessage());
    }
    record.count(Metric.READS);
    return response(asked.form(), count, total, query)
        .with(Map.of("cache-control", settings.countAccess().cacheControl(MAX_AGE_SECONDS)))
        .varyingBy("referer")
        .unlessUnchanged(request);
  }

  private static Asked asked(String path) {
    Matcher parts =
        NAME_AND_FORM.matcher(decoded(path.substring(Math.min(path.length(), PREFIX.length()))));
    if (parts.matches()) {
      for (Form form : Form.values()) {
        if (form.name().toLowerCase(Locale.ROOT).equals(parts.group(2))) {
          return new Asked(parts.group(1), form);
        }
      }
    }
    throw new ProblemException(
        ProblemType.NOT_FOUND,
        "Counts are at /counter/PATH.json, .svg, .png and .html, as in /counter//blog.json.");
  }

  private static String decoded(String path) {
    // a plus in a path is not a space
    return requireNonNull(
        QueryParameters.parse("p=" + path.replace("+", "%2B").replace("&", "%26")).first("p"));
  }

  private String site(HttpRequest request) {
    String named = request.queryParameters().first("site");
    if (named != null) {
      return SiteName.of(named, settings.pages().aliases());
    }
    String sender = requireNonNullElse(request.header("origin"), "");
    if (!WEB_ADDRESS.matcher(sender).matches()) {
      sender = requireNonNullElse(request.header("referer"), "");
    }
    Matcher address = WEB_ADDRESS.matcher(sender);
    return address.matches()
        ? SiteName.of(address.group(1), settings.pages().aliases())
        : PageId.DEFAULT_SITE;
  }

  private Count ofSite(HttpRequest request, String site, Range range, RequestRecord record) {
    settings.countAccess().requireSite(request, site);
    record.note("site", site);
    LocalDate from = requireNonNullElse(range.from(), first(site));
    LocalDate to = requireNonNullElse(range.to(), periods.today());
    return Count.of(to.isBefore(from) ? Totals.NONE : periods.ofSite(site, from, to));
  }

  private Count ofPage(HttpRequest request, Asked asked, Range range, RequestRecord record) {
    String name = asked.name();
    PageId page =
        PAGE_ID.matcher(name).matches()
            ? settings.pages().page(name)
            : settings.pages().page(prefix(site(request)) + "/" + name);
    settings.countAccess().require(request, List.of(page));
    record.note("page", page.toString());
    if (page.isEvent()) {
      if (!range.isAll()) {
        throw new ProblemException(
            ProblemType.INVALID_QUERY, "For an event, only the all-time count is available.");
      }
      return new Count(counters.read(page), null);
    }
    LocalDate from = requireNonNullElse(range.from(), first(page.site()));
    LocalDate to = requireNonNullElse(range.to(), periods.today());
    Optional<Totals> totals =
        to.isBefore(from) ? Optional.of(Totals.NONE) : periods.ofPage(page, from, to);
    Count ofHistory = Count.of(totals.orElse(null));
    return range.isAll() ? new Count(counters.read(page), ofHistory.visitors()) : ofHistory;
  }

  private static String prefix(String site) {
    return site.equals(PageId.DEFAULT_SITE) ? "" : site;
  }

  private LocalDate first(String site) {
    return periods.first(site, CountPeriod.ALL);
  }

  private @Nullable LocalDate start(@Nullable String text) {
    if (text == null || text.isEmpty()) {
      return null;
    }
    Integer daysAgo = DAYS_AGO.get(text);
    return daysAgo == null ? day(text) : periods.today().minusDays(daysAgo);
  }

  private @Nullable LocalDate end(@Nullable String text) {
    return text == null || text.isEmpty() ? null : day(text);
  }

  private static LocalDate day(String text) {
    try {
      return LocalDate.parse(text);
    } catch (DateTimeParseException e) {
      throw new ProblemException(
          ProblemType.INVALID_QUERY,
          "A day is written as in 2026-11-24; start may also be week, month or year.");
    }
  }

  private HttpResponse response(Form form, Count count, boolean total, QueryParameters query) {
    BigInteger views = count.views();
    String text = text(views);
    GoatCounterImage image =
        new GoatCounterImage(
            text,
            total,
            requireNonNullElse(query.first("no_branding"), "").isEmpty(),
            requireNonNullElse(query.first("style"), ""));
    return switch (form) {
      case JSON ->
          HttpResponse.json(
              // GoatCounter also answers 404 for a page without views
              views != null && views.signum() == 0 ? 404 : 200,
              JsonNodeFactory.instance
                  .objectNode()
                  .put("count", text)
                  .put("count_unique", text(count.visitors())));
      case SVG -> image.svg();
      case PNG -> image.png();
      case HTML -> image.html();
    };
  }

  private static String text(@Nullable BigInteger number) {
    return number == null ? "n/a" : NumberFormat.getIntegerInstance(Locale.ENGLISH).format(number);
  }

  @Override
  public HttpResponse problem(Problem problem, HttpRequest request) {
    return Endpoint.super.problem(problem, request).varyingBy("referer");
  }
}
