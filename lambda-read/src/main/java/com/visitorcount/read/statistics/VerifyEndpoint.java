package com.visitorcount.read.statistics;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.visitorcount.counter.Counters;
import com.visitorcount.history.ConsistencyCheck;
import com.visitorcount.history.ConsistencyReport;
import com.visitorcount.history.statistics.UnreadableItems;
import com.visitorcount.http.Endpoint;
import com.visitorcount.http.HttpRequest;
import com.visitorcount.http.HttpResponse;
import com.visitorcount.http.Metric;
import com.visitorcount.http.RequestRecord;
import com.visitorcount.page.PageId;
import com.visitorcount.page.PageRules;

/** {@code GET /api/v1/verify?page=P}: whether the history of a page adds up to its counter. */
final class VerifyEndpoint implements Endpoint {
  static final String PATH = "/api/v1/verify";

  private final StatisticsAccess access;
  private final PageRules pages;
  private final Counters counters;
  private final ConsistencyCheck consistencyCheck;

  VerifyEndpoint(
      StatisticsAccess access,
      PageRules pages,
      Counters counters,
      ConsistencyCheck consistencyCheck) {
    this.access = requireNonNull(access, "access");
    this.pages = requireNonNull(pages, "pages");
    this.counters = requireNonNull(counters, "counters");
    this.consistencyCheck = requireNonNull(consistencyCheck, "consistencyCheck");
  }

  @Override
  public HttpResponse answer(HttpRequest request, RequestRecord record) {
    request.requireMethod("GET", "HEAD");
    access.require(request);
    PageId page = request.queryParameters().page(pages);
    record.note("page", page.toString());
    UnreadableItems unreadable = new UnreadableItems();
    ConsistencyReport report = consistencyCheck.of(page, () -> counters.state(page), unreadable);
    Incomplete incomplete = Incomplete.report(unreadable, record);
    record.count(Metric.READS);
    ObjectNode json = json(report);
    incomplete.writeTo(json);
    return HttpResponse.json(200, json).with(incomplete.headers());
  }

  private static ObjectNode json(ConsistencyReport report) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("page", report.page().toString());
    json.put("counter", report.counter());
    json.put("rows", report.rows());
    json.put("lost", report.lost());
    json.put("pending", report.pending());
    json.put("beyond_rows", report.beyondRows());
    json.put("before_history", report.beforeHistory());
    json.put("before_history_known", report.beforeHistoryKnown());
    json.put("surplus", report.surplus());
    json.put("adds_up", report.addsUp());
    ArrayNode days = json.putArray("days");
    report
        .rowsByDay()
        .forEach((day, rows) -> days.addObject().put("date", day.toString()).put("rows", rows));
    return json;
  }
}
