package com.visitorcount.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.visitorcount.sam.failure.LocalException;
import com.visitorcount.sam.template.Template;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.time.Clock;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class LocalStackTest {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  @Test
  void start_twice_givesEachItsOwnDatabase() throws Exception {
    try (LocalStack first = TestStack.start(Map.of());
        LocalStack second = TestStack.start(Map.of("TableNamePrefix", "Test-"))) {
      count(first);
      count(first);
      count(second);

      assertThat(read(first)).isEqualTo("{\"page\":\"main_page\",\"count\":2}");
      assertThat(read(second)).isEqualTo("{\"page\":\"main_page\",\"count\":1}");
      assertThat(first.runner().dynamoDbEndpoint())
          .isNotEqualTo(second.runner().dynamoDbEndpoint());
      assertThat(System.getProperty("aws.endpointUrlDynamoDb")).isNull();
    }
  }

  @Test
  void callsOf_aFunction_areItsOwn() throws Exception {
    try (LocalStack stack = TestStack.start(Map.of())) {
      assertThat(stack.runner().callsOf("IncrementFunction")).isEmpty();

      count(stack);

      assertThat(stack.runner().callsOf("IncrementFunction"))
          .containsExactly("dynamodb:UpdateItem");
      assertThat(stack.runner().callsOf("ReadFunction")).isEmpty();
      assertThatThrownBy(() -> stack.runner().callsOf("Increment"))
          .hasMessage("There is no function Increment");
    }
  }

  @Test
  void start_withAnotherDynamoDb_startsNone() throws Exception {
    try (LocalStack owner = TestStack.start(Map.of())) {
      Set<Long> before = children();
      URI endpoint = owner.runner().dynamoDbEndpoint();
      try (LocalStack stack =
          LocalStack.start(
              new LocalOptions(TestStack.root(), 0, null, Map.of()),
              Template.read(TestStack.template()),
              Map.of("AWS_ENDPOINT_URL_DYNAMODB", endpoint.toString()),
              Clock.systemUTC())) {
        assertThat(children()).isEqualTo(before);
        assertThat(stack.runner().dynamoDbEndpoint()).isEqualTo(endpoint);

        count(owner);

        assertThat(read(stack)).isEqualTo("{\"page\":\"main_page\",\"count\":1}");
      }
    }
  }

  @Test
  void start_onAPortInUse_isOneSentenceAndLeavesNothing() throws IOException {
    Set<Long> before = children();
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      LocalOptions options =
          new LocalOptions(TestStack.root(), other.getLocalPort() - 2, null, Map.of());

      assertThatThrownBy(() -> LocalStack.start(options))
          .isInstanceOf(LocalException.class)
          .hasMessageMatching("Port \\d+ is in use; choose another with -Dport=PORT\\.");
    }
    assertThat(children()).isEqualTo(before);
  }

  /** The read function needs the increment function's URL, so it is the first to miss it. */
  @Test
  void start_ofATemplateWithoutAUrl_isOneSentence() throws IOException {
    String text = Files.readString(TestStack.template());
    int ofIncrement = text.indexOf("FunctionUrlConfig:");
    int ofRead = text.indexOf("FunctionUrlConfig:", ofIncrement + 1);

    assertThatThrownBy(() -> TestStack.start(withoutUrl(text, ofIncrement)))
        .isInstanceOf(LocalException.class)
        .hasMessageMatching(
            "template.yaml, line \\d+: IncrementFunction is no function with a FunctionUrlConfig\\.");
    assertThatThrownBy(() -> TestStack.start(withoutUrl(text, ofRead)))
        .isInstanceOf(LocalException.class)
        .hasMessageMatching(
            "template.yaml, line \\d+: ReadFunction is no function with a FunctionUrlConfig\\.");
  }

  private static Template withoutUrl(String text, int place) {
    return Template.parse(
        text.substring(0, place)
            + text.substring(place).replaceFirst("FunctionUrlConfig:", "Tags:"));
  }

  private static void count(LocalStack stack) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(stack.increment()).POST(BodyPublishers.noBody()).build();
    assertThat(CLIENT.send(request, BodyHandlers.ofString()).statusCode()).isEqualTo(200);
  }

  private static String read(LocalStack stack) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(stack.read()).build();
    return CLIENT.send(request, BodyHandlers.ofString()).body();
  }

  private static Set<Long> children() {
    return ProcessHandle.current()
        .children()
        .filter(ProcessHandle::isAlive)
        .map(ProcessHandle::pid)
        .collect(Collectors.toSet());
  }
}
