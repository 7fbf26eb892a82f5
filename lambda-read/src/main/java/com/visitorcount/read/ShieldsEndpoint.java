package com.visitorcount.read;

import static java.util.Objects.requireNonNull;

import com.visitorcount.badge.BadgeRequest;
import com.visitorcount.http.Endpoint;
import com.visitorcount.http.HttpRequest;
import com.visitorcount.http.HttpResponse;
import com.visitorcount.http.Metric;
import com.visitorcount.http.RequestRecord;
import java.util.Map;

/** {@code GET /shields.json}: a badge's content for an endpoint badge, which shields.io draws. */
final class ShieldsEndpoint implements Endpoint {
  /** The least that shields.io accepts. */
  private static final int MAX_AGE_SECONDS = 300;

  private final Settings settings;
  private final Shown.Reader reader;

  ShieldsEndpoint(Settings settings, Shown.Reader reader) {
    this.settings = requireNonNull(settings, "settings");
    this.reader = requireNonNull(reader, "reader");
  }

  @Override
  public HttpResponse answer(HttpRequest request, RequestRecord record) {
    request.requireMethod("GET", "HEAD");
    BadgeRequest badge = BadgeRequest.of(request);
    Shown shown = reader.read(request, badge::withBase, record);
    record.count(Metric.READS);
    return badge
        .shields(shown.label(), shown.numbers(), MAX_AGE_SECONDS)
        .with(Map.of("cache-control", settings.countAccess().cacheControl(MAX_AGE_SECONDS)))
        .unlessUnchanged(request);
  }
}
