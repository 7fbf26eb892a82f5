package com.visitorcount.history;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.visitorcount.counter.StoreUnavailableException;
import java.time.Duration;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/**
 * Limits writes to some write units a second, apart from a burst: closing a large day must leave
 * the table's capacity to new views. If DynamoDB throttles a write all the same, it is retried for
 * half a minute. Not safe for use by several threads.
 */
final class PacedItems extends ForwardingItems {
  private static final int WRITE_UNIT_BYTES = 1_024;

  /** About what attribute names and types add to an item. */
  private static final int OVERHEAD_BYTES = 24;

  /** How many seconds' worth of units a burst may use. DynamoDB itself allows 300. */
  private static final int BURST_SECONDS = 60;

  private static final int MAX_TRIES = 30;
  private static final long NANOS_OF_A_SECOND = Duration.ofSeconds(1).toNanos();

  private final double unitsPerSecond;
  private final LongSupplier nanoTime;
  private final LongConsumer sleep;

  /** Units available now; negative after a large write. */
  private double units;

  private long last;

  /**
   * @param nanoTime a monotonic clock, in nanoseconds
   * @param sleep waits for some nanoseconds
   */
  PacedItems(Items items, double unitsPerSecond, LongSupplier nanoTime, LongConsumer sleep) {
    super(items);
    this.unitsPerSecond = unitsPerSecond;
    this.nanoTime = requireNonNull(nanoTime, "nanoTime");
    this.sleep = requireNonNull(sleep, "sleep");
    this.units = BURST_SECONDS * unitsPerSecond;
    this.last = nanoTime.getAsLong();
  }

  @Override
  public void put(Item item) {
    pace(item);
    for (int tries = 1; ; tries++) {
      try {
        super.put(item);
        return;
      } catch (StoreUnavailableException e) {
        if (tries == MAX_TRIES || !isThrottled(e)) {
          throw e;
        }
        sleep.accept(NANOS_OF_A_SECOND);
      }
    }
  }

  private static boolean isThrottled(StoreUnavailableException e) {
    return e.getCause() instanceof AwsServiceException refusal && refusal.isThrottlingException();
  }

  private void pace(Item item) {
    long now = nanoTime.getAsLong();
    double seconds = (now - last) / (double) NANOS_OF_A_SECOND;
    last = now;
    units = Math.min(BURST_SECONDS * unitsPerSecond, units + seconds * unitsPerSecond);
    if (units < 0) {
      sleep.accept((long) (-units / unitsPerSecond * NANOS_OF_A_SECOND));
    }
    units -= unitsOf(item);
  }

  private static int unitsOf(Item item) {
    int size =
        item.partition().getBytes(UTF_8).length
            + item.sort().length()
            + item.revision().length()
            + item.bytes().length
            + OVERHEAD_BYTES;
    return (size + WRITE_UNIT_BYTES - 1) / WRITE_UNIT_BYTES;
  }

  @Override
  public boolean putIf(Item item, String knownRevision) {
    pace(item);
    return super.putIf(item, knownRevision);
  }
}
