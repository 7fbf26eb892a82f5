package com.visitorcount.read.statistics;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.visitorcount.history.statistics.History;
import com.visitorcount.http.Endpoint;
import com.visitorcount.http.HttpRequest;
import com.visitorcount.http.HttpResponse;
import com.visitorcount.http.Metric;
import com.visitorcount.http.QueryParameters;
import com.visitorcount.http.RequestRecord;
import com.visitorcount.page.SiteAliases;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /api/v1/sites}: the sites that have history; with a key, the site that it opens; with
 * a key and a site, that site, even if it has no history yet.
 */
final class SitesEndpoint implements Endpoint {
  static final String PATH = "/api/v1/sites";

  private final StatisticsAccess access;
  private final SiteAliases aliases;
  private final String incrementUrl;
  private final History history;

  /**
   * @param incrementUrl URL that pages send views to; empty: not known
   */
  SitesEndpoint(
      StatisticsAccess access, SiteAliases aliases, String incrementUrl, History history) {
    this.access = requireNonNull(access, "access");
    this.aliases = requireNonNull(aliases, "aliases");
    this.incrementUrl = requireNonNull(incrementUrl, "incrementUrl");
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
    if (!incrementUrl.isEmpty()) {
      json.put("collector", incrementUrl);
    }
    record.count(Metric.READS);
    return HttpResponse.json(200, json)
        .with(Map.of("cache-control", "private, no-cache"))
        .unlessUnchanged(request);
  }

  private List<String> sites(HttpRequest request) {
    QueryParameters query = request.queryParameters();
    if (query.first("share") == null) {
      access.require(request);
      return withHistory();
    }
    @Nullable String asked = query.first("site_id");
    String site = asked == null ? "" : aliases.site(asked);
    if (asked != null && access.opensWithin(request, site)) {
      return List.of(site);
    }
    List<String> all = withHistory();
    List<String> opened = access.opened(request, all);
    if (opened.isEmpty()) {
      access.require(request);
      return all;
    }
    return opened;
  }

  /**
   * Leaves out aliases: what was counted for a name before it became an alias cannot be queried by
   * it.
   */
  private List<String> withHistory() {
    return history.sites().stream().filter(site -> aliases.site(site).equals(site)).toList();
  }
}
