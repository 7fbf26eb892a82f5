package com.visitorcount.sam.stream;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.visitorcount.sam.template.Arn;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.UUID;

/**
 * A batch that was given up, complete, as Lambda writes it to a bucket.
 *
 * @param functionName function that could not handle it
 * @param condition {@code RetryAttemptsExhausted} or {@code RecordAgeExceeded}
 * @param invokeCount how often the function received exactly these records
 * @param payload the event that the function would have received
 */
public record FailedBatch(
    String functionName,
    String condition,
    int invokeCount,
    Instant at,
    String shardId,
    String startSequenceNumber,
    String endSequenceNumber,
    Instant firstArrival,
    Instant lastArrival,
    int batchSize,
    String streamArn,
    String payload) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final DateTimeFormatter KEY_DAY = utc("uuuu/MM/dd");
  private static final DateTimeFormatter KEY_TIME = utc("uuuu-MM-dd'T'HH.mm.ss");

  private static DateTimeFormatter utc(String pattern) {
    return DateTimeFormatter.ofPattern(pattern, Locale.ROOT).withZone(ZoneOffset.UTC);
  }

  /** A new key for its object, different each time. */
  String key() {
    UUID mapping = UUID.nameUUIDFromBytes((functionName + streamArn).getBytes(UTF_8));
    return "aws/lambda/%s/%s/%s/%s-%s"
        .formatted(mapping, shardId, KEY_DAY.format(at), KEY_TIME.format(at), UUID.randomUUID());
  }

  /** The content of its object. */
  public String json() {
    ObjectNode message = JSON.createObjectNode();
    message
        .putObject("requestContext")
        .put("requestId", UUID.randomUUID().toString())
        .put("functionArn", Arn.ofFunction(functionName))
        .put("condition", condition)
        .put("approximateInvokeCount", invokeCount);
    if (invokeCount > 0) {
      message
          .putObject("responseContext")
          .put("statusCode", 200)
          .put("executedVersion", "$LATEST")
          .put("functionError", "Unhandled");
    }
    message.put("version", "1.0").put("timestamp", at.toString());
    message
        .putObject("DDBStreamBatchInfo")
        .put("shardId", shardId)
        .put("startSequenceNumber", startSequenceNumber)
        .put("endSequenceNumber", endSequenceNumber)
        .put("approximateArrivalOfFirstRecord", firstArrival.toString())
        .put("approximateArrivalOfLastRecord", lastArrival.toString())
        .put("batchSize", batchSize)
        .put("streamArn", streamArn);
    message.put("payload", payload);
    return message.toString();
  }
}
