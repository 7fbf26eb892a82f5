package com.visitorcount.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.visitorcount.sam.template.Stack;
import com.visitorcount.sam.template.Template;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class MainTest {
  private static final Stack STACK =
      LocalStack.evaluate(
          new LocalOptions(TestStack.root(), 0, null, Map.of()),
          Template.read(TestStack.template()));

  @Test
  void environment_isThatOfAFunctionWithoutAnyonesCredentials() {
    Map<String, String> own =
        Map.of("PATH", "/bin", "AWS_ACCESS_KEY_ID", "real", "AWS_SESSION_TOKEN", "real");

    assertThat(Main.environment(own, STACK))
        .containsEntry("PATH", "/bin")
        .containsEntry("AWS_LAMBDA_FUNCTION_NAME", "local")
        .containsEntry("AWS_LAMBDA_INITIALIZATION_TYPE", "on-demand")
        .containsEntry("POWERTOOLS_SERVICE_NAME", "VisitorCount")
        .containsEntry("POWERTOOLS_METRICS_NAMESPACE", "VisitorCount")
        .containsEntry("AWS_REGION", "us-east-1")
        .containsEntry("AWS_ACCESS_KEY_ID", "local")
        .containsEntry("AWS_SECRET_ACCESS_KEY", "local")
        .doesNotContainKeys("AWS_SESSION_TOKEN", "TABLE_NAME");
  }

  @Test
  void environment_withAnotherDynamoDb_keepsRegionAndCredentials() {
    Map<String, String> own =
        Map.of(
            "AWS_ENDPOINT_URL_DYNAMODB", "https://dynamodb.example",
            "AWS_REGION", "eu-central-1",
            "AWS_SESSION_TOKEN", "theirs");

    assertThat(Main.environment(own, STACK))
        .containsAllEntriesOf(own)
        .doesNotContainKey("AWS_ACCESS_KEY_ID");
  }
}
