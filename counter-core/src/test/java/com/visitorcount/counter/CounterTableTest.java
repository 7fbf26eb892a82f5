package com.visitorcount.counter;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoMoreInteractions;
import static org.mockito.Mockito.when;

import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;

final class CounterTableTest {
  private final DynamoDbClient client = mock();
  private final CounterTable table = new CounterTable(client, "VisitorCount");

  @Test
  void warmUp_readsOnceAndCountsNothing() {
    when(client.getItem(any(GetItemRequest.class))).thenReturn(GetItemResponse.builder().build());

    table.warmUp();

    verify(client).getItem(any(GetItemRequest.class));
    verifyNoMoreInteractions(client);
  }

  @Test
  void warmUp_storeIsDown_isNoFailure() {
    when(client.getItem(any(GetItemRequest.class)))
        .thenThrow(SdkClientException.create("connection refused"));

    assertThatCode(table::warmUp).doesNotThrowAnyException();
  }
}
