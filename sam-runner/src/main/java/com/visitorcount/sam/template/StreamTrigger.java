package com.visitorcount.sam.template;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A function's event source mapping on a table's stream, within AWS's limits.
 *
 * @param table name of the table
 * @param batchSize most records in one invocation
 * @param window how long an incomplete batch waits for more records
 * @param parallelization how many batches of a shard, with different keys, may be in progress
 * @param bisect whether a failed batch is split in two
 * @param maxRetries empty: until a record is too old
 * @param maxRecordAge empty: as long as the stream keeps it
 * @param reportsFailures whether the function's answer says what it could not handle
 * @param filterPatterns JSON; if there are any, a record that matches none is skipped
 * @param failureBucket name of the bucket for batches that were given up
 */
public record StreamTrigger(
    String table,
    int batchSize,
    Duration window,
    int parallelization,
    boolean bisect,
    OptionalInt maxRetries,
    Optional<Duration> maxRecordAge,
    boolean reportsFailures,
    List<String> filterPatterns,
    Optional<String> failureBucket) {
  private static final int MAX_FILTERS = 5;

  /**
   * @throws IllegalArgumentException for what AWS would refuse
   */
  public StreamTrigger {
    requireNonNull(table, "table");
    filterPatterns = List.copyOf(filterPatterns);
    requireWithin("BatchSize", batchSize, 1, 10_000);
    requireWithin("MaximumBatchingWindowInSeconds", window.toSeconds(), 0, 300);
    requireWithin("ParallelizationFactor", parallelization, 1, 10);
    requireWithin("MaximumRetryAttempts", maxRetries.orElse(0), 0, 10_000);
    requireWithin(
        "MaximumRecordAgeInSeconds",
        maxRecordAge.orElse(Duration.ofMinutes(1)).toSeconds(),
        60,
        604_800);
    if (filterPatterns.size() > MAX_FILTERS) {
      throw new IllegalArgumentException("FilterCriteria has more than 5 Filters");
    }
  }

  private static void requireWithin(String name, long value, long least, long most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          "%s must be from %d to %d, not %d".formatted(name, least, most, value));
    }
  }
}
