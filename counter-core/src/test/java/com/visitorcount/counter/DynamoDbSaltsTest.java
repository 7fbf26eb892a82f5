package com.visitorcount.counter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import com.visitorcount.visitor.Salts;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemResponse;

final class DynamoDbSaltsTest {
  private static final LocalDate TODAY = LocalDate.parse("2026-11-25");

  private final DynamoDbClient client = mock();
  private final Map<Map<String, AttributeValue>, AttributeValue> stored = new HashMap<>();
  private byte filling;

  @BeforeEach
  void keepTheFirstSaltOfEachDay() {
    when(client.updateItem(any(UpdateItemRequest.class)))
        .thenAnswer(
            call -> {
              UpdateItemRequest request = call.getArgument(0);
              stored.putIfAbsent(request.key(), request.expressionAttributeValues().get(":salt"));
              return UpdateItemResponse.builder()
                  .attributes(Map.of("salt", stored.get(request.key())))
                  .build();
            });
  }

  @Test
  void of_sameDayAgain_asksOnce_caseB33() {
    Salts salts = sandbox();
    byte[] first = salts.of(TODAY);

    assertThat(salts.of(TODAY)).isEqualTo(first);
    verify(client, times(1)).updateItem(any(UpdateItemRequest.class));
  }

  @Test
  void of_nextDay_isAnotherSalt_caseB33() {
    Salts salts = sandbox();
    byte[] today = salts.of(TODAY);
    byte[] tomorrow = salts.of(TODAY.plusDays(1));

    assertThat(tomorrow).isNotEqualTo(today);
    assertThat(salts.of(TODAY)).as("a clock that goes back").isEqualTo(today);
  }

  @Test
  void of_twoSandboxesAtMidnight_haveOneSalt_caseB33() {
    assertThat(sandbox().of(TODAY)).isEqualTo(sandbox().of(TODAY));
    verify(client, times(2)).updateItem(any(UpdateItemRequest.class));
  }

  @Test
  void of_storeIsDownForAWhile_isUnavailableAndThenThere() {
    DynamoDbClient down = mock();
    AttributeValue salt = AttributeValue.fromB(SdkBytes.fromByteArray(new byte[32]));
    when(down.updateItem(any(UpdateItemRequest.class)))
        .thenThrow(SdkClientException.create("connection refused"))
        .thenReturn(UpdateItemResponse.builder().attributes(Map.of("salt", salt)).build());
    Salts salts = new DynamoDbSalts(down, "VisitorCount", this::fill);

    assertThatThrownBy(() -> salts.of(TODAY)).isInstanceOf(StoreUnavailableException.class);
    assertThat(salts.of(TODAY)).hasSize(32);
  }

  private Salts sandbox() {
    return new DynamoDbSalts(client, "VisitorCount", this::fill);
  }

  private void fill(byte[] bytes) {
    Arrays.fill(bytes, ++filling);
  }
}
