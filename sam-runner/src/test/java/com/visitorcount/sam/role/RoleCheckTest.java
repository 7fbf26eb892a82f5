package com.visitorcount.sam.role;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.visitorcount.sam.template.Arn;
import com.visitorcount.sam.template.Role;
import com.visitorcount.sam.template.Statement;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.retry.RetryMode;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.KeysAndAttributes;

/** Nothing listens at the client's endpoint: an allowed call fails only because of that. */
final class RoleCheckTest {
  private static final Map<String, AttributeValue> KEY = Map.of("id", AttributeValue.fromS("a"));

  private static final DynamoDbClient CLIENT =
      DynamoDbClient.builder()
          .endpointOverride(URI.create("http://127.0.0.1:1/"))
          .overrideConfiguration(o -> o.retryStrategy(RetryMode.STANDARD))
          .build();

  private final Caller caller =
      new Caller(
          "ReadFunction",
          new Role(
              "ReadRole",
              List.of(
                  new Statement(
                      Set.of("dynamodb:GetItem", "dynamodb:BatchGetItem"),
                      Set.of(Arn.ofTable("Mine"))))));

  @AfterAll
  static void close() {
    CLIENT.close();
  }

  @Test
  void call_thatTheRoleAllows_isSent() {
    assertSent(() -> caller.act(() -> get("Mine")));
  }

  @Test
  void call_ofAnotherAction_isRefusedAsAwsRefusesIt() {
    assertThatThrownBy(() -> caller.act(() -> CLIENT.updateItem(r -> r.tableName("Mine").key(KEY))))
        .isInstanceOfSatisfying(
            DynamoDbException.class,
            refusal -> {
              assertThat(refusal.statusCode()).isEqualTo(400);
              assertThat(refusal.awsErrorDetails().errorCode()).isEqualTo("AccessDeniedException");
              assertThat(refusal.awsErrorDetails().errorMessage())
                  .isEqualTo(
                      "User: arn:aws:sts::123456789012:assumed-role/ReadRole/ReadFunction is not"
                          + " authorized to perform: dynamodb:UpdateItem on resource:"
                          + " arn:aws:dynamodb:us-east-1:123456789012:table/Mine because no"
                          + " identity-based policy allows the dynamodb:UpdateItem action");
            });
  }

  @Test
  void call_onAnotherTable_isRefused() {
    assertRefused(() -> get("Other"), "dynamodb:GetItem", Arn.ofTable("Other"));
  }

  @Test
  void batch_withOneTableThatIsNotAllowed_isRefused() {
    assertSent(() -> caller.act(() -> getBatch("Mine")));
    assertRefused(() -> getBatch("Mine", "Other"), "dynamodb:BatchGetItem", Arn.ofTable("Other"));
  }

  @Test
  void put_intoAPartitionThatIsNotAllowed_isRefused() {
    Caller limited =
        new Caller(
            "ReadFunction",
            new Role(
                "ReadRole",
                List.of(
                    new Statement(
                        Set.of("dynamodb:PutItem"),
                        Set.of(Arn.ofTable("Mine")),
                        Set.of("#shares")))));

    assertSent(() -> limited.act(() -> put("#shares")));
    assertThatThrownBy(() -> limited.act(() -> put("#sites")))
        .isInstanceOf(DynamoDbException.class)
        .hasMessageContaining("not authorized to perform: dynamodb:PutItem");
  }

  private static Object put(String partition) {
    return CLIENT.putItem(
        request -> request.tableName("Mine").item(Map.of("pk", AttributeValue.fromS(partition))));
  }

  @Test
  void call_thatNamesNoTable_needsAStatementForAll() {
    assertRefused(CLIENT::listTables, "dynamodb:ListTables", "*");
  }

  @Test
  void call_outsideAFunction_isSent() {
    assertSent(() -> get("Other"));
  }

  @Test
  void act_thatThrows_leavesTheThreadToNobody() {
    assertRefused(() -> get("Other"), "dynamodb:GetItem", Arn.ofTable("Other"));

    assertThat(Caller.current()).isNull();
  }

  @Test
  void actions_areAllThatWereAskedFor() {
    assertThat(caller.actions()).isEmpty();

    assertSent(() -> caller.act(() -> get("Mine")));
    assertRefused(CLIENT::listTables, "dynamodb:ListTables", "*");
    assertSent(CLIENT::describeEndpoints);

    assertThat(caller.actions())
        .containsExactlyInAnyOrder("dynamodb:GetItem", "dynamodb:ListTables");
  }

  private static Object get(String table) {
    return CLIENT.getItem(request -> request.tableName(table).key(KEY));
  }

  private static Object getBatch(String... tables) {
    Map<String, KeysAndAttributes> items = new HashMap<>();
    for (String table : tables) {
      items.put(table, KeysAndAttributes.builder().keys(List.of(KEY)).build());
    }
    return CLIENT.batchGetItem(request -> request.requestItems(items));
  }

  private static void assertSent(Supplier<?> call) {
    assertThatThrownBy(call::get).isInstanceOf(SdkClientException.class);
  }

  private void assertRefused(Supplier<?> call, String action, String resource) {
    assertThatThrownBy(() -> caller.act(call))
        .isInstanceOf(DynamoDbException.class)
        .hasMessageContaining("not authorized to perform: " + action + " on resource: " + resource);
  }
}
