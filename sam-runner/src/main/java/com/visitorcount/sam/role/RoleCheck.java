package com.visitorcount.sam.role;

import com.visitorcount.sam.template.Arn;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.SdkRequest;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.core.interceptor.SdkExecutionAttribute;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;

/**
 * Refuses a function's call that its role does not allow, as DynamoDB and SNS would, before
 * anything is sent. The SDK adds it to each of their clients, because of the files
 * execution.interceptors in this module's resources.
 */
public final class RoleCheck implements ExecutionInterceptor {
  /** Partition key of the history table; no role restricts the keys of the other table. */
  private static final String PARTITION_KEY = "pk";

  private static final int BAD_REQUEST = 400;
  private static final String CODE = "AccessDeniedException";

  /** Called by the SDK. */
  public RoleCheck() {}

  @Override
  public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
    @Nullable Caller caller = Caller.current();
    if (caller == null) {
      return;
    }
    String service = attributes.getAttribute(SdkExecutionAttribute.SERVICE_NAME);
    String action =
        service.toLowerCase(Locale.ROOT)
            + ":"
            + attributes.getAttribute(SdkExecutionAttribute.OPERATION_NAME);
    for (String resource : resources(context.request())) {
      if (!caller.may(action, resource, leadingKey(context.request()))) {
        throw refusal(caller, action, resource);
      }
    }
  }

  /**
   * The tables or the topic in a request; a request without them, or with deeply nested ones, is
   * about all tables.
   */
  private static Set<String> resources(SdkRequest request) {
    return request
        .getValueForField("TableName", String.class)
        .map(table -> Set.of(Arn.ofTable(table)))
        .or(() -> request.getValueForField("RequestItems", Map.class).map(RoleCheck::tables))
        .or(() -> request.getValueForField("TopicArn", String.class).map(Set::of))
        .orElse(Set.of("*"));
  }

  /** The partition key of the item that a request writes or reads; empty for none or several. */
  private static String leadingKey(SdkRequest request) {
    return Stream.of("Item", "Key")
        .flatMap(field -> request.getValueForField(field, Map.class).stream())
        .map(item -> item.get(PARTITION_KEY))
        .filter(AttributeValue.class::isInstance)
        .map(key -> ((AttributeValue) key).s())
        .filter(Objects::nonNull)
        .findFirst()
        .orElse("");
  }

  private static Set<String> tables(Map<?, ?> requestItems) {
    return requestItems.keySet().stream()
        .map(table -> Arn.ofTable((String) table))
        .collect(Collectors.toSet());
  }

  private static AwsServiceException refusal(Caller caller, String action, String resource) {
    String message =
        ("User: %s is not authorized to perform: %s on resource: %s"
                + " because no identity-based policy allows the %s action")
            .formatted(caller.arn(), action, resource, action);
    return DynamoDbException.builder()
        .statusCode(BAD_REQUEST)
        .awsErrorDetails(
            AwsErrorDetails.builder()
                .serviceName("DynamoDb")
                .errorCode(CODE)
                .errorMessage(message)
                .sdkHttpResponse(SdkHttpResponse.builder().statusCode(BAD_REQUEST).build())
                .build())
        .build();
  }
}
