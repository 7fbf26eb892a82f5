package com.visitorcount.counter;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Counters that wait a minute for an answer, for tests on a busy machine. */
public final class PatientCounters {
  private PatientCounters() {}

  public static Counters of(DynamoDbClient client, String table) {
    AtomicLong nanos = new AtomicLong();
    return new DynamoDbCounters(
        client,
        table,
        new AnswerTimes(
            () -> nanos.addAndGet(Duration.ofMinutes(5).toNanos()), Duration.ofMinutes(1)));
  }
}
