package com.visitorcount.counter;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;
import static org.mockito.Mockito.withSettings;

import com.visitorcount.view.View;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemResponse;

/** Items as the real requests of {@link DynamoDbCounters} make them, without a database. */
final class Updates {
  private static final Pattern UPDATE = Pattern.compile("ADD (#\\w+) (:\\w+) SET (.*)");
  private static final Pattern ASSIGNMENT =
      Pattern.compile("(#\\w+) = (?:if_not_exists\\((#\\w+), (:\\w+)\\)|(:\\w+))(?:, |$)");

  private final DynamoDbClient client = mock(withSettings().stubOnly());
  private final Counters counters = new DynamoDbCounters(client, "VisitorCount");
  private Map<String, AttributeValue> item = new HashMap<>();

  Updates() {
    when(client.updateItem(any(UpdateItemRequest.class)))
        .thenAnswer(
            call -> {
              item = apply(call.getArgument(0), item);
              return UpdateItemResponse.builder().attributes(item).build();
            });
  }

  /** The item that a view makes of another. */
  Map<String, AttributeValue> add(Map<String, AttributeValue> before, View view) {
    item = Map.copyOf(before);
    counters.add(view);
    return item;
  }

  private static Map<String, AttributeValue> apply(
      UpdateItemRequest request, Map<String, AttributeValue> before) {
    Map<String, AttributeValue> item = new HashMap<>(before);
    item.putAll(request.key());
    Matcher update = UPDATE.matcher(request.updateExpression());
    assertThat(update.matches()).isTrue();
    String number = name(request, update.group(1));
    BigInteger summand = new BigInteger(value(request, update.group(2)).n());
    BigInteger sum = CounterItem.wholeNumber(before, number).add(summand);
    item.put(number, AttributeValue.fromN(sum.toString()));
    Matcher assignment = ASSIGNMENT.matcher(update.group(3));
    int end = 0;
    while (assignment.lookingAt()) {
      String source = assignment.group(2);
      AttributeValue value =
          source == null
              ? value(request, assignment.group(4))
              : before.getOrDefault(name(request, source), value(request, assignment.group(3)));
      item.put(name(request, assignment.group(1)), value);
      end = assignment.end();
      assignment.region(end, update.group(3).length());
    }
    assertThat(end).as("all of " + update.group(3)).isEqualTo(update.group(3).length());
    return item;
  }

  private static String name(UpdateItemRequest request, String alias) {
    return requireNonNull(request.expressionAttributeNames().get(alias), alias);
  }

  private static AttributeValue value(UpdateItemRequest request, String placeholder) {
    return requireNonNull(request.expressionAttributeValues().get(placeholder), placeholder);
  }
}
