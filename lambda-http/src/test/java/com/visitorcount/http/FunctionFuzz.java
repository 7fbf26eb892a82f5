package com.visitorcount.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent.RequestContext;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.visitorcount.fuzz.Mutations;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringReader;
import java.net.URLEncoder;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.jspecify.annotations.Nullable;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/**
 * Sends a function almost valid requests, and checks for each answer, and for what the function
 * wrote, what must always hold. Captures standard output.
 */
public final class FunctionFuzz {
  /**
   * A valid request.
   *
   * @param body null for none
   */
  public record Sample(String method, String path, String query, @Nullable String body) {}

  private static final String REQUEST_ID = "0d0fa3f6-6f0c-4a7f-9d3c-8b8b2f9f3d11";

  /** Identifies the visitor, and must not appear in any output. */
  private static final String CONNECTION = "203.0.113.77";

  private static final String FORWARDED = "2001:db8:77::77";
  private static final String AGENT = "Mark-of-one-browser";
  private static final String COOKIE = "mark-of-one-cookie";
  private static final String TOKEN = "mark-of-one-token";

  private static final List<String> SECRETS =
      List.of(CONNECTION, FORWARDED, AGENT, COOKIE, TOKEN, "mark-of-one");

  /** Appears in requests; no problem may repeat it. */
  private static final String SENT = "zq9x7sent";

  /** Units whose long repetitions may overflow stacks or take too long. */
  private static final List<String> UNITS =
      List.of(
          "a.",
          "ü.",
          "/",
          "/../",
          ";a",
          "*a",
          "%41",
          "%FF",
          "&a",
          ", ",
          "\"",
          "\u0316\u0301",
          "😀");

  private static final int STACK_BYTES = 256 * 1_024;
  private static final int LONG_QUERY_CHARS = 190_000;
  private static final int LONG_HEADER_CHARS = 98_000;
  private static final int LONG_BODY_CHARS = 7_900;

  private static final List<String> LONG_HEADERS =
      List.of(
          "accept-encoding",
          "authorization",
          "content-type",
          "if-none-match",
          "origin",
          "sec-purpose",
          "user-agent",
          "x-country",
          "x-forwarded-for");

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern PROBLEM_TYPE =
      Pattern.compile("urn:problem-type:visitorcount:[a-z-]+");
  private static final Pattern CSV_CELL =
      Pattern.compile("\\G(?:\"(?:[^\"]++|\"\")*+\"|[^\",\r\n]*+)(?:,|\r\n)");

  private final HttpFunction function;
  private final List<Sample> samples;
  private final Mutations mutations;
  private final Context context = mock();
  private final SortedMap<Integer, Integer> statuses = new TreeMap<>();

  /**
   * @param samples valid requests to start from
   */
  public FunctionFuzz(HttpFunction function, long seed, Sample... samples) {
    this.function = function;
    this.samples = List.of(samples);
    this.mutations = new Mutations(seed);
    when(context.getAwsRequestId()).thenReturn(REQUEST_ID);
    when(context.getFunctionName()).thenReturn("fuzzed");
  }

  /**
   * Sends {@link Mutations#CASES} requests.
   *
   * @return answers by their status
   */
  public SortedMap<Integer, Integer> run() {
    send(
        IntStream.range(0, Mutations.CASES)
            .mapToObj(i -> event(samples.get(mutations.number(samples.size())))));
    return statuses;
  }

  /**
   * Sends each request with one of its texts at a time replaced by a short unit, repeated to the
   * limit.
   */
  public void runRepetitions() {
    for (String unit : UNITS) {
      send(samples.stream().flatMap(sample -> queries(sample, unit)));
      send(samples.stream().flatMap(sample -> bodies(sample, unit)));
      send(headers(samples.get(0), unit));
    }
    statuses.clear();
  }

  private static Stream<APIGatewayV2HTTPEvent> queries(Sample sample, String unit) {
    String encoded = URLEncoder.encode(unit, UTF_8);
    List<String> values =
        List.of(
            encoded.repeat(LONG_QUERY_CHARS / encoded.length()),
            // short enough to be parsed as a page
            encoded.repeat(LONG_BODY_CHARS / encoded.length()) + "b/x");
    String[] pairs = sample.query().split("&", -1);
    return IntStream.range(0, pairs.length)
        .boxed()
        .flatMap(
            i ->
                values.stream()
                    .map(
                        value -> {
                          String[] changed = pairs.clone();
                          changed[i] = pairs[i].substring(0, pairs[i].indexOf('=') + 1) + value;
                          return event(sample, String.join("&", changed), Map.of(), sample.body());
                        }));
  }

  private static Stream<APIGatewayV2HTTPEvent> bodies(Sample sample, String unit) {
    if (sample.body() == null) {
      return Stream.of();
    }
    String value = unit.repeat(LONG_BODY_CHARS / 2 / unit.getBytes(UTF_8).length) + "b/x";
    return Stream.of(
            Map.of("page", value),
            Map.of("page", "example.com/" + value),
            Map.of("url", "https://" + value),
            Map.of("url", "https://example.com/?utm_source=" + value),
            Map.of("page", "a", "referrer", "https://" + value),
            Map.of("page", "a", "referrer", "android-app://" + value),
            Map.of("page", "a", "id", value, "tz", value, "w", value))
        .map(JSON::<ObjectNode>valueToTree)
        .map(body -> event(sample, sample.query(), Map.of(), body.toString()));
  }

  private static Stream<APIGatewayV2HTTPEvent> headers(Sample sample, String unit) {
    String value = unit.repeat(LONG_HEADER_CHARS / unit.length());
    return LONG_HEADERS.stream()
        .map(name -> event(sample, sample.query(), Map.of(name, value), sample.body()));
  }

  private static APIGatewayV2HTTPEvent event(
      Sample sample, String query, Map<String, String> headers, @Nullable String body) {
    Map<String, String> all = new TreeMap<>(headers);
    all.putIfAbsent("user-agent", "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0");
    RequestContext.Http http =
        RequestContext.Http.builder().withMethod(sample.method()).withSourceIp(CONNECTION).build();
    return APIGatewayV2HTTPEvent.builder()
        .withRawPath(sample.path())
        .withRawQueryString(query)
        .withHeaders(all)
        .withBody(body)
        .withRequestContext(RequestContext.builder().withHttp(http).build())
        .build();
  }

  /** Runs on a small stack, as threads have on some systems. */
  private void send(Stream<APIGatewayV2HTTPEvent> events) {
    AtomicReference<Throwable> failure = new AtomicReference<>();
    Thread thread = new Thread(null, () -> sendAll(events), "small stack", STACK_BYTES);
    thread.setUncaughtExceptionHandler((t, thrown) -> failure.set(thrown));
    thread.start();
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    if (failure.get() != null) {
      throw new AssertionError(failure.get().getMessage(), failure.get());
    }
  }

  private void sendAll(Stream<APIGatewayV2HTTPEvent> events) {
    PrintStream stdout = System.out;
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    System.setOut(new PrintStream(written, true, UTF_8));
    try {
      events.forEach(
          event -> {
            written.reset();
            try {
              APIGatewayV2HTTPResponse answer = function.answer(event, context);
              if (event.getRequestContext() == null) {
                assertThat(answer.getStatusCode()).as("no request").isEqualTo(204);
                assertThat(written.size()).isZero();
              } else {
                check(answer, written.toString(UTF_8));
              }
            } catch (RuntimeException | Error | IOException e) {
              String request = event.toString();
              throw new AssertionError(
                  "case: " + request.substring(0, Math.min(request.length(), 5_000)), e);
            }
          });
    } finally {
      System.setOut(stdout);
    }
  }

  private APIGatewayV2HTTPEvent event(Sample sample) {
    Map<String, String> headers = headers();
    String body = body(sample.body());
    boolean base64 = body != null && mutations.onceIn(5);
    if (base64 && !mutations.onceIn(6)) {
      body = Base64.getEncoder().encodeToString(body.getBytes(UTF_8));
    }
    String method =
        mutations.onceIn(15)
            ? mutations.any("PUT", "DELETE", "OPTIONS", "HEAD", "get", "", mutations.text())
            : sample.method();
    String path = mutations.onceIn(12) ? mutations.text(sample.path()) : sample.path();
    RequestContext.Http http =
        RequestContext.Http.builder()
            .withMethod(method)
            .withPath(path)
            .withSourceIp(mutations.onceIn(30) ? null : CONNECTION)
            .withUserAgent(headers.get("user-agent"))
            .build();
    return APIGatewayV2HTTPEvent.builder()
        .withRawPath(mutations.onceIn(200) ? null : path)
        .withRawQueryString(mutations.onceIn(200) ? null : query(sample.query()))
        .withHeaders(mutations.onceIn(200) ? null : headers)
        .withBody(body)
        .withIsBase64Encoded(base64)
        .withRequestContext(
            mutations.onceIn(200) ? null : RequestContext.builder().withHttp(http).build())
        .build();
  }

  private Map<String, String> headers() {
    Map<String, String> headers = new TreeMap<>();
    headers.put("user-agent", "Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0 " + AGENT);
    headers.put("x-forwarded-for", FORWARDED);
    headers.put("cookie", "a=" + COOKIE);
    for (int more = mutations.number(4); more > 0; more--) {
      switch (mutations.number(11)) {
        case 0 -> headers.put("content-type", mutations.any("text/plain", "application/json; x=y"));
        case 1 -> headers.put("content-type", mutations.text("application/x-www-form-urlencoded"));
        case 2 -> headers.put("origin", mutations.text("https://example.com"));
        case 3 -> headers.put("authorization", "Bearer " + TOKEN + mutations.text());
        case 4 -> headers.put("if-none-match", mutations.text("W/\"0a1b\", *"));
        case 5 -> headers.put("accept-encoding", mutations.text("gzip;q=0.5, br"));
        case 6 -> headers.put("user-agent", AGENT + mutations.text());
        case 7 -> headers.put("sec-purpose", mutations.text("prefetch;prerender"));
        case 8 -> headers.put("x-forwarded-for", FORWARDED + mutations.text());
        case 9 -> headers.put("x-country", mutations.text("DE"));
        default -> headers.put(mutations.text("Referer"), mutations.text("https://a.example/"));
      }
    }
    return headers;
  }

  private @Nullable String body(@Nullable String valid) {
    if (valid == null) {
      return mutations.onceIn(20) ? mutations.text() : null;
    }
    try {
      String body = mutations.json(JSON.readTree(valid)).toString();
      return switch (mutations.number(25)) {
        case 0 -> mutations.text(body);
        case 1 -> body + body;
        case 2 -> "{\"" + SENT + "\":1," + body.substring(Math.min(1, body.length()));
        case 3 -> body.replace(":\"", ":\"" + SENT);
        case 4 -> "[".repeat(5_000);
        case 5 -> null;
        case 6 -> body + " ".repeat(mutations.number(12_000));
        default -> body;
      };
    } catch (IOException e) {
      throw new IllegalArgumentException("a sample is not right", e);
    }
  }

  /** Parameters dropped, doubled or changed, with any escapes. */
  private String query(String valid) {
    List<String> pairs =
        Arrays.stream(valid.split("&", -1))
            .flatMap(
                pair ->
                    mutations.onceIn(12)
                        ? Stream.of()
                        : mutations.onceIn(15)
                            ? Stream.of(pair, changed(pair))
                            : Stream.of(mutations.onceIn(3) ? changed(pair) : pair))
            .collect(Collectors.toList());
    if (mutations.onceIn(10)) {
      pairs.add(mutations.text());
    }
    if (mutations.onceIn(300)) {
      pairs.add(("page=" + SENT + "&").repeat(mutations.any(99, 101, 30_000)));
    }
    return String.join("&", pairs);
  }

  private String changed(String pair) {
    int equals = pair.indexOf('=') + 1;
    String value = mutations.text(pair.substring(equals));
    if (mutations.onceIn(4)) {
      value += SENT;
    }
    return pair.substring(0, equals)
        + (mutations.onceIn(3) ? value : URLEncoder.encode(value, UTF_8));
  }

  private void check(APIGatewayV2HTTPResponse answer, String written) throws IOException {
    int status = answer.getStatusCode();
    statuses.merge(status, 1, Integer::sum);
    String type = answer.getHeaders().getOrDefault("content-type", "");
    String body = answer.getBody() == null ? "" : answer.getBody();
    String text = text(answer, body);

    assertThat(status).isBetween(200, 499);
    assertThat(answer.getHeaders().get("vary")).startsWith("origin");
    answer
        .getHeaders()
        .forEach(
            (name, value) -> {
              assertThat(name).matches("[a-z0-9-]+").doesNotStartWith("access-control");
              assertThat(value).matches("[ -~]*");
            });
    if (status >= 400) {
      assertThat(type).isEqualTo("application/problem+json");
      assertThat(body).doesNotContain(SENT);
    }
    if (!body.isEmpty()) {
      checkBody(type, text, status);
    }
    List<String> lines = written.lines().toList();
    assertThat(lines).hasSizeLessThanOrEqualTo(1);
    assertThat(lines.isEmpty()).as("no record, as of a file").isIn(false, isFile(answer));
    for (String line : lines) {
      JsonNode record = JSON.readTree(line);
      assertThat(record.at("/_aws/CloudWatchMetrics/0/Dimensions")).hasToString("[[\"Service\"]]");
      assertThat(record.path("requestId").asText(REQUEST_ID)).isEqualTo(REQUEST_ID);
      assertThat(record.has("requestId") || status < 400).isTrue();
      assertThat(record.has("RejectedRequests") || record.has("Views") || status < 400).isTrue();
    }
    String told = (answer.getHeaders() + text + body + written).toLowerCase(Locale.ROOT);
    for (String secret : SECRETS) {
      assertThat(told).doesNotContain(secret.toLowerCase(Locale.ROOT));
    }
  }

  /** Only files may be kept by shared caches, or revalidated each time. */
  private static boolean isFile(APIGatewayV2HTTPResponse answer) {
    String caching = answer.getHeaders().getOrDefault("cache-control", "");
    return caching.equals("no-cache") || caching.startsWith("public");
  }

  private static String text(APIGatewayV2HTTPResponse answer, String body) throws IOException {
    if (!answer.getIsBase64Encoded()) {
      return body;
    }
    byte[] bytes = Base64.getDecoder().decode(body);
    if (bytes.length == 0 || !answer.getHeaders().containsKey("content-encoding")) {
      return new String(bytes, UTF_8);
    }
    assertThat(answer.getHeaders()).containsEntry("content-encoding", "gzip");
    return new String(new GZIPInputStream(new ByteArrayInputStream(bytes)).readAllBytes(), UTF_8);
  }

  private static void checkBody(String type, String body, int status) throws IOException {
    if (type.equals("application/problem+json")) {
      JsonNode problem = JSON.readTree(body);
      assertThat(problem.get("type").textValue()).matches(PROBLEM_TYPE);
      assertThat(problem.get("status").intValue()).isEqualTo(status);
      assertThat(problem.get("title").textValue()).isNotBlank();
      assertThat(problem.get("detail").textValue()).isNotBlank().hasSizeLessThan(2_000);
      assertThat(problem.get("instance").textValue()).isEqualTo("urn:uuid:" + REQUEST_ID);
    } else if (type.startsWith("application/json")) {
      JSON.readTree(body);
    } else if (type.startsWith("image/svg+xml")) {
      requireWellFormed(body);
    } else if (type.startsWith("text/csv")) {
      assertThat(CSV_CELL.matcher(body).replaceAll("")).isEmpty();
    }
  }

  private static void requireWellFormed(String xml) throws IOException {
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
      factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      DocumentBuilder parser = factory.newDocumentBuilder();
      parser.setErrorHandler(null);
      parser.parse(new InputSource(new StringReader(xml)));
    } catch (ParserConfigurationException | SAXException e) {
      throw new AssertionError("not well-formed: " + xml, e);
    }
  }
}
