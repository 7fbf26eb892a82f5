package com.visitorcount.local.store;

import java.time.Duration;
import java.util.function.IntConsumer;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemResponse;

/**
 * A store that executes all calls but sometimes never answers, and the visitors who come in the
 * meantime. Time is simulated: a call without an answer lasts as long as its timeout, and the views
 * due in that time are sent before it ends. So the outcome does not depend on the machine's speed.
 */
final class HangingStore implements DynamoDbClient {
  private static final long ANSWER_NANOS = Duration.ofMillis(5).toNanos();

  private final DynamoDbClient store;
  private final long intervalNanos;
  private final int hangEvery;
  private long now;
  private int arrived;
  private int views;
  private boolean hangs;
  private int lostAnswers;
  private IntConsumer visitor = number -> {};

  /**
   * @param hangEvery every view whose number is a multiple of this gets no answer
   */
  HangingStore(DynamoDbClient store, int viewsPerSecond, int hangEvery) {
    this.store = store;
    this.intervalNanos = Duration.ofSeconds(1).toNanos() / viewsPerSecond;
    this.hangEvery = hangEvery;
  }

  /** The simulated clock. */
  long nanoTime() {
    return now;
  }

  int lostAnswers() {
    return lostAnswers;
  }

  /**
   * Sends views one by one, each when it is due.
   *
   * @param visitor sends the view with this number
   */
  void visit(int views, IntConsumer visitor) {
    this.visitor = visitor;
    this.views = views;
    visitUntil(Long.MAX_VALUE);
  }

  private void visitUntil(long end) {
    while (arrived < views && arrived * intervalNanos < end) {
      now = Math.max(now, arrived * intervalNanos);
      arrived++;
      hangs = arrived % hangEvery == 0;
      visitor.accept(arrived);
    }
  }

  @Override
  public UpdateItemResponse updateItem(UpdateItemRequest request) {
    UpdateItemResponse answer =
        store.updateItem(
            request.toBuilder()
                .overrideConfiguration((AwsRequestOverrideConfiguration) null)
                .build());
    if (hangs) {
      hangs = false;
      lostAnswers++;
      Duration timeout =
          request
              .overrideConfiguration()
              .flatMap(AwsRequestOverrideConfiguration::apiCallTimeout)
              .orElseThrow();
      long end = now + timeout.toNanos();
      visitUntil(end);
      now = end;
      throw ApiCallTimeoutException.create(timeout.toMillis());
    }
    now += ANSWER_NANOS;
    return answer;
  }

  @Override
  public GetItemResponse getItem(GetItemRequest request) {
    now += ANSWER_NANOS;
    return store.getItem(
        request.toBuilder().overrideConfiguration((AwsRequestOverrideConfiguration) null).build());
  }

  @Override
  public String serviceName() {
    return store.serviceName();
  }

  /** Leaves the store open. */
  @Override
  public void close() {}
}
