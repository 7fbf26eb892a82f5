package com.visitorcount.sam.stream;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** The records of a shard that have not been handled yet, between who adds and who takes them. */
final class RecordQueue {
  /** Of an event, so that it stays below Lambda's limit of 6 MB. */
  private static final int MAX_BATCH_BYTES = 6_000_000;

  private final int batchSize;
  private final Duration window;
  private final Deque<StreamRecord> waiting = new ArrayDeque<>();
  private long added;
  private long finished;
  private long wanted;
  private boolean closed;

  /**
   * @param window how long a batch that is not full waits for more
   */
  RecordQueue(int batchSize, Duration window) {
    this.batchSize = batchSize;
    this.window = window;
  }

  synchronized void add(StreamRecord record) {
    waiting.add(record);
    added++;
    notifyAll();
  }

  /** Waits for the next batch; an empty one when the queue is closed. */
  synchronized List<StreamRecord> next() throws InterruptedException {
    while (waiting.isEmpty() && !closed) {
      wait();
    }
    Timer timer = new Timer(window);
    while (waiting.size() < batchSize && finished >= wanted && !closed && !timer.isOver()) {
      wait(timer.restMillis());
    }
    List<StreamRecord> batch = new ArrayList<>();
    int bytes = 0;
    while (!closed && !waiting.isEmpty() && batch.size() < batchSize) {
      bytes += waiting.element().bytes();
      if (bytes > MAX_BATCH_BYTES && !batch.isEmpty()) {
        break;
      }
      batch.add(waiting.remove());
    }
    return batch;
  }

  /** So many more need no further attention. */
  synchronized void finish(int records) {
    finished += records;
    notifyAll();
  }

  /** Lets no batch of the records so far wait for more. */
  synchronized void hurry() {
    wanted = added;
    notifyAll();
  }

  /**
   * Waits until the records that were added before are finished.
   *
   * @return whether they were, before the timeout and the end of the queue
   */
  synchronized boolean awaitFinished(Duration timeout) throws InterruptedException {
    long target = added;
    Timer timer = new Timer(timeout);
    while (finished < target && !closed && !timer.isOver()) {
      wait(timer.restMillis());
    }
    return finished >= target;
  }

  /** Waits so long, or until the queue is closed. */
  synchronized void pause(Duration pause) throws InterruptedException {
    Timer timer = new Timer(pause);
    while (!closed && !timer.isOver()) {
      wait(timer.restMillis());
    }
  }

  /** Ends all waiting; nothing is taken from it any more. */
  synchronized void close() {
    closed = true;
    notifyAll();
  }

  synchronized boolean isClosed() {
    return closed;
  }

  private static final class Timer {
    private final long endNanos;

    Timer(Duration time) {
      this.endNanos = System.nanoTime() + time.toNanos();
    }

    boolean isOver() {
      return restNanos() <= 0;
    }

    /** Never 0, which would be for ever. */
    long restMillis() {
      return Math.max(1, Duration.ofNanos(restNanos()).toMillis());
    }

    private long restNanos() {
      return endNanos - System.nanoTime();
    }
  }
}
