package com.visitorcount.increment;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.visitorcount.counter.CounterTable;
import com.visitorcount.counter.OverheardTable;
import com.visitorcount.counter.OverheardTable.Mood;
import com.visitorcount.http.HttpFunction;
import com.visitorcount.http.JsonRecords;
import com.visitorcount.page.PageId;
import com.visitorcount.visitor.VisitorToken;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Whatever happens to a request, no address, user agent or salt is stored, answered, logged or
 * recorded. Captures standard output.
 */
@Isolated
final class PrivacyTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-25T10:15:30Z"), ZoneOffset.UTC);
  private static final String CONNECTION = "203.0.113.77";
  private static final String FORWARDED = "2001:db8::77";
  private static final String MARK = "Mark-of-one-person";
  private static final String BROWSER = Agents.FIREFOX + " " + MARK;
  private static final byte[] SALT = salt();
  private static final String TRACKED =
      "{\"url\":\"https://example.com/a?utm_source=letter\",\"id\":\"v1\"}";

  private final OverheardTable dynamoDb = new OverheardTable();
  private final ByteArrayOutputStream output = new ByteArrayOutputStream();
  private final PrintStream stdout = System.out;
  private final PrintStream stderr = System.err;
  private boolean broken;

  @BeforeEach
  void takeOutput() {
    PrintStream caught = new PrintStream(output, true, UTF_8);
    System.setOut(caught);
    System.setErr(caught);
  }

  @AfterEach
  void giveBack() {
    System.setOut(stdout);
    System.setErr(stderr);
  }

  @ParameterizedTest
  @CsvSource({
    "WILLING, 200, Views",
    "HAS_COUNTED_IT_BEFORE, 200, DuplicateViews",
    "GIVES_NO_SALT, 503, Faults",
    "IS_DOWN, 503, Faults",
    "IS_BROKEN, 500, Faults"
  })
  void view_counted_repeatedOrFailed_leavesNobodyBehind(Mood mood, int status, String metric) {
    dynamoDb.is(mood);
    // any trouble in DynamoDB is a 503; this is a bug on our side
    broken = mood == Mood.IS_BROKEN;

    APIGatewayV2HTTPResponse answer = answer("POST", "/", TRACKED, BROWSER, Map.of());

    assertThat(answer.getStatusCode()).isEqualTo(status);
    assertThat(answer.getHeaders().containsKey("retry-after")).isEqualTo(status == 503);
    assertThat(output.toString(UTF_8)).contains("\"" + metric + "\":1.0");
    assertThat(output.toString(UTF_8).contains("ERROR")).isEqualTo(status >= 500);
    assertNobody(answer);
  }

  @ParameterizedTest
  @CsvSource({
    "POST, /, 'bot', 202",
    "POST, /, '', 202",
    "GET, /hit.svg, '', 200",
    "GET, /hit.gif, 'bot', 200",
    "GET, /hit.svg?page=%23, '', 200",
    "PUT, /, '', 405",
    "POST, /nothing, '', 404",
    "POST, /api/event, '', 400"
  })
  void anyOtherRequest_leavesNobodyBehind(String method, String path, String more, int status) {
    Map<String, String> headers =
        more.isEmpty() && path.equals("/") ? Map.of("sec-purpose", "prefetch") : Map.of();

    APIGatewayV2HTTPResponse answer =
        answer(method, path, method.equals("POST") ? TRACKED : null, BROWSER + " " + more, headers);

    assertThat(answer.getStatusCode()).isEqualTo(status);
    assertNobody(answer);
  }

  @ParameterizedTest
  @CsvSource({"not json, 400", "'{\"page\":\"#x\"}', 400", "'{\"page\":\"a\",\"id\":\"\"}', 400"})
  void brokenRequest_leavesNobodyBehind(String body, int status) {
    APIGatewayV2HTTPResponse answer = answer("POST", "/", body, BROWSER, Map.of());

    assertThat(answer.getStatusCode()).isEqualTo(status);
    assertNobody(answer);
  }

  @Test
  void event_inBothProtocols_leavesNobodyBehind() {
    String ours =
        "{\"event\":\"signup\",\"url\":\"https://example.com/\",\"props\":{\"plan\":\"pro\"}}";
    String plausible = "{\"n\":\"signup\",\"u\":\"https://example.com/\",\"d\":\"example.com\"}";

    APIGatewayV2HTTPResponse counted = answer("POST", "/", ours, BROWSER, Map.of());
    APIGatewayV2HTTPResponse taken = answer("POST", "/api/event", plausible, BROWSER, Map.of());

    assertThat(counted.getStatusCode()).isEqualTo(200);
    assertThat(taken.getStatusCode()).isEqualTo(202);
    assertNobody(counted);
    assertNobody(taken);
  }

  /** Cases B39 and B33: invalid addresses and user agents do not appear anywhere either. */
  @Test
  void hostileHeaders_leaveNothingBehind_caseB39() {
    String agent = BROWSER + "\r\n{\"level\":\"ERROR\"}\u2028\u001B[31m" + "x".repeat(65_536);

    APIGatewayV2HTTPResponse answer =
        answer("POST", "/", TRACKED, agent, Map.of("x-forwarded-for", MARK + "\n" + MARK));

    assertThat(answer.getStatusCode()).isEqualTo(200);
    assertThat(output.toString(UTF_8).lines()).hasSize(1);
    assertThat(output.toString(UTF_8)).doesNotContain("xxxxxxxx", "[31m");
    assertNobody(answer);
  }

  @Test
  void view_counted_storesItsTokenOfEightBytesAndTheSaltOnce() {
    answer("POST", "/", TRACKED, BROWSER, Map.of());

    String token = VisitorToken.of(SALT, "example.com", FORWARDED, BROWSER).hex();
    String bytes = new String(HexFormat.of().parseHex(token), ISO_8859_1);
    assertThat(dynamoDb.heard()).hasSize(2);
    assertThat(dynamoDb.heard().get(0)).contains("#salt/2026-11-25");
    assertThat(dynamoDb.heard().get(1))
        .contains(PageId.of("example.com/a").toString())
        .contains(bytes);
    assertThat(output.toString(UTF_8)).doesNotContain(token);
  }

  private APIGatewayV2HTTPResponse answer(
      String method, String address, String body, String userAgent, Map<String, String> more) {
    Settings settings =
        Settings.from(
            IncrementEndpointTest.variables(
                Map.of("TRUSTED_IP_HEADER", "X-Forwarded-For", "COUNTING_IMAGE", "true")));
    CounterTable table = dynamoDb.table();
    HttpFunction function =
        new HttpFunction(
            IncrementHandler.endpoint(
                settings, table.counters(System::nanoTime), table.salts(this::fill), CLOCK),
            settings.telemetry(),
            () -> 0,
            new JsonRecords(CLOCK));
    Map<String, String> headers = new HashMap<>();
    headers.put("user-agent", userAgent);
    headers.put("x-forwarded-for", "10.0.0.1, " + FORWARDED);
    headers.putAll(more);
    String[] parts = address.split("\\?", 2);
    return function.answer(
        APIGatewayV2HTTPEvent.builder()
            .withRawPath(parts[0])
            .withRawQueryString(parts.length == 2 ? parts[1] : "")
            .withHeaders(headers)
            .withBody(body)
            .withRequestContext(
                APIGatewayV2HTTPEvent.RequestContext.builder()
                    .withHttp(
                        APIGatewayV2HTTPEvent.RequestContext.Http.builder()
                            .withMethod(method)
                            .withSourceIp(CONNECTION)
                            .withUserAgent(userAgent)
                            .build())
                    .build())
            .build(),
        context());
  }

  private void fill(byte[] bytes) {
    if (broken) {
      throw new IllegalStateException("broken");
    }
    System.arraycopy(SALT, 0, bytes, 0, bytes.length);
  }

  private void assertNobody(APIGatewayV2HTTPResponse answer) {
    String told = answer.getHeaders() + answer.getBody() + output.toString(UTF_8);
    List<String> views =
        dynamoDb.heard().stream().filter(request -> !request.contains("#salt/")).toList();

    assertThat(dynamoDb.heard().toString()).doesNotContain(MARK, CONNECTION, FORWARDED, "10.0.0.1");
    assertThat(told).doesNotContain(MARK, CONNECTION, FORWARDED, "10.0.0.1");
    for (String salt : saltAsText().toList()) {
      assertThat(told.toLowerCase(Locale.ROOT)).doesNotContain(salt);
      assertThat(views.toString().toLowerCase(Locale.ROOT)).doesNotContain(salt);
    }
  }

  /** The start of the salt in each form in which it could be written. */
  private static Stream<String> saltAsText() {
    byte[] part = Arrays.copyOf(SALT, 12);
    return Stream.of(
            HexFormat.of().formatHex(part),
            Base64.getEncoder().encodeToString(part),
            new String(part, ISO_8859_1),
            Arrays.toString(part).replaceAll("[\\[\\]]", ""))
        .map(text -> text.toLowerCase(Locale.ROOT));
  }

  private static byte[] salt() {
    byte[] salt = new byte[32];
    for (int i = 0; i < salt.length; i++) {
      salt[i] = (byte) ('A' + i % 7 * 3 + i);
    }
    return salt;
  }

  private static Context context() {
    Context context = mock();
    when(context.getAwsRequestId()).thenReturn("0d0fa3f6-6f0c-4a7f-9d3c-8b8b2f9f3d11");
    when(context.getFunctionName()).thenReturn("increment");
    return context;
  }
}
