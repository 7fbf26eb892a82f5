package com.visitorcount.read.statistics;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.visitorcount.http.Endpoint;
import com.visitorcount.http.HttpRequest;
import com.visitorcount.http.HttpResponse;
import com.visitorcount.http.Metric;
import com.visitorcount.http.RequestRecord;
import com.visitorcount.statistics.History;
import java.util.List;
import java.util.Map;

/** {@code GET /api/v1/sites}: the sites that have history; with a key, that which it opens. */
final class SitesEndpoint implements Endpoint {
  static final String PATH = "/api/v1/sites";

  private final StatisticsAccess access;
  private final History history;

  SitesEndpoint(StatisticsAccess access, History history) {
    this.access = requireNonNull(access, "access");
    this.history = requireNonNull(history, "history");
  }

  @Override
  public HttpResponse answer(HttpRequest request, RequestRecord record) {
    request.requireMethod("GET", "HEAD");
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    ArrayNode sites = json.putArray("sites");
    for (String site : sites(request)) {
      sites.addObject().put("site_id", site);
    }
    record.count(Metric.READS);
    return HttpResponse.json(200, json)
        .with(Map.of("cache-control", "private, no-cache"))
        .unlessUnchanged(request);
  }

  private List<String> sites(HttpRequest request) {
    if (request.queryParameters().first("share") == null) {
      access.require(request);
      return history.sites();
    }
    List<String> all = history.sites();
    List<String> opened = all.stream().filter(site -> access.opens(request, site)).toList();
    if (opened.isEmpty()) {
      access.require(request);
      return all;
    }
    return opened;
  }
}
