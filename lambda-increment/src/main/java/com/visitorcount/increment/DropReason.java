package com.visitorcount.increment;

import com.visitorcount.http.HttpResponse;
import com.visitorcount.http.Metric;
import com.visitorcount.http.RequestRecord;
import java.util.Locale;
import java.util.Map;

/** Why a view is answered, but not counted. */
enum DropReason {
  /** It comes from an address that the owner does not count. */
  EXCLUDED,
  /** A browser asks in case somebody will want to see the page. */
  PREFETCH,
  /** A program asks, and nobody looks. */
  BOT;

  /** Short name, as in {@code bot}. */
  String slug() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Records the drop, and says so in the answer. */
  HttpResponse mark(HttpResponse answer, RequestRecord record) {
    record.count(Metric.DROPPED_VIEWS);
    record.note("dropped", slug());
    return answer.with(Map.of("visitorcount-dropped", slug()));
  }
}
