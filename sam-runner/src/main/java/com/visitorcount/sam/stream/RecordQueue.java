package com.visitorcount.sam.stream;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** The records of a shard that have not been handled yet. */
final class RecordQueue {
  /** Keeps an event below Lambda's limit of 6 MB. */
  private static final int MAX_BATCH_BYTES = 6_000_000;

  private final int batchSize;
  private final Duration window;
  private final Deque<StreamRecord> waiting = new ArrayDeque<>();
  private long added;
  private long finished;
  private long wanted;
  private boolean closed;

  /**
   * @param window how long an incomplete batch waits for more records
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

  /** Waits for the next batch; empty when the queue is closed. */
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

  /** Marks the next records as finished. */
  synchronized void finish(int records) {
    finished += records;
    notifyAll();
  }

  /** Releases all records so far without waiting for full batches. */
  synchronized void hurry() {
    wanted = added;
    notifyAll();
  }

  /**
   * Waits until the records that were added before are finished.
   *
   * @return false if the timeout passed or the queue was closed first
   */
  synchronized boolean awaitFinished(Duration timeout) throws InterruptedException {
    long target = added;
    Timer timer = new Timer(timeout);
    while (finished < target && !closed && !timer.isOver()) {
      wait(timer.restMillis());
    }
    return finished >= target;
  }

  /** Waits for a time, or until the queue is closed. */
  synchronized void pause(Duration pause) throws InterruptedException {
    Timer timer = new Timer(pause);
    while (!closed && !timer.isOver()) {
      wait(timer.restMillis());
    }
  }

  /** Ends all waiting; nothing more can be taken. */
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

    /** Never 0, which would mean forever. */
    long restMillis() {
      return Math.max(1, Duration.ofNanos(restNanos()).toMillis());
    }

    private long restNanos() {
      return endNanos - System.nanoTime();
    }
  }
}
