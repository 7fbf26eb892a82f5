package com.visitorcount.sam.stream;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.visitorcount.sam.function.FunctionFailedException;
import com.visitorcount.sam.function.Invoker;
import com.visitorcount.sam.function.ThrottledException;
import com.visitorcount.sam.template.Arn;
import com.visitorcount.sam.template.StreamTrigger;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Invokes a function with batches until each is handled or given up, as Lambda does: records that
 * the function reports as handled are not sent again; a failed batch is split in two if the mapping
 * bisects, which does not count as a retry; records that fail too often or become too old are given
 * up.
 */
final class Attempts {
  private static final Logger LOG = LoggerFactory.getLogger(Attempts.class);

  /** Lambda's pauses are longer; here nobody else needs the function. */
  private static final Duration FIRST_PAUSE = Duration.ofMillis(20);

  private static final Duration LONGEST_PAUSE = Duration.ofMillis(500);

  private final String shardId;
  private final String functionName;
  private final StreamTrigger trigger;
  private final Invoker function;
  private final Clock clock;
  private final RecordQueue queue;
  private final Consumer<FailedBatch> failures;

  Attempts(
      String shardId,
      String functionName,
      StreamTrigger trigger,
      Invoker function,
      Clock clock,
      RecordQueue queue,
      Consumer<FailedBatch> failures) {
    this.shardId = shardId;
    this.functionName = functionName;
    this.trigger = trigger;
    this.function = function;
    this.clock = clock;
    this.queue = queue;
    this.failures = failures;
  }

  /**
   * Returns when the batch is handled or given up.
   *
   * @return false if the queue was closed first
   */
  boolean deliver(List<StreamRecord> batch) throws InterruptedException {
    List<StreamRecord> rest = batch;
    int failed = 0;
    while (!queue.isClosed()) {
      rest = withoutTheOld(rest, failed);
      if (rest.isEmpty()) {
        return true;
      }
      OptionalInt handled = invoke(rest);
      if (handled.isEmpty()) {
        queue.pause(LONGEST_PAUSE);
        continue;
      }
      rest = rest.subList(handled.getAsInt(), rest.size());
      if (rest.isEmpty()) {
        return true;
      }
      failed++;
      if (trigger.bisect() && handled.getAsInt() > 0) {
        failed = 0;
      } else if (trigger.bisect() && rest.size() > 1) {
        int half = rest.size() / 2;
        return deliver(rest.subList(0, half)) && deliver(rest.subList(half, rest.size()));
      } else if (trigger.maxRetries().isPresent() && failed > trigger.maxRetries().getAsInt()) {
        giveUp(rest, "RetryAttemptsExhausted", failed);
        return true;
      } else {
        queue.pause(pauseAfter(failed));
      }
    }
    return false;
  }

  /**
   * How many records the function has handled, from the first one on; empty if it was throttled.
   */
  private OptionalInt invoke(List<StreamRecord> batch) {
    try {
      byte[] answer = function.invoke(StreamRecord.event(batch));
      return OptionalInt.of(
          trigger.reportsFailures() ? BatchAnswer.handled(answer, batch) : batch.size());
    } catch (ThrottledException e) {
      return OptionalInt.empty();
    } catch (RuntimeException e) {
      if (!queue.isClosed()) {
        LOG.warn("{} failed on a batch of {}: {}", functionName, batch.size(), reason(e));
      }
      return OptionalInt.of(0);
    }
  }

  private static String reason(RuntimeException e) {
    return String.valueOf(e instanceof FunctionFailedException ? e.getCause() : e);
  }

  private List<StreamRecord> withoutTheOld(List<StreamRecord> batch, int failed) {
    if (trigger.maxRecordAge().isEmpty()) {
      return batch;
    }
    Instant oldest = clock.instant().minus(trigger.maxRecordAge().get());
    int old = 0;
    while (old < batch.size() && batch.get(old).at().isBefore(oldest)) {
      old++;
    }
    if (old > 0) {
      giveUp(batch.subList(0, old), "RecordAgeExceeded", failed);
    }
    return batch.subList(old, batch.size());
  }

  private void giveUp(List<StreamRecord> batch, String condition, int failed) {
    StreamRecord first = batch.get(0);
    StreamRecord last = batch.get(batch.size() - 1);
    failures.accept(
        new FailedBatch(
            functionName,
            condition,
            failed,
            clock.instant(),
            shardId,
            first.sequenceNumber(),
            last.sequenceNumber(),
            first.at(),
            last.at(),
            batch.size(),
            Arn.ofStream(trigger.table()),
            new String(StreamRecord.event(batch), UTF_8)));
  }

  private static Duration pauseAfter(int failed) {
    Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(failed - 1, 10));
    return pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
  }
}
