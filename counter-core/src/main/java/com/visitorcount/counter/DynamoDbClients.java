package com.visitorcount.counter;

import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.retries.api.RetryStrategy;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClientBuilder;

/**
 * Makes all DynamoDB clients. They have limits of {@value #MAX_ATTEMPTS} attempts of at most 900
 * ms, and 1.8 s in all, since the SDK's own (9 attempts, no overall limit) outlast every browser's
 * patience. Region, credentials and endpoint come from the SDK's default chains. Open one client
 * and share it: it is safe for use by several threads.
 */
public final class DynamoDbClients {
  static final int MAX_ATTEMPTS = 3;
  static final Duration ATTEMPT_TIMEOUT = Duration.ofMillis(900);
  static final Duration TOTAL_TIMEOUT = Duration.ofMillis(1_800);

  /** Shorter than any limit of a call. */
  private static final long PURGE_MILLIS = 200;

  private static final ScheduledExecutorService TIMERS = timers();

  private static final int PATIENT_ATTEMPTS = 20;
  private static final Duration CONNECT_TIMEOUT = Duration.ofMillis(500);

  private DynamoDbClients() {}

  /** A builder with these limits, for further configuration. */
  public static DynamoDbClientBuilder builder() {
    return limited()
        .httpClientBuilder(
            Apache5HttpClient.builder()
                .connectionTimeout(CONNECT_TIMEOUT)
                .socketTimeout(ATTEMPT_TIMEOUT)
                .connectionAcquisitionTimeout(ATTEMPT_TIMEOUT));
  }

  /**
   * A client for programs that nobody waits for: it retries a call for a minute with growing
   * delays, so that it slows down rather than fails when the table throttles it.
   */
  public static DynamoDbClientBuilder patient() {
    BackoffStrategy backoff =
        BackoffStrategy.exponentialDelay(Duration.ofMillis(50), Duration.ofSeconds(5));
    return DynamoDbClient.builder()
        .httpClientBuilder(Apache5HttpClient.builder())
        .overrideConfiguration(
            override ->
                override
                    .retryStrategy(
                        AwsRetryStrategy.standardRetryStrategy().toBuilder()
                            .maxAttempts(PATIENT_ATTEMPTS)
                            .backoffStrategy(backoff)
                            .throttlingBackoffStrategy(backoff)
                            .build())
                    .apiCallAttemptTimeout(Duration.ofSeconds(10))
                    .apiCallTimeout(Duration.ofSeconds(60)));
  }

  /**
   * A client that never uses the network: it prepares and signs each call with dummy credentials,
   * and answers it with a dummy item. For running the code of a call without the call.
   */
  public static DynamoDbClient rehearsal() {
    return limited()
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("nobody", "nothing")))
        .httpClient(new RehearsalHttpClient())
        .build();
  }

  private static DynamoDbClientBuilder limited() {
    return DynamoDbClient.builder()
        .overrideConfiguration(
            override ->
                override
                    .scheduledExecutorService(TIMERS)
                    .retryStrategy(retryStrategy())
                    .apiCallAttemptTimeout(ATTEMPT_TIMEOUT)
                    .apiCallTimeout(TOTAL_TIMEOUT));
  }

  /**
   * The result of a call to DynamoDB. Exceptions of our own code are not caught.
   *
   * @throws StoreUnavailableException if the SDK reports that the call failed
   */
  public static <T> T orUnavailable(Supplier<T> call) {
    try {
      return call.get();
    } catch (SdkException e) {
      throw new StoreUnavailableException("The call to DynamoDB failed", e);
    }
  }

  /**
   * Runs the two timers of each call, which are cancelled when the call ends. The SDK's own
   * executor wakes a thread when a timer is set and again when it would have expired. This one does
   * neither, because the purge of cancelled timers is always due first.
   */
  private static ScheduledExecutorService timers() {
    ScheduledThreadPoolExecutor timers =
        new ScheduledThreadPoolExecutor(
            1,
            work -> {
              Thread thread = new Thread(work, "timers-of-calls");
              thread.setDaemon(true);
              return thread;
            });
    ScheduledFuture<?> unused =
        timers.scheduleWithFixedDelay(
            timers::purge, PURGE_MILLIS, PURGE_MILLIS, TimeUnit.MILLISECONDS);
    return timers;
  }

  private static RetryStrategy retryStrategy() {
    BackoffStrategy backoff =
        BackoffStrategy.exponentialDelay(Duration.ofMillis(25), Duration.ofMillis(200));
    return AwsRetryStrategy.standardRetryStrategy().toBuilder()
        .maxAttempts(MAX_ATTEMPTS)
        .backoffStrategy(backoff)
        .throttlingBackoffStrategy(backoff)
        .build();
  }
}
