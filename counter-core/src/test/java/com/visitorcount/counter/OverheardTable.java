package com.visitorcount.counter;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;
import static org.mockito.Mockito.withSettings;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionalCheckFailedException;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.GetItemResponse;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemResponse;

/** A table that records all requests, and executes them or fails as configured. */
public final class OverheardTable {
  /** How the table answers when a view is counted. */
  public enum Mood {
    WILLING,
    HAS_COUNTED_IT_BEFORE,
    GIVES_NO_SALT,
    IS_DOWN,
    IS_BROKEN
  }

  private final List<String> heard = new ArrayList<>();
  private Mood mood = Mood.WILLING;

  /** The table, which stores salts in memory. */
  public CounterTable table() {
    DynamoDbClient client = mock(withSettings().stubOnly());
    when(client.updateItem(any(UpdateItemRequest.class)))
        .thenAnswer(call -> update(call.getArgument(0)));
    when(client.getItem(any(GetItemRequest.class)))
        .thenAnswer(
            call -> {
              heard.add(call.getArgument(0).toString());
              return GetItemResponse.builder().item(item()).build();
            });
    return new CounterTable(client, "VisitorCount");
  }

  public void is(Mood mood) {
    this.mood = mood;
  }

  /** All requests so far, with binary values also as hexadecimal digits and as text. */
  public List<String> heard() {
    return List.copyOf(heard);
  }

  private UpdateItemResponse update(UpdateItemRequest request) {
    heard.add(request + " " + text(request.expressionAttributeValues()));
    AttributeValue salt = request.expressionAttributeValues().get(":salt");
    if (mood == Mood.IS_DOWN || (mood == Mood.GIVES_NO_SALT && salt != null)) {
      throw SdkClientException.create("connection refused");
    }
    if (mood == Mood.IS_BROKEN) {
      throw new IllegalStateException("broken");
    }
    if (mood == Mood.HAS_COUNTED_IT_BEFORE && salt == null) {
      throw ConditionalCheckFailedException.builder().item(item()).build();
    }
    return UpdateItemResponse.builder()
        .attributes(salt == null ? item() : Map.of("salt", salt))
        .build();
  }

  private static Map<String, AttributeValue> item() {
    return Map.of("id", AttributeValue.fromS("main_page"), "views", AttributeValue.fromN("41"));
  }

  private static String text(Map<String, AttributeValue> values) {
    return values.values().stream().map(OverheardTable::text).collect(Collectors.joining(" "));
  }

  private static String text(AttributeValue value) {
    if (value.hasM()) {
      return text(value.m());
    }
    return value.b() == null ? "" : value.b().asString(ISO_8859_1);
  }
}
