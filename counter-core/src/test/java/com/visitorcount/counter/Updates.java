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

/** Applies the real requests of {@link DynamoDbCounters} to items, without a database. */
final class Updates {
  private static final String ADD = "ADD #views :one SET ";
  private static final AttributeValue NOTHING = AttributeValue.fromN("0");
  private static final Pattern ASSIGNMENT = Pattern.compile("(#?\\w+) = ");
  private static final Pattern EITHER = Pattern.compile("if_not_exists\\((#?\\w+), ");
  private static final Pattern VALUE = Pattern.compile(":\\w+");

  private final DynamoDbClient client = mock(withSettings().stubOnly());
  private final Counters counters = new DynamoDbCounters(client, "VisitorCount", System::nanoTime);
  private Map<String, AttributeValue> item = new HashMap<>();

  Updates() {
    when(client.updateItem(any(UpdateItemRequest.class)))
        .thenAnswer(
            call -> {
              item = apply(call.getArgument(0), item);
              return UpdateItemResponse.builder().attributes(item).build();
            });
  }

  /** The item after a view. */
  Map<String, AttributeValue> add(Map<String, AttributeValue> before, View view) {
    item = Map.copyOf(before);
    counters.add(view);
    return item;
  }

  private static Map<String, AttributeValue> apply(
      UpdateItemRequest request, Map<String, AttributeValue> before) {
    Map<String, AttributeValue> item = new HashMap<>(before);
    item.putAll(request.key());
    assertThat(request.updateExpression()).startsWith(ADD);
    BigInteger views = CounterItem.wholeNumber(before.getOrDefault("views", NOTHING));
    item.put("views", AttributeValue.fromN(views.add(BigInteger.ONE).toString()));
    Expression expression = new Expression(request, before);
    do {
      Matcher assignment = expression.take(ASSIGNMENT);
      item.put(name(request, assignment.group(1)), expression.value());
    } while (expression.takes(", "));
    assertThat(expression.rest).isEmpty();
    return item;
  }

  /** The rest of an update expression to parse. */
  private static final class Expression {
    private final UpdateItemRequest request;
    private final Map<String, AttributeValue> before;
    private String rest;

    Expression(UpdateItemRequest request, Map<String, AttributeValue> before) {
      this.request = request;
      this.before = before;
      this.rest = request.updateExpression().substring(ADD.length());
    }

    AttributeValue value() {
      AttributeValue value = operand();
      if (takes(" + ")) {
        BigInteger sum = CounterItem.wholeNumber(value).add(CounterItem.wholeNumber(operand()));
        return AttributeValue.fromN(sum.toString());
      }
      return value;
    }

    private AttributeValue operand() {
      if (!rest.startsWith("if_not_exists")) {
        return Updates.value(request, take(VALUE).group());
      }
      AttributeValue there = before.get(name(request, take(EITHER).group(1)));
      AttributeValue otherwise = operand();
      assertThat(takes(")")).isTrue();
      return there == null ? otherwise : there;
    }

    Matcher take(Pattern pattern) {
      Matcher matcher = pattern.matcher(rest);
      assertThat(matcher.lookingAt()).as(rest).isTrue();
      rest = rest.substring(matcher.end());
      return matcher;
    }

    boolean takes(String text) {
      boolean there = rest.startsWith(text);
      rest = there ? rest.substring(text.length()) : rest;
      return there;
    }
  }

  private static String name(UpdateItemRequest request, String written) {
    return written.startsWith("#")
        ? requireNonNull(request.expressionAttributeNames().get(written), written)
        : written;
  }

  private static AttributeValue value(UpdateItemRequest request, String placeholder) {
    return requireNonNull(request.expressionAttributeValues().get(placeholder), placeholder);
  }
}
