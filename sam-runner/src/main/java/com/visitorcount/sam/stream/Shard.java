package com.visitorcount.sam.stream;

import java.util.List;
import java.util.function.Consumer;

/** A share of a table's keys, whose records go to the function batch by batch. */
final class Shard implements Runnable {
  private final RecordQueue queue;
  private final Attempts attempts;
  private final Consumer<List<String>> handled;

  /**
   * @param handled receives the sequence numbers of finished records
   */
  Shard(RecordQueue queue, Attempts attempts, Consumer<List<String>> handled) {
    this.queue = queue;
    this.attempts = attempts;
    this.handled = handled;
  }

  RecordQueue queue() {
    return queue;
  }

  /** Runs until the queue is closed. */
  @Override
  public void run() {
    try {
      for (List<StreamRecord> batch = queue.next(); !batch.isEmpty(); batch = queue.next()) {
        if (attempts.deliver(batch.stream().filter(StreamRecord::isWanted).toList())) {
          handled.accept(batch.stream().map(StreamRecord::sequenceNumber).toList());
          queue.finish(batch.size());
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
