package com.visitorcount.benchmarks;

import com.visitorcount.counter.DynamoDbClients;
import com.visitorcount.counter.DynamoDbCounters;
import com.visitorcount.counter.StoreUnavailableException;
import com.visitorcount.page.PageId;
import com.visitorcount.view.View;
import com.visitorcount.view.ViewId;
import java.io.IOException;
import java.net.URI;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Our counter of {@link Exactness}. A view that was answered 503 is sent again, as the tracker
 * does.
 */
final class GuardedViews {
  private static final int FIRST_WAIT_MILLIS = 500;
  private static final int LAST_WAIT_MILLIS = 8_000;

  private GuardedViews() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    ViewLines.run(GuardedViews::counter);
  }

  private static ViewLines.Counter counter(URI endpoint) {
    DynamoDbCounters counters =
        new DynamoDbCounters(
            DynamoDbClients.builder().endpointOverride(endpoint).build(),
            System.getenv("TABLE_NAME"),
            System::nanoTime);
    PageId page = PageId.of(Exactness.page(endpoint));
    return number -> count(counters, View.of(page, new ViewId("view-" + number), Instant.now()));
  }

  /**
   * Counts a view, and sends it again with the same id where the answer is 503: after as long as
   * the tracker waits, and then on, so that no view is missing in the end.
   */
  static void count(DynamoDbCounters counters, View view) {
    for (int wait = FIRST_WAIT_MILLIS; ; wait = Math.min(4 * wait, LAST_WAIT_MILLIS)) {
      try {
        counters.add(view);
        return;
      } catch (StoreUnavailableException e) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(wait));
      }
    }
  }
}
