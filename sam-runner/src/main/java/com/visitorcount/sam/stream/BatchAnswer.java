package com.visitorcount.sam.stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;

/** The answer of a function that reports batch item failures. */
final class BatchAnswer {
  private static final ObjectMapper JSON = new ObjectMapper();

  private BatchAnswer() {}

  /**
   * How many records the function has handled, from the first one on: all if there is no failure,
   * those before the first failure, or none if a failure names no record of the batch.
   *
   * @param answer JSON
   */
  static int handled(byte[] answer, List<StreamRecord> batch) {
    JsonNode failures;
    try {
      failures = JSON.readTree(answer).path("batchItemFailures");
    } catch (IOException e) {
      throw new IllegalStateException("A function answers with JSON", e);
    }
    List<String> sequenceNumbers = batch.stream().map(StreamRecord::sequenceNumber).toList();
    int handled = batch.size();
    for (JsonNode failure : failures) {
      int index = sequenceNumbers.indexOf(failure.path("itemIdentifier").asText());
      handled = Math.min(handled, Math.max(index, 0));
    }
    return handled;
  }
}
