package com.visitorcount.read.statistics;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.visitorcount.counter.Counters;
import com.visitorcount.history.Account;
import com.visitorcount.history.Accounts;
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
  private final Accounts accounts;

  VerifyEndpoint(StatisticsAccess access, PageRules pages, Counters counters, Accounts accounts) {
    this.access = requireNonNull(access, "access");
    this.pages = requireNonNull(pages, "pages");
    this.counters = requireNonNull(counters, "counters");
    this.accounts = requireNonNull(accounts, "accounts");
  }

  @Override
  public HttpResponse answer(HttpRequest request, RequestRecord record) {
    request.requireMethod("GET", "HEAD");
    access.require(request);
    PageId page = request.queryParameters().page(pages);
    record.note("page", page.toString());
    Account account = accounts.of(page, () -> counters.state(page));
    record.count(Metric.READS);
    return HttpResponse.json(200, json(account));
  }

  private static ObjectNode json(Account account) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("page", account.page().toString());
    json.put("counter", account.counter());
    json.put("rows", account.rows());
    json.put("lost", account.lost());
    json.put("pending", account.pending());
    json.put("beyond_rows", account.beyondRows());
    json.put("before_history", account.beforeHistory());
    json.put("before_history_known", account.beforeHistoryKnown());
    json.put("surplus", account.surplus());
    json.put("adds_up", account.addsUp());
    ArrayNode days = json.putArray("days");
    account
        .rowsByDay()
        .forEach((day, rows) -> days.addObject().put("date", day.toString()).put("rows", rows));
    return json;
  }
}
