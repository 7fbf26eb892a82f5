package com.visitorcount.local.stream;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.visitorcount.local.template.Arn;
import java.time.Instant;
import java.util.UUID;

/**
 * A batch that was given up, as the failure queue is told of it: where its records are in the
 * stream, and not what they say.
 *
 * @param functionName function that could not handle it
 * @param condition {@code RetryAttemptsExhausted} or {@code RecordAgeExceeded}
 * @param invokeCount how often the function got exactly these records
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
    String streamArn) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** The message in the queue. */
  public String json() {
    ObjectNode message = JSON.createObjectNode();
    message
        .putObject("requestContext")
        .put("requestId", UUID.randomUUID().toString())
        .put("functionArn", Arn.ofFunction(functionName))
        .put("condition", condition)
        .put("approximateInvokeCount", invokeCount);
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
    return message.toString();
  }
}
