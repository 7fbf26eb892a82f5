package com.visitorcount.counter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import com.visitorcount.page.PageId;
import com.visitorcount.view.View;
import com.visitorcount.view.ViewId;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mockito.ArgumentCaptor;
import software.amazon.awssdk.core.RequestOverrideConfiguration;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.BatchGetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.InternalServerErrorException;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;
import software.amazon.awssdk.services.dynamodb.model.ProvisionedThroughputExceededException;
import software.amazon.awssdk.services.dynamodb.model.RequestLimitExceededException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ThrottlingException;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemResponse;

/** What the emulator cannot do; everything else is tested against it. */
final class DynamoDbCountersTest {
  private static final PageId PAGE = PageId.of("example.com/a");
  private static final PageId OTHER = PageId.of("example.com/b");
  private static final View VIEW =
      View.of(PAGE, new ViewId("view-1"), Instant.parse("2026-11-25T10:15:30Z"));

  private final DynamoDbClient client = mock();
  private final Counters counters = new DynamoDbCounters(client, "VisitorCount", System::nanoTime);

  @Test
  void add_refusedWithTheItem_countsFromItWithoutAnotherCall() {
    when(client.updateItem(any(UpdateItemRequest.class)))
        .thenThrow(ConditionalCheckFailedException.builder().item(item(PAGE, "41")).build());

    assertThat(counters.add(VIEW)).isEqualTo(new Counted(BigInteger.valueOf(41), true));
    verify(client, never()).getItem(any(GetItemRequest.class));
  }

  @Test
  void add_refusedWithoutTheItem_readsTheCountConsistently() {
    when(client.updateItem(any(UpdateItemRequest.class)))
        .thenThrow(ConditionalCheckFailedException.builder().build());
    when(client.getItem(any(GetItemRequest.class)))
        .thenReturn(GetItemResponse.builder().item(item(PAGE, "41")).build());

    assertThat(counters.add(VIEW)).isEqualTo(new Counted(BigInteger.valueOf(41), true));
    ArgumentCaptor<GetItemRequest> request = ArgumentCaptor.forClass(GetItemRequest.class);
    verify(client).getItem(request.capture());
    assertThat(request.getValue().consistentRead()).isTrue();
  }

  @Test
  void add_refusedBySecondAttempt_isTheViewThatTheFirstCounted() {
    when(client.updateItem(any(UpdateItemRequest.class)))
        .thenThrow(
            ConditionalCheckFailedException.builder()
                .item(item(PAGE, "41"))
                .numAttempts(2)
                .build());

    assertThat(counters.add(VIEW)).isEqualTo(new Counted(BigInteger.valueOf(41), false));
  }

  @Test
  void add_answerThatDoesNotCome_isSentAgainBeforeEightOthersComeAtThirtyASecond() {
    when(client.updateItem(any(UpdateItemRequest.class)))
        .thenReturn(UpdateItemResponse.builder().attributes(item(PAGE, "40")).build());
    int answered = 100;
    for (int i = 0; i < answered; i++) {
      counters.add(VIEW);
    }
    when(client.updateItem(any(UpdateItemRequest.class)))
        .thenThrow(ApiCallTimeoutException.create(250))
        .thenThrow(ConditionalCheckFailedException.builder().item(item(PAGE, "41")).build());

    assertThat(counters.add(VIEW)).isEqualTo(new Counted(BigInteger.valueOf(41), false));
    ArgumentCaptor<UpdateItemRequest> sent = ArgumentCaptor.forClass(UpdateItemRequest.class);
    verify(client, times(answered + 2)).updateItem(sent.capture());
    List<Optional<Duration>> timeouts =
        sent.getAllValues().stream().map(DynamoDbCountersTest::timeout).toList();
    // at its first call, a process has loaded no code and has no connection
    assertThat(timeouts.get(0)).isEmpty();
    assertThat(timeouts.get(answered).orElseThrow().multipliedBy(30))
        .isLessThan(Duration.ofSeconds(8));
    assertThat(timeouts.get(answered + 1)).contains(DynamoDbClients.TOTAL_TIMEOUT);
  }

  private static Optional<Duration> timeout(UpdateItemRequest request) {
    return request.overrideConfiguration().flatMap(RequestOverrideConfiguration::apiCallTimeout);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-3", "2.5", "1E40", "99999999999999999999999999999999999999"})
  void add_refusedBecauseOfTheCount_isBrokenAndNoDuplicate_caseC2(String views) {
    when(client.updateItem(any(UpdateItemRequest.class)))
        .thenThrow(ConditionalCheckFailedException.builder().item(item(PAGE, views)).build());

    assertThatThrownBy(() -> counters.add(VIEW)).isInstanceOf(BrokenCounterException.class);
  }

  @Test
  void everyCall_faultOfOurOwn_isNotPutDownToDynamoDb() {
    IllegalStateException fault = new IllegalStateException("a bug");
    when(client.updateItem(any(UpdateItemRequest.class))).thenThrow(fault);
    when(client.getItem(any(GetItemRequest.class))).thenThrow(fault);
    when(client.batchGetItem(any(BatchGetItemRequest.class))).thenThrow(fault);

    assertThatThrownBy(() -> counters.add(VIEW)).isSameAs(fault);
    assertThatThrownBy(() -> counters.read(PAGE)).isSameAs(fault);
    assertThatThrownBy(() -> counters.state(PAGE)).isSameAs(fault);
    assertThatThrownBy(() -> counters.read(Set.of(PAGE, OTHER))).isSameAs(fault);
  }

  @Test
  void read_anItemWithoutItsId_isUnavailable() {
    when(client.getItem(any(GetItemRequest.class)))
        .thenReturn(
            GetItemResponse.builder().item(Map.of("views", AttributeValue.fromN("41"))).build());

    assertThatThrownBy(() -> counters.read(PAGE)).isInstanceOf(StoreUnavailableException.class);
  }

  static Stream<SdkException> troubles() {
    return Stream.of(
        SdkClientException.create("connection refused"),
        ApiCallTimeoutException.create(2_000),
        ProvisionedThroughputExceededException.builder().message("slow down").build(),
        ThrottlingException.builder().message("slow down").build(),
        RequestLimitExceededException.builder().message("slow down").build(),
        InternalServerErrorException.builder().message("internal").build(),
        ResourceNotFoundException.builder().message("no table").build(),
        DynamoDbException.builder().message("AccessDenied").statusCode(400).build());
  }

  @ParameterizedTest
  @MethodSource("troubles")
  void everyCall_troubleInDynamoDb_isUnavailable(SdkException trouble) {
    when(client.updateItem(any(UpdateItemRequest.class))).thenThrow(trouble);
    when(client.getItem(any(GetItemRequest.class))).thenThrow(trouble);
    when(client.batchGetItem(any(BatchGetItemRequest.class))).thenThrow(trouble);

    assertThatThrownBy(() -> counters.add(VIEW))
        .isInstanceOf(StoreUnavailableException.class)
        .hasCause(trouble);
    assertThatThrownBy(() -> counters.read(PAGE))
        .isInstanceOf(StoreUnavailableException.class)
        .hasCause(trouble);
    assertThatThrownBy(() -> counters.read(Set.of(PAGE, OTHER)))
        .isInstanceOf(StoreUnavailableException.class)
        .hasCause(trouble);
  }

  @Test
  void add_refusedAndThenUnreadable_isUnavailable() {
    SdkException trouble = SdkClientException.create("connection refused");
    when(client.updateItem(any(UpdateItemRequest.class)))
        .thenThrow(ConditionalCheckFailedException.builder().build());
    when(client.getItem(any(GetItemRequest.class))).thenThrow(trouble);

    assertThatThrownBy(() -> counters.add(VIEW))
        .isInstanceOf(StoreUnavailableException.class)
        .hasCause(trouble);
  }

  @Test
  void read_keysLeftUnprocessed_asksForThemAgain() {
    Map<String, KeysAndAttributes> rest =
        Map.of(
            "VisitorCount", KeysAndAttributes.builder().keys(List.of(ItemKeys.of(OTHER))).build());
    when(client.batchGetItem(any(BatchGetItemRequest.class)))
        .thenReturn(
            BatchGetItemResponse.builder()
                .responses(Map.of("VisitorCount", List.of(item(PAGE, "1"))))
                .unprocessedKeys(rest)
                .build(),
            BatchGetItemResponse.builder().responses(Map.of()).unprocessedKeys(rest).build(),
            BatchGetItemResponse.builder()
                .responses(Map.of("VisitorCount", List.of(item(OTHER, "2"))))
                .unprocessedKeys(Map.of())
                .build());

    assertThat(counters.read(Set.of(PAGE, OTHER)))
        .containsOnly(Map.entry(PAGE, BigInteger.ONE), Map.entry(OTHER, BigInteger.TWO));
    ArgumentCaptor<BatchGetItemRequest> requests =
        ArgumentCaptor.forClass(BatchGetItemRequest.class);
    verify(client, times(3)).batchGetItem(requests.capture());
    assertThat(requests.getAllValues().get(0).requestItems().get("VisitorCount").consistentRead())
        .isTrue();
    assertThat(requests.getAllValues().get(1).requestItems()).isEqualTo(rest);
  }

  @Test
  void read_keysLeftUnprocessedForGood_isUnavailableAndNotZero() {
    when(client.batchGetItem(any(BatchGetItemRequest.class)))
        .thenReturn(
            BatchGetItemResponse.builder()
                .responses(Map.of())
                .unprocessedKeys(Map.of("VisitorCount", KeysAndAttributes.builder().build()))
                .build());

    assertThatThrownBy(() -> counters.read(Set.of(PAGE, OTHER)))
        .isInstanceOf(StoreUnavailableException.class);
  }

  @Test
  void builder_limits_fitABrowsersPatience() {
    try (DynamoDbClient opened = withRegion(() -> DynamoDbClients.builder().build())) {
      var override = opened.serviceClientConfiguration().overrideConfiguration();

      assertThat(override.apiCallTimeout()).contains(DynamoDbClients.TOTAL_TIMEOUT);
      assertThat(override.apiCallAttemptTimeout()).contains(DynamoDbClients.ATTEMPT_TIMEOUT);
      assertThat(override.retryStrategy().orElseThrow().maxAttempts()).isEqualTo(3);
    }
    assertThat(
            AnswerTimes.SHORTEST_WAIT
                .plus(DynamoDbClients.TOTAL_TIMEOUT)
                .plus(DynamoDbCounters.FOLLOWING_CALL_TIMEOUT))
        .isLessThanOrEqualTo(Duration.ofSeconds(3));
  }

  private static DynamoDbClient withRegion(Supplier<DynamoDbClient> open) {
    System.setProperty("aws.region", "eu-central-1");
    try {
      return open.get();
    } finally {
      System.clearProperty("aws.region");
    }
  }

  private static Map<String, AttributeValue> item(PageId page, String views) {
    return Map.of(
        "id", AttributeValue.fromS(page.toString()), "views", AttributeValue.fromN(views));
  }
}
