package com.visitorcount.read.statistics;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.visitorcount.history.ShareGenerations;
import com.visitorcount.history.statistics.InvalidQuestionException;
import com.visitorcount.http.Endpoint;
import com.visitorcount.http.HttpRequest;
import com.visitorcount.http.HttpResponse;
import com.visitorcount.http.Metric;
import com.visitorcount.http.ProblemException;
import com.visitorcount.http.ProblemType;
import com.visitorcount.http.RequestRecord;
import com.visitorcount.page.SiteAliases;
import java.util.Map;
import java.util.Objects;

/**
 * {@code /api/v1/sites/share}: {@code GET} gives the owner the key that opens a site to others, or
 * only what matches {@code share_filters}; {@code DELETE} revokes all keys of the site so far.
 */
final class ShareEndpoint implements Endpoint {
  static final String PATH = "/api/v1/sites/share";

  private final StatisticsAccess access;
  private final SiteAliases aliases;
  private final ShareGenerations generations;

  ShareEndpoint(StatisticsAccess access, SiteAliases aliases, ShareGenerations generations) {
    this.generations = requireNonNull(generations, "generations");
    this.access = requireNonNull(access, "access");
    this.aliases = requireNonNull(aliases, "aliases");
  }

  @Override
  public HttpResponse answer(HttpRequest request, RequestRecord record) {
    request.requireMethod("GET", "HEAD", "DELETE");
    access.requireOwner(request);
    if (!access.hasShareKeys()) {
      throw new ProblemException(
          ProblemType.NOT_FOUND, "There are no share keys: StatisticsShareSecret is not set.");
    }
    try {
      String site =
          aliases.site(StatisticsEndpoint.site(request.queryParameters().first("site_id")));
      String filters =
          Objects.requireNonNullElse(
              request.queryParameters().first(StatisticsAccess.SHARE_FILTERS), "");
      StatisticsRequest.limit(filters);
      if (request.method().equals("DELETE")) {
        generations.takeBack(site);
      }
      record.count(Metric.READS);
      return HttpResponse.json(
              200,
              JsonNodeFactory.instance
                  .objectNode()
                  .put("site_id", site)
                  .put("share", access.shareKey(site, filters)))
          .with(Map.of("cache-control", "no-store"));
    } catch (InvalidQuestionException e) {
      throw new ProblemException(ProblemType.INVALID_QUERY, e.getMessage());
    }
  }
}
