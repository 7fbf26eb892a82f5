package com.visitorcount.increment;

import com.visitorcount.http.HttpResponse;
import com.visitorcount.http.Metric;
import com.visitorcount.http.RequestRecord;
import java.util.Locale;
import java.util.Map;

/** Why a view is answered, but not counted. */
enum DropReason {
  /** It comes from an address that the owner has excluded. */
  EXCLUDED,
  /** A browser prefetches the page in case somebody wants to see it. */
  PREFETCH,
  /** It comes from a program, not a person. */
  BOT;

  /** Short name, such as {@code bot}. */
  String slug() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Records the drop and marks the answer. */
  HttpResponse mark(HttpResponse answer, RequestRecord record) {
    record.count(Metric.DROPPED_VIEWS);
    record.note("dropped", slug());
    return answer.with(Map.of("visitorcount-dropped", slug()));
  }
}
