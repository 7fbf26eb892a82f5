package com.visitorcount.read;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.visitorcount.counter.Counters;
import com.visitorcount.history.statistics.InvalidQuestionException;
import com.visitorcount.history.statistics.Totals;
import com.visitorcount.http.Endpoint;
import com.visitorcount.http.HttpRequest;
import com.visitorcount.http.HttpResponse;
import com.visitorcount.http.Metric;
import com.visitorcount.http.ProblemException;
import com.visitorcount.http.ProblemType;
import com.visitorcount.http.QueryParameters;
import com.visitorcount.http.RequestRecord;
import com.visitorcount.page.PageId;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code GET /} with a site or a period: views and visitors of a site or of pages. */
final class PeriodEndpoint implements Endpoint {
  private static final int MAX_AGE_SECONDS = 60;

  private final Settings settings;
  private final PeriodCounts counts;

  PeriodEndpoint(Settings settings, PeriodCounts counts) {
    this.settings = requireNonNull(settings, "settings");
    this.counts = requireNonNull(counts, "counts");
  }

  /** Whether a request is for this endpoint. */
  static boolean isAskedBy(QueryParameters query) {
    return query.first("site") != null || query.first("period") != null;
  }

  @Override
  public HttpResponse answer(HttpRequest request, RequestRecord record) {
    request.requireMethod("GET", "HEAD");
    QueryParameters query = request.queryParameters();
    String period = query.first("period");
    CountPeriod asked = period == null ? CountPeriod.ALL : CountPeriod.of(period);
    String site = query.first("site");
    ObjectNode answer;
    try {
      answer = site == null ? pages(request, asked, record) : site(request, site, asked, record);
    } catch (InvalidQuestionException e) {
      throw new ProblemException(ProblemType.INVALID_QUERY, e.getMessage());
    }
    record.count(Metric.READS);
    return HttpResponse.json(200, answer)
        .with(Map.of("cache-control", settings.countAccess().cacheControl(MAX_AGE_SECONDS)))
        .unlessUnchanged(request);
  }

  private ObjectNode site(
      HttpRequest request, String name, CountPeriod period, RequestRecord record) {
    if (request.queryParameters().first("page") != null) {
      throw new ProblemException(
          ProblemType.INVALID_QUERY, "Ask for a site or for pages, not for both.");
    }
    String site = SiteName.of(name, settings.pages().aliases());
    settings.countAccess().requireSite(request, site);
    record.note("site", site);
    ObjectNode answer = JsonNodeFactory.instance.objectNode().put("site", site);
    writePeriod(answer, site, period);
    write(answer, counts.ofSite(site, period));
    return answer;
  }

  private ObjectNode pages(HttpRequest request, CountPeriod period, RequestRecord record) {
    List<String> names = request.queryParameters().all("page");
    if (names.size() > Counters.MAX_PAGES) {
      throw new ProblemException(
          ProblemType.MALFORMED_REQUEST,
          "At most " + Counters.MAX_PAGES + " pages can be asked for at once.");
    }
    Map<String, PageId> pages = new LinkedHashMap<>();
    names.forEach(name -> pages.put(name, settings.pages().page(name)));
    if (names.isEmpty()) {
      pages.put("", PageId.DEFAULT_PAGE);
    }
    settings.countAccess().require(request, pages.values());
    if (pages.values().stream().anyMatch(PageId::isEvent)) {
      throw new ProblemException(
          ProblemType.INVALID_QUERY, "For an event, only the all-time count is available.");
    }
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    if (names.size() > 1) {
      requireOneSite(pages);
      writePeriod(answer, pages.values().iterator().next().site(), period);
      ObjectNode each = answer.putObject("counts");
      pages.forEach((name, page) -> write(each.putObject(name), totals(page, period)));
    } else {
      PageId page = pages.values().iterator().next();
      record.note("page", page.toString());
      writePeriod(answer.put("page", page.toString()), page.site(), period);
      write(answer, totals(page, period));
    }
    return answer;
  }

  /** Each site has its own history and first day. */
  private static void requireOneSite(Map<String, PageId> pages) {
    if (pages.values().stream().map(PageId::site).distinct().count() > 1) {
      throw new ProblemException(
          ProblemType.INVALID_QUERY, "With a period, all pages must belong to one site.");
    }
  }

  private @Nullable Totals totals(PageId page, CountPeriod period) {
    return counts.ofPage(page, period).orElse(null);
  }

  private void writePeriod(ObjectNode answer, String site, CountPeriod period) {
    answer.put("period", period.text());
    if (period == CountPeriod.ALL) {
      Optional<LocalDate> since = counts.since(site);
      answer.put("since", since.map(LocalDate::toString).orElse(null));
    } else {
      answer.put("from", counts.first(site, period).toString());
      answer.put("to", counts.today().toString());
    }
  }

  private static void write(ObjectNode answer, @Nullable Totals totals) {
    answer.put("views", totals == null ? null : totals.views());
    answer.put("visitors", totals == null ? null : totals.visitors());
  }
}
