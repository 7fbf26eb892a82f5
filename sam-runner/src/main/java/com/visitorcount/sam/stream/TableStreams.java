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
 * What a template's tables do by themselves: the stream of each is brought to the function that
 * reads it, and items go when their time to live is over.
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

  /** The names of the tables whose streams somebody reads. */
  public static Set<String> read(Stack stack) {
    return stack.functions().stream()
        .flatMap(function -> function.streams().stream())
        .map(StreamTrigger::table)
        .collect(Collectors.toSet());
  }

  /**
   * Starts to deliver, first what an earlier run has left.
   *
   * @param tap not yet started
   * @param invocations for the id of a function, what invokes it
   * @param buckets gets what is given up
   * @param madeUp as {@link #makeUp} says it, for what an earlier run has left too
   * @throws LocalException for a mapping that cannot be run here
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
   * Says whether views are being made up: they are written when they are said to have happened,
   * since only the functions know what time it is for each.
   */
  public void makeUp(boolean views) {
    madeUp = views;
  }

  /**
   * Returns when every write that was answered before has been handled or given up. Nothing waits
   * for its batch to be full.
   *
   * @throws IllegalStateException if it takes too long, or dynalite has stopped
   */
  public void settle() {
    tap.catchUp();
    deliveries.values().forEach(StreamDelivery::awaitDelivered);
  }

  /**
   * Deletes the items whose time is over.
   *
   * @throws IllegalStateException if dynalite has stopped
   */
  public void expire(Instant now) {
    for (TableResource table : tables) {
      table.expiryAttribute().ifPresent(attribute -> tap.expire(table.name(), attribute, now));
    }
  }

  /** What was given up. */
  public List<FailedBatch> failedBatches() {
    return deliveries.values().stream()
        .flatMap(delivery -> delivery.failedBatches().stream())
        .toList();
  }

  /** Stops, after the invocations that are under way. */
  @Override
  public void close() {
    deliveries.values().forEach(StreamDelivery::close);
  }
}
