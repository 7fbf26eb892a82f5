package com.visitorcount.sam.schedule;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does something every second, on its own thread, even after failures. */
public final class Ticker implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Ticker.class);
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(2);

  private final Runnable work;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread thread = new Thread(this::run, "ticker");

  private Ticker(Runnable work) {
    this.work = work;
  }

  /** Starts at once. */
  public static Ticker start(Runnable work) {
    Ticker ticker = new Ticker(work);
    ticker.thread.setDaemon(true);
    ticker.thread.start();
    return ticker;
  }

  private void run() {
    try {
      do {
        attempt();
      } while (!closed.await(1, TimeUnit.SECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void attempt() {
    try {
      work.run();
    } catch (RuntimeException e) {
      LOG.error("A schedule failed", e);
    }
  }

  /** Stops, waiting up to two seconds for work in progress. */
  @Override
  public void close() {
    closed.countDown();
    try {
      thread.join(CLOSE_TIMEOUT.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
