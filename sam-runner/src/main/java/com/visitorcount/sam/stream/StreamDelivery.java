package com.visitorcount.sam.stream;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.visitorcount.sam.database.TableWrite;
import com.visitorcount.sam.failure.LocalException;
import com.visitorcount.sam.function.Invoker;
import com.visitorcount.sam.storage.Buckets;
import com.visitorcount.sam.template.StreamTrigger;
import com.visitorcount.sam.template.TableResource;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs an event source mapping: every record of a table's stream reaches the function at least
 * once, in order for each key, in batches and with retries as configured in the template.
 */
public final class StreamDelivery implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(StreamDelivery.class);

  /** As in a new on-demand table, which has this many partitions. */
  private static final int SHARDS = 4;

  private static final Duration DELIVERY_TIMEOUT = Duration.ofMinutes(2);
  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(2);

  private final TableResource table;
  private final RecordFilter filter;
  private final List<FailedBatch> failedBatches = new CopyOnWriteArrayList<>();
  private final List<Shard> shards = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();

  private StreamDelivery(TableResource table, RecordFilter filter) {
    this.table = table;
    this.filter = filter;
  }

  /**
   * Starts delivering what {@link #accept} receives.
   *
   * @param functionName name of the function
   * @param buckets receives batches that are given up, if the mapping says so
   * @param handled receives the sequence numbers of records that need not be sent again
   * @throws LocalException for an unsupported filter
   */
  public static StreamDelivery start(
      String functionName,
      StreamTrigger trigger,
      TableResource table,
      Invoker function,
      Clock clock,
      Buckets buckets,
      Consumer<List<String>> handled) {
    StreamDelivery delivery = new StreamDelivery(table, RecordFilter.of(trigger.filterPatterns()));
    for (int i = 0; i < SHARDS * trigger.parallelization(); i++) {
      String shardId = "shardId-%020d-local".formatted(i % SHARDS);
      RecordQueue queue = new RecordQueue(trigger.batchSize(), trigger.window());
      Attempts attempts =
          new Attempts(
              shardId,
              functionName,
              trigger,
              function,
              clock,
              queue,
              batch -> delivery.keep(batch, trigger, buckets));
      Shard shard = new Shard(queue, attempts, handled);
      Thread thread = new Thread(shard, functionName + "-" + i);
      thread.setDaemon(true);
      delivery.shards.add(shard);
      delivery.threads.add(thread);
    }
    delivery.threads.forEach(Thread::start);
    return delivery;
  }

  private void keep(FailedBatch batch, StreamTrigger trigger, Buckets buckets) {
    failedBatches.add(batch);
    String where =
        trigger
            .failureBucket()
            .map(bucket -> object(bucket, batch, buckets))
            .orElse("there is no destination");
    LOG.error(
        "{} gave up a batch of {}: {}, {}",
        batch.functionName(),
        batch.batchSize(),
        batch.condition(),
        where);
  }

  /** As on AWS, what cannot be written to the bucket is lost, and the stream continues. */
  private static String object(String bucket, FailedBatch batch, Buckets buckets) {
    try {
      return "it is in " + buckets.put(bucket, batch.key(), batch.json().getBytes(UTF_8));
    } catch (LocalException e) {
      LOG.error("A failed batch could not be stored", e);
      return "it is lost";
    }
  }

  /** Accepts a write on the table for delivery. */
  public void accept(TableWrite write) {
    StreamRecord record = StreamRecord.of(write, table, filter);
    shards.get(Math.floorMod(record.keyHash(), shards.size())).queue().add(record);
  }

  /**
   * Returns when everything accepted so far has been handled or given up, without waiting for full
   * batches.
   *
   * @throws IllegalStateException if it takes longer than two minutes
   */
  public void awaitDelivered() {
    shards.forEach(shard -> shard.queue().hurry());
    try {
      for (Shard shard : shards) {
        if (!shard.queue().awaitFinished(DELIVERY_TIMEOUT)) {
          throw new IllegalStateException("The records of the stream are not handled");
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted", e);
    }
  }

  /** The batches that were given up. */
  public List<FailedBatch> failedBatches() {
    return List.copyOf(failedBatches);
  }

  /**
   * Stops, waiting up to two seconds for invocations in progress; waiting records are not
   * delivered.
   */
  @Override
  public void close() {
    shards.forEach(shard -> shard.queue().close());
    long end = System.nanoTime() + CLOSE_TIMEOUT.toNanos();
    try {
      for (Thread thread : threads) {
        thread.join(Math.max(1, Duration.ofNanos(end - System.nanoTime()).toMillis()));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
