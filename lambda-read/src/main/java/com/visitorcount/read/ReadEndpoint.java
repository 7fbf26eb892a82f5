package com.visitorcount.read;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.visitorcount.counter.Counters;
import com.visitorcount.http.Endpoint;
import com.visitorcount.http.HttpRequest;
import com.visitorcount.http.HttpResponse;
import com.visitorcount.http.Metric;
import com.visitorcount.http.ProblemException;
import com.visitorcount.http.ProblemType;
import com.visitorcount.http.QueryParameters;
import com.visitorcount.http.RequestRecord;
import com.visitorcount.page.PageId;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/** {@code GET /}: the count of one page, or of several at once; or their numbers in a period. */
final class ReadEndpoint implements Endpoint {
  private final Settings settings;
  private final Counters counters;
  private final Endpoint periods;

  /**
   * @param periods answers for sites and periods
   */
  ReadEndpoint(Settings settings, Counters counters, Endpoint periods) {
    this.settings = requireNonNull(settings, "settings");
    this.counters = requireNonNull(counters, "counters");
    this.periods = requireNonNull(periods, "periods");
  }

  @Override
  public HttpResponse answer(HttpRequest request, RequestRecord record) {
    request.requireMethod("GET", "HEAD");
    QueryParameters query = request.queryParameters();
    if (PeriodEndpoint.isAskedBy(query)) {
      return periods.answer(request, record);
    }
    List<String> asked = query.all("page");
    ObjectNode answer = asked.size() > 1 ? several(asked, request, record) : one(request, record);
    record.count(Metric.READS);
    return HttpResponse.json(200, answer);
  }

  private ObjectNode one(HttpRequest request, RequestRecord record) {
    PageId page = request.queryParameters().page(settings.pages());
    settings.countAccess().require(request, List.of(page));
    record.note("page", page.toString());
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    answer.put("page", page.toString());
    answer.put("count", counters.read(page));
    return answer;
  }

  /**
   * Each count under the name that the client used, which need not be the page's canonical id; null
   * for a broken counter, which is also listed among the errors.
   */
  private ObjectNode several(List<String> asked, HttpRequest request, RequestRecord record) {
    if (asked.size() > Counters.MAX_PAGES) {
      throw new ProblemException(
          ProblemType.MALFORMED_REQUEST,
          "At most " + Counters.MAX_PAGES + " pages can be asked for at once.");
    }
    Map<String, PageId> pages = new LinkedHashMap<>();
    for (String name : asked) {
      pages.put(name, settings.pages().page(name));
    }
    settings.countAccess().require(request, pages.values());
    Map<PageId, BigInteger> found = counters.read(new LinkedHashSet<>(pages.values()));
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    ObjectNode counts = answer.putObject("counts");
    pages.forEach((name, page) -> counts.put(name, found.get(page)));
    List<String> broken =
        pages.keySet().stream().filter(name -> counts.path(name).isNull()).toList();
    if (!broken.isEmpty()) {
      record.count(Metric.FAULTS);
      record.note("problem", ProblemType.BROKEN_COUNTER.slug());
      // the log has the first of them
      record.note("page", requireNonNull(pages.get(broken.get(0))).toString());
      ObjectNode errors = answer.putObject("errors");
      broken.forEach(name -> errors.put(name, ProblemType.BROKEN_COUNTER.slug()));
    }
    return answer;
  }
}
