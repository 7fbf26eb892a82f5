package com.visitorcount.local.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.visitorcount.local.LocalStack;
import com.visitorcount.local.TestStack;
import com.visitorcount.local.packaged.PackagedFunction.Outcome;
import com.visitorcount.local.store.FaultProxy;
import com.visitorcount.sam.template.FunctionResource;
import java.net.URI;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;

/**
 * What a function does before its snapshot and after its restore, as seen by a runtime API and
 * DynamoDB. No snapshot is taken: instead the process waits, then continues.
 */
@EnabledOnOs(value = OS.LINUX, disabledReason = "AWS's runtime interface client is for Linux")
final class SnapStartTest {
  @TempDir private Path directory;

  private LocalStack stack;
  private Wiretap store;
  private Packages packages;

  @BeforeEach
  void start() throws Exception {
    stack = TestStack.start(Map.of());
    store = Wiretap.before(stack.runner().dynamoDbEndpoint());
    packages = new Packages(directory);
  }

  @AfterEach
  void stop() {
    store.close();
    stack.close();
  }

  @Test
  void increment_restored_countsOnceByAConnectionAndCredentialsOfItsOwn() throws Exception {
    try (PackagedFunction function = start("IncrementFunction", store.endpoint())) {
      function.awaitInit();
      List<FaultProxy.Call> before = store.calls();
      List<JsonNode> printed = Records.of(function.newLines());
      long items = items();
      store.rotateCredentials("AFTER");
      long restored = System.currentTimeMillis();

      Outcome outcome = function.invoke(Events.post("{\"page\":\"snap.test/a\",\"id\":\"v1\"}"));

      // on a slow machine the SDK retries
      assertThat(before).extracting(FaultProxy.Call::operation).containsOnly("GetItem");
      assertThat(before.get(0).accessKey()).isEqualTo("BEFORE");
      assertThat(items).isZero();
      assertThat(printed).hasSize(1);
      assertThat(printed.get(0).get("level").textValue()).isEqualTo("INFO");
      assertThat(printed.get(0).get("message").textValue()).isEqualTo("Primed");
      assertThat(printed.get(0).hasNonNull("function_request_id")).isFalse();

      assertThat(outcome.response().get("body").textValue())
          .isEqualTo("{\"page\":\"snap.test/a\",\"count\":1}");
      JsonNode record = Records.only(outcome);
      assertThat(record.get("ColdStart").asInt()).isEqualTo(1);
      assertThat(record.get("Views").asInt()).isEqualTo(1);
      assertThat(record.at("/_aws/Timestamp").asLong()).isGreaterThanOrEqualTo(restored);
      List<FaultProxy.Call> after = store.calls().subList(before.size(), store.calls().size());
      assertThat(after).extracting(FaultProxy.Call::operation).containsOnly("UpdateItem");
      assertThat(after).extracting(FaultProxy.Call::accessKey).containsOnly("AFTER");
      assertThat(after)
          .extracting(FaultProxy.Call::client)
          .doesNotContainAnyElementsOf(before.stream().map(FaultProxy.Call::client).toList());
      assertThat(function.stderr()).isEmpty();
    }
  }

  /** Failed priming only slows down the first request. */
  @Test
  void read_primedWithoutAStore_saysSoAndServes() throws Exception {
    store.cut(true);
    try (PackagedFunction function = start("ReadFunction", store.endpoint())) {
      function.awaitInit();
      List<JsonNode> printed = Records.of(function.newLines());
      store.cut(false);

      Outcome outcome = function.invoke(Events.get("page=a"));

      assertThat(printed).hasSize(1);
      assertThat(printed.get(0).get("level").textValue()).isEqualTo("WARN");
      assertThat(printed.get(0).get("message").textValue()).contains("The call of the priming");
      assertThat(outcome.response().get("statusCode").asInt()).isEqualTo(200);
      assertThat(Records.only(outcome).get("ColdStart").asInt()).isEqualTo(1);
      assertThat(function.stderr()).isEmpty();
    }
  }

  /** With credentials as Lambda gives them to a restored function. */
  private PackagedFunction start(String id, URI dynamoDb) throws Exception {
    FunctionResource function = packages.function(id);
    Map<String, String> environment =
        new HashMap<>(PackagedFunction.environment(function, dynamoDb));
    environment.remove("AWS_ACCESS_KEY_ID");
    environment.remove("AWS_SECRET_ACCESS_KEY");
    environment.put("AWS_CONTAINER_CREDENTIALS_FULL_URI", store.credentials().toString());
    return PackagedFunction.start(
        function, packages.task(function), environment, packages.process());
  }

  private long items() {
    try (DynamoDbClient client =
        DynamoDbClient.builder().endpointOverride(stack.runner().dynamoDbEndpoint()).build()) {
      return client.scan(ScanRequest.builder().tableName("VisitorCount").build()).count();
    }
  }
}
