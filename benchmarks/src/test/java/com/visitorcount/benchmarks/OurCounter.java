package com.visitorcount.benchmarks;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.visitorcount.increment.IncrementHandler;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The increment function's handler as it is deployed, given the events of a Function URL: visitors
 * with fifty different browsers and many addresses, who come from elsewhere, by campaigns, or from
 * within the site, to one page. The events are made beforehand, as Lambda's runtime hands them over
 * ready, and come again and again; the table has forgotten their ids by then.
 */
final class OurCounter {
  private static final String COUNT = "\"count\":";
  private static final int UNAVAILABLE = 503;
  private static final int BROWSERS = 50;
  private static final int EVENTS = 5_000;
  private static final List<String> QUERIES =
      List.of("", "", "?utm_source=newsletter&utm_medium=email&utm_campaign=november", "?page=2");
  private static final List<String> REFERRERS =
      List.of("https://www.google.com/", "", "https://example.com/other", "https://news.example/");

  private OurCounter() {}

  public static void main(String[] args) throws IOException {
    List<APIGatewayV2HTTPEvent> events =
        IntStream.range(0, EVENTS).mapToObj(OurCounter::event).toList();
    IncrementHandler handler = new IncrementHandler();
    JavaCounting.run(
        number -> {
          APIGatewayV2HTTPEvent event = events.get(number % EVENTS);
          FunctionContext context = new FunctionContext(number);
          APIGatewayV2HTTPResponse answer = handler.handleRequest(event, context);
          while (answer.getStatusCode() == UNAVAILABLE) {
            // on a machine that is too busy to answer in time, as a client does: with the same id
            answer = handler.handleRequest(event, context);
          }
          return count(answer.getBody());
        });
  }

  /** Read without a parser, whose work would be taken for the counter's. */
  private static long count(String answer) {
    int start = answer.indexOf(COUNT) + COUNT.length();
    return Long.parseLong(answer, start, answer.indexOf('}', start), 10);
  }

  private static APIGatewayV2HTTPEvent event(int number) {
    String ip = "198.18." + number / 250 + "." + (1 + number % 250);
    return APIGatewayV2HTTPEvent.builder()
        .withVersion("2.0")
        .withRouteKey("$default")
        .withRawPath("/")
        .withRawQueryString("")
        .withHeaders(headers(number, ip))
        .withRequestContext(
            APIGatewayV2HTTPEvent.RequestContext.builder()
                .withHttp(
                    APIGatewayV2HTTPEvent.RequestContext.Http.builder()
                        .withMethod("POST")
                        .withPath("/")
                        .withProtocol("HTTP/1.1")
                        .withSourceIp(ip)
                        .build())
                .build())
        .withBody(
            "{\"url\":\"https://example.com/blog/a-first-post/"
                + QUERIES.get(number % QUERIES.size())
                + "\",\"referrer\":\""
                + REFERRERS.get(number % REFERRERS.size())
                + "\",\"id\":\""
                + Long.toHexString(number * 0x9E3779B97F4A7C15L)
                + "\",\"tz\":\"Europe/Berlin\",\"w\":5}")
        .build();
  }

  private static Map<String, String> headers(int number, String ip) {
    Map<String, String> headers = new HashMap<>();
    headers.put("accept", "*/*");
    headers.put("accept-encoding", "gzip, deflate, br, zstd");
    headers.put("accept-language", "de-DE,de;q=0.9,en;q=0.8");
    headers.put("content-length", "180");
    headers.put("content-type", "text/plain;charset=UTF-8");
    headers.put("host", "abcdefghijklmnopqrstuvwxyz012345.lambda-url.eu-central-1.on.aws");
    headers.put("origin", "https://example.com");
    headers.put("referer", "https://example.com/");
    headers.put("sec-fetch-dest", "empty");
    headers.put("sec-fetch-mode", "cors");
    headers.put("sec-fetch-site", "cross-site");
    headers.put(
        "user-agent",
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/"
            + (100 + number % BROWSERS)
            + ".0.0.0 Safari/537.36");
    headers.put("x-amzn-trace-id", "Root=1-673f0000-0123456789abcdef01234567");
    headers.put("x-forwarded-for", ip);
    headers.put("x-forwarded-port", "443");
    headers.put("x-forwarded-proto", "https");
    return headers;
  }
}
