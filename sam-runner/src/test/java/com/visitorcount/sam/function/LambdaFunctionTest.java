package com.visitorcount.sam.function;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.visitorcount.sam.failure.LocalException;
import java.io.IOException;
import java.time.Clock;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class LambdaFunctionTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final byte[] EVENT = "{\"rawPath\":\"/a\"}".getBytes(UTF_8);

  @Test
  void invoke_ofAHandler_givesItEventEnvironmentAndContext() throws IOException {
    LambdaFunction function = Handlers.load(Handlers.Describing.class, Map.of("A", "b"));

    JsonNode first = JSON.readTree(function.invoke(EVENT));
    JsonNode second = JSON.readTree(function.invoke(EVENT));

    assertThat(first.get("environment"))
        .isEqualTo(
            JSON.valueToTree(
                Map.of(
                    "A",
                    "b",
                    "AWS_LAMBDA_FUNCTION_NAME",
                    "TestFunction",
                    "AWS_REGION",
                    "us-east-1")));
    assertThat(first.get("path").asText()).isEqualTo("/a");
    assertThat(first.get("function").asText()).isEqualTo("TestFunction");
    assertThat(first.get("memory").asInt()).isEqualTo(512);
    assertThat(first.get("remainingMillis").asInt()).isBetween(1, 10_000);
    assertThat(first.get("requestId").asText())
        .isNotEmpty()
        .isNotEqualTo(second.get("requestId").asText());
  }

  @Test
  void invoke_ofAHandlerOfStreams_givesItTheBytes() {
    LambdaFunction function = Handlers.load(Handlers.Bytes.class, Map.of());

    assertThat(function.invoke(EVENT)).isEqualTo(EVENT);
  }

  @Test
  void invoke_ofAHandlerThatThrows_throwsWithTheCause() {
    LambdaFunction function = Handlers.load(Handlers.Throwing.class, Map.of());

    assertThatThrownBy(() -> function.invoke(EVENT))
        .isInstanceOf(FunctionFailedException.class)
        .cause()
        .hasMessage("thrown on purpose");
  }

  @Test
  void invoke_beyondTheReservedConcurrency_isThrottled() throws Exception {
    LambdaFunction function = Handlers.load(Handlers.Waiting.class, Map.of(), OptionalInt.of(1));
    CompletableFuture<byte[]> first = CompletableFuture.supplyAsync(() -> function.invoke(EVENT));
    assertThat(Handlers.Waiting.ENTERED.await(20, TimeUnit.SECONDS)).isTrue();

    assertThatThrownBy(() -> function.invoke(EVENT)).isInstanceOf(ThrottledException.class);

    Handlers.Waiting.RELEASED.countDown();
    assertThat(first.get(20, TimeUnit.SECONDS)).asString(UTF_8).isEqualTo("true");
    assertThat(function.invoke(EVENT)).asString(UTF_8).isEqualTo("true");
  }

  @Test
  void invoke_withNoConcurrency_isAlwaysThrottled() {
    LambdaFunction function = Handlers.load(Handlers.Echo.class, Map.of(), OptionalInt.of(0));

    assertThatThrownBy(() -> function.invoke(EVENT)).isInstanceOf(ThrottledException.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "nowhere                     | The handler nowhere is not of the form package.Class::method.",
        "no.such.Handler::handle     | The handler no.such.Handler::handle has no class on the class path.",
        "java.lang.String::length    | The handler java.lang.String::length has no public constructor with its environment as a Map<String, String> and a Clock."
      })
  void load_ofAWrongName_isOneSentence(String name, String sentence) {
    assertThatThrownBy(() -> Handler.load(name, Map.of(), Clock.systemUTC()))
        .isInstanceOf(LocalException.class)
        .hasMessage(sentence);
  }

  @Test
  void load_ofAMethodThatIsNotThere_isOneSentence() {
    String type = Handlers.Echo.class.getName();

    assertThatThrownBy(() -> Handler.load(type + "::answer", Map.of(), Clock.systemUTC()))
        .isInstanceOf(LocalException.class)
        .hasMessage(type + " has no public method answer of an event and a Context.");
  }

  @Test
  void load_ofAHandlerThatDoesNotStart_saysWhy() {
    String name = Handlers.Refusing.class.getName() + "::handleRequest";

    assertThatThrownBy(() -> Handler.load(name, Map.of(), Clock.systemUTC()))
        .isInstanceOf(LocalException.class)
        .hasMessage(
            "The handler "
                + name
                + " does not start: java.lang.IllegalStateException: TABLE_NAME is missing");
  }
}
