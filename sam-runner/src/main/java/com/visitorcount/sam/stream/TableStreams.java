package com.visitorcount.sam.stream;

import com.visitorcount.sam.database.TableWrite;
import com.visitorcount.sam.database.Tap;
import com.visitorcount.sam.failure.LocalException;
import com.visitorcount.sam.function.Invoker;
import com.visitorcount.sam.storage.Buckets;
import com.visitorcount.sam.template.FunctionResource;
import com.visitorcount.sam.template.Stack;
import com.visitorcount.sam.template.StreamTrigger;
import com.visitorcount.sam.template.TableResource;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a template's tables do on their own: deliver their streams to the functions that read them,
 * and delete items when their time to live is over.
 */
public final class TableStreams implements AutoCloseable {
  private volatile boolean madeUp;
  private final Tap tap;
  private final List<TableResource> tables;
  private final Map<String, StreamDelivery> deliveries = new LinkedHashMap<>();

  private TableStreams(Tap tap, List<TableResource> tables, boolean madeUp) {
    this.tap = tap;
    this.tables = tables;
    this.madeUp = madeUp;
  }

  /** The names of the tables whose streams a function reads. */
  public static Set<String> read(Stack stack) {
    return stack.functions().stream()
        .flatMap(function -> function.streams().stream())
        .map(StreamTrigger::table)
        .collect(Collectors.toSet());
  }

  /**
   * Starts delivering, beginning with what an earlier run has left.
   *
   * @param tap not yet started
   * @param invocations gives the invoker for a function's id
   * @param buckets receives batches that are given up
   * @param madeUp as in {@link #makeUp}, also for what an earlier run has left
   * @throws LocalException for a mapping that is not supported here
   */
  public static TableStreams start(
      Tap tap,
      Stack stack,
      Function<String, Invoker> invocations,
      Clock clock,
      Buckets buckets,
      boolean madeUp) {
    TableStreams streams = new TableStreams(tap, stack.tables(), madeUp);
    try {
      for (FunctionResource function : stack.functions()) {
        for (StreamTrigger trigger : function.streams()) {
          streams.deliver(
              stack.table(trigger.table()),
              StreamDelivery.start(
                  function.id(),
                  trigger,
                  stack.table(trigger.table()),
                  invocations.apply(function.id()),
                  clock,
                  buckets,
                  tap::drop));
        }
      }
    } catch (RuntimeException e) {
      streams.close();
      throw e;
    }
    tap.start(clock, streams::accept);
    return streams;
  }

  private void deliver(TableResource table, StreamDelivery delivery) {
    if (deliveries.putIfAbsent(table.name(), delivery) != null) {
      delivery.close();
      throw new LocalException(
          "The stream of " + table.name() + " has two readers, and sam-runner delivers to one.");
    }
  }

  private void accept(TableWrite write) {
    @Nullable StreamDelivery delivery = deliveries.get(write.table());
    if (delivery != null) {
      delivery.accept(madeUp ? write.atItsView() : write);
    }
  }

  /**
   * Sets whether views are made up: their writes then get the time of the view, since only the
   * functions know the time of each.
   */
  public void makeUp(boolean views) {
    madeUp = views;
  }

  /**
   * Returns when every write answered so far has been handled or given up, without waiting for full
   * batches.
   *
   * @throws IllegalStateException if it takes too long, or dynalite has stopped
   */
  public void settle() {
    tap.catchUp();
    deliveries.values().forEach(StreamDelivery::awaitDelivered);
  }

  /**
   * Deletes expired items.
   *
   * @throws IllegalStateException if dynalite has stopped
   */
  public void expire(Instant now) {
    for (TableResource table : tables) {
      table.expiryAttribute().ifPresent(attribute -> tap.expire(table.name(), attribute, now));
    }
  }

  /** The batches that were given up. */
  public List<FailedBatch> failedBatches() {
    return deliveries.values().stream()
        .flatMap(delivery -> delivery.failedBatches().stream())
        .toList();
  }

  /** Stops, after invocations in progress. */
  @Override
  public void close() {
    deliveries.values().forEach(StreamDelivery::close);
  }
}
