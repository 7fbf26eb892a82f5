package com.visitorcount.increment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.visitorcount.http.Priming;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemResponse;

/**
 * What a SnapStart snapshot contains, and what each copy creates for itself. Captures standard
 * output, and replaces DynamoDB.
 */
@Isolated
final class SnapshotTest {
  private static final String ENDPOINT = "aws.endpointUrlDynamoDb";
  private static final Instant BEFORE = Instant.parse("2026-11-01T23:59:59Z");
  private static final Instant AFTER = Instant.parse("2026-11-25T10:15:30Z");

  private final PrintStream stdout = System.out;
  private final ByteArrayOutputStream output = new ByteArrayOutputStream();

  @BeforeEach
  void takeOutput() {
    // nothing listens there
    System.setProperty(ENDPOINT, "http://127.0.0.1:1");
    System.setOut(new PrintStream(output, true, StandardCharsets.UTF_8));
  }

  @AfterEach
  void giveBack() {
    System.clearProperty(ENDPOINT);
    System.setOut(stdout);
  }

  /** A handler and its calls to the outside so far; all start in the same state. */
  private static final class Sandbox {
    private final List<UpdateItemRequest> writes = new ArrayList<>();
    private final DynamoDbClient client = mock();
    private Random random = new Random(1);
    private Instant now = BEFORE;
    private int draws;
    private int looksAtTheClock;
    private final IncrementHandler handler =
        new IncrementHandler(
            IncrementEndpointTest.variables(Map.of("COUNTING_IMAGE", "true")),
            ((InstantSource) this::now).withZone(ZoneOffset.UTC),
            this::draw,
            client);

    Sandbox() {
      when(client.updateItem(any(UpdateItemRequest.class)))
          .thenAnswer(call -> write(call.getArgument(0)));
    }

    private Instant now() {
      looksAtTheClock++;
      return now;
    }

    private void draw(byte[] bytes) {
      draws++;
      random.nextBytes(bytes);
    }

    private UpdateItemResponse write(UpdateItemRequest request) {
      writes.add(request);
      AttributeValue salt = request.expressionAttributeValues().get(":salt");
      return UpdateItemResponse.builder()
          .attributes(
              salt == null ? Map.of("views", AttributeValue.fromN("1")) : Map.of("salt", salt))
          .build();
    }

    /** Sets what differs between two running copies of a snapshot. */
    void restore(long seed, Instant at) {
      random = new Random(seed);
      now = at;
    }

    APIGatewayV2HTTPResponse loadImage() {
      return handler.handleRequest(
          Priming.event(
              "GET", "/hit.svg", "page=main_page", Map.of("user-agent", Agents.FIREFOX), ""),
          context());
    }

    private UpdateItemRequest view() {
      return writes.get(writes.size() - 1);
    }

    AttributeValue viewIdHash() {
      return view().expressionAttributeValues().get(":hash");
    }

    Map<String, AttributeValue> facts() {
      return view().expressionAttributeValues().get(":last").m();
    }

    String time() {
      return view().expressionAttributeValues().get(":now").n();
    }
  }

  @Test
  void beforeCheckpoint_drawsNothing_looksAtNoClock_callsNoStore_andRecordsNothing() {
    Sandbox sandbox = new Sandbox();

    sandbox.handler.beforeCheckpoint(null);

    assertThat(sandbox.draws).isZero();
    assertThat(sandbox.looksAtTheClock).isZero();
    assertThat(sandbox.writes).isEmpty();
    assertThat(output.toString(StandardCharsets.UTF_8)).doesNotContain("_aws");
    assertThat(sandbox.loadImage().getStatusCode()).isEqualTo(200);
    assertThat(output.toString(StandardCharsets.UTF_8)).contains("\"ColdStart\":1.0");
  }

  /** A rehearsal whose requests are refused early would prime nothing. */
  @Test
  void rehearse_whateverTheSettings_goesAllTheWay() {
    for (String image : List.of("true", "false")) {
      Map<String, String> variables =
          IncrementEndpointTest.variables(
              Map.of("COUNTING_IMAGE", image, "ALLOWED_ORIGINS", "https://a.example"));
      IncrementHandler handler = new IncrementHandler(variables, Clock.systemUTC());

      assertThat(handler.rehearse(context()))
          .extracting(APIGatewayV2HTTPResponse::getStatusCode)
          .containsExactly(200, 200, 200, 202, image.equals("true") ? 200 : 404);
    }
  }

  @Test
  void twoCopiesOfOneSnapshot_differInSaltTokenAndViewId_andKnowTheirDay() {
    Sandbox one = new Sandbox();
    Sandbox other = new Sandbox();
    one.handler.beforeCheckpoint(null);
    other.handler.beforeCheckpoint(null);
    one.restore(1, AFTER);
    other.restore(2, AFTER.plusSeconds(86_400));

    one.loadImage();
    other.loadImage();

    assertThat(one.writes.get(0).key().get("id").s()).isEqualTo("#salt/2026-11-25");
    assertThat(other.writes.get(0).key().get("id").s()).isEqualTo("#salt/2026-11-26");
    assertThat(one.time()).isEqualTo(Long.toString(AFTER.toEpochMilli()));
    assertThat(other.time()).isEqualTo(Long.toString(AFTER.plusSeconds(86_400).toEpochMilli()));
    assertThat(saltOf(one)).isNotEqualTo(saltOf(other));
    assertThat(one.viewIdHash()).isNotEqualTo(other.viewIdHash());
    assertThat(one.facts().values()).doesNotContainAnyElementsOf(tokens(other));
  }

  /**
   * The twin: if the serving handler itself is primed, copies started within the day share a salt.
   */
  @Test
  void twoCopiesOfAHandlerThatHasServed_areTheSame() {
    Sandbox one = new Sandbox();
    Sandbox other = new Sandbox();
    one.restore(1, AFTER.minusSeconds(60));
    other.restore(1, AFTER.minusSeconds(60));
    one.loadImage();
    other.loadImage();
    one.restore(1, AFTER);
    other.restore(2, AFTER);

    one.loadImage();
    other.loadImage();

    assertThat(saltOf(one)).isEqualTo(saltOf(other));
    assertThat(one.viewIdHash()).isEqualTo(other.viewIdHash());
    assertThat(one.facts()).isEqualTo(other.facts());
  }

  private static AttributeValue saltOf(Sandbox sandbox) {
    return sandbox.writes.get(0).expressionAttributeValues().get(":salt");
  }

  /** The visitor's token, the only binary fact. */
  private static List<AttributeValue> tokens(Sandbox sandbox) {
    List<AttributeValue> tokens =
        sandbox.facts().values().stream()
            .filter(fact -> fact.type() == AttributeValue.Type.B)
            .toList();
    assertThat(tokens).hasSize(1);
    return tokens;
  }

  private static Context context() {
    Context context = mock();
    when(context.getAwsRequestId()).thenReturn("r");
    when(context.getFunctionName()).thenReturn("increment");
    return context;
  }
}
