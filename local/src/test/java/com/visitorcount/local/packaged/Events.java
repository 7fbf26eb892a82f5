package com.visitorcount.local.packaged;

import com.visitorcount.sam.schedule.ScheduledEvent;
import com.visitorcount.sam.url.UrlEvent;
import com.visitorcount.sam.url.UrlRequest;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Events as AWS sends them, as JSON. */
final class Events {
  static final String SECRET_IP = "203.0.113.77";
  static final String SECRET_AGENT = "SecretAgent/7";

  private static final Instant NOW = Instant.parse("2026-11-25T10:15:30Z");

  private Events() {}

  /** A POST to a Function URL. */
  static String post(String body) {
    return request("POST", "/", "", Map.of("content-type", "application/json"), body);
  }

  /** A GET from a Function URL. */
  static String get(String query) {
    return request("GET", "/", query, Map.of(), "");
  }

  /** Any request to a Function URL. */
  static String request(
      String method, String path, String query, Map<String, String> headers, String body) {
    Map<String, String> all = new TreeMap<>(headers);
    all.putIfAbsent("user-agent", SECRET_AGENT);
    UrlRequest request =
        new UrlRequest(
            method, path, query, "HTTP/1.1", "x.lambda-url.test", 443, SECRET_IP, all, List.of());
    return text(UrlEvent.json(request, body.getBytes(StandardCharsets.UTF_8), NOW));
  }

  /** What EventBridge sends each hour. */
  static String hourly() {
    return text(ScheduledEvent.json("arn:aws:events:us-east-1:123456789012:rule/hourly", NOW));
  }

  /** A batch of the stream with one view. */
  static String streamedView(String sequenceNumber, long second) {
    return batch(streamed(sequenceNumber, second, "\"views\":{\"N\":\"1\"}"));
  }

  /** A batch of the stream. */
  static String batch(String... records) {
    return "{\"Records\":[" + String.join(",", records) + "]}";
  }

  /**
   * A record of the stream: a new item with one attribute besides its key.
   *
   * @param second when it was written, since the epoch
   */
  static String streamed(String sequenceNumber, long second, String attribute) {
    return """
        {"eventID":"%1$s","eventName":"INSERT","eventVersion":"1.1","eventSource":"aws:dynamodb",\
        "awsRegion":"us-east-1","dynamodb":{"ApproximateCreationDateTime":%2$d,\
        "Keys":{"id":{"S":"jar.test/streamed"}},\
        "NewImage":{"id":{"S":"jar.test/streamed"},%3$s},"SequenceNumber":"%1$s",\
        "SizeBytes":59,"StreamViewType":"NEW_AND_OLD_IMAGES"},\
        "eventSourceARN":"arn:aws:dynamodb:us-east-1:123456789012:table/VisitorCount/stream/x"}"""
        .formatted(sequenceNumber, second, attribute);
  }

  private static String text(byte[] json) {
    return new String(json, StandardCharsets.UTF_8);
  }
}
