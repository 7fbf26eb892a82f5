package com.visitorcount.local.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.visitorcount.counter.DynamoDbClients;
import com.visitorcount.local.LocalStack;
import com.visitorcount.local.TestStack;
import com.visitorcount.local.store.FaultProxy.Fault;
import com.visitorcount.local.store.FaultTrial.SpoiltCall;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Every call to DynamoDB under every fault, by the real handlers and the real SDK. */
final class FaultMatrixTest {
  private static final int AT_ONCE = 12;
  private static final int NOT_LOOKED_AT = 1_000;

  /** Faults after which the SDK does not retry, since it does not consider them transient. */
  private static final Set<Fault> NOT_SENT_AGAIN =
      EnumSet.of(Fault.ACCESS_DENIED, Fault.TABLE_MISSING, Fault.WRONG_CRC32, Fault.WRONG_SHAPE);

  /** Faults where the call is done although the answer is lost or makes no sense. */
  private static final Set<Fault> DONE =
      EnumSet.of(
          Fault.DONE_THEN_CLOSED,
          Fault.DONE_THEN_500,
          Fault.DONE_THEN_SILENT,
          Fault.NOT_JSON,
          Fault.TRUNCATED,
          Fault.WRONG_CRC32,
          Fault.WRONG_SHAPE);

  @Test
  void everyCall_everyFault_endsAsSpecifiedAndHeals() throws Exception {
    Map<String, String> expected = new LinkedHashMap<>();
    Map<String, Future<String>> trials = new LinkedHashMap<>();
    ExecutorService executor = Executors.newFixedThreadPool(AT_ONCE);
    Map<String, String> seen = new LinkedHashMap<>();
    try (LocalStack stack = TestStack.start(Map.of());
        DynamoDbClient client =
            DynamoDbClients.builder().endpointOverride(stack.runner().dynamoDbEndpoint()).build();
        CapturedLines lines = CapturedLines.capture()) {
      // first calls load thousands of classes, which can outlast an attempt on a busy machine
      int number = NOT_LOOKED_AT;
      for (SpoiltCall call : SpoiltCall.values()) {
        new FaultTrial(
                stack.runner().dynamoDbEndpoint(), client, lines, number++, call, Fault.SLOW, false)
            .outcome();
      }
      for (SpoiltCall call : SpoiltCall.values()) {
        for (Fault fault : EnumSet.complementOf(EnumSet.of(Fault.NONE))) {
          for (boolean always : new boolean[] {false, true}) {
            String cell = cell(call, fault, always);
            expected.put(cell, expected(call, fault, always));
            FaultTrial trial =
                new FaultTrial(
                    stack.runner().dynamoDbEndpoint(),
                    client,
                    lines,
                    trials.size(),
                    call,
                    fault,
                    always);
            trials.put(cell, executor.submit(trial::outcome));
          }
        }
      }
      for (Map.Entry<String, Future<String>> trial : trials.entrySet()) {
        seen.put(trial.getKey(), trial.getValue().get());
      }
    } finally {
      executor.shutdownNow();
    }
    Path file = TestStack.root().resolve("docs/faults.md");
    Path made = TestStack.root().resolve("local/target/faults.md");
    Files.writeString(made, document(seen));

    assertThat(lines(seen)).isEqualTo(lines(expected));
    assertThat(file)
        .as("what the test saw is in local/target/faults.md: copy it to docs/faults.md")
        .hasSameTextualContentAs(made);
  }

  /** The specification. */
  private static String expected(SpoiltCall call, Fault fault, boolean always) {
    boolean answered =
        fault == Fault.SLOW
            || (!always && !NOT_SENT_AGAIN.contains(fault))
            // the content of a write's answer is ignored
            || (fault == Fault.WRONG_SHAPE && call.isWrite());
    if (call.isOfOneAttempt() && !always && isSilent(fault)) {
      answered = false;
    }
    String result = answered ? call.success() : call.failure();
    boolean stored = answered || DONE.contains(fault);
    // the day is still closed with its new rows, and no later run looks at the old ones
    boolean oldItemsStay = call == SpoiltCall.REPLACED && !answered;
    return result
        + call.stored(stored)
        + (oldItemsStay ? FaultTrial.OLD_ITEMS_STAY : "")
        + "; heals";
  }

  private static boolean isSilent(Fault fault) {
    return fault == Fault.SILENT || fault == Fault.DONE_THEN_SILENT;
  }

  private static String cell(SpoiltCall call, Fault fault, boolean always) {
    return call + " " + fault + (always ? " always" : " once");
  }

  private static List<String> lines(Map<String, String> outcomes) {
    List<String> lines = new ArrayList<>();
    outcomes.forEach((cell, outcome) -> lines.add(cell + ": " + outcome));
    return lines;
  }

  private static String document(Map<String, String> seen) {
    StringBuilder text = new StringBuilder(INTRODUCTION);
    for (SpoiltCall call : SpoiltCall.values()) {
      text.append("\n## ").append(call.title()).append("\n\n| fault | once | every time |\n");
      text.append("| --- | --- | --- |\n");
      for (Fault fault : EnumSet.complementOf(EnumSet.of(Fault.NONE))) {
        text.append("| ").append(title(fault));
        text.append(" | ").append(seen.get(cell(call, fault, false)));
        text.append(" | ").append(seen.get(cell(call, fault, true))).append(" |\n");
      }
    }
    return text.toString();
  }

  private static String title(Fault fault) {
    return switch (fault) {
      case NONE -> "none";
      case DONE_THEN_CLOSED -> "done, then connection closed";
      case DONE_THEN_500 -> "done, then answered 500";
      case DONE_THEN_SILENT -> "done, never answered";
      case CLOSED -> "connection closed before";
      case THROTTLED -> "throttled";
      case SILENT -> "not done, never answered";
      case ANSWERED_500 -> "not done, answered 500";
      case ACCESS_DENIED -> "access denied";
      case TABLE_MISSING -> "table missing";
      case SLOW -> "answered 300 ms late";
      case NOT_JSON -> "done, answer is not JSON";
      case TRUNCATED -> "done, answer is cut off";
      case WRONG_CRC32 -> "done, wrong checksum";
      case WRONG_SHAPE -> "done, answer of other types";
    };
  }

  private static final String INTRODUCTION =
      """
      # What happens when DynamoDB has trouble

      `FaultMatrixTest` generates this page. It tries each cell with the real handlers and the real SDK against dynalite
      behind a proxy that disturbs one kind of call: either `once`, so that the SDK's next attempt succeeds, or every time.

      - **503** is `application/problem+json` with the type `counters-unavailable` and `Retry-After: 1`; it writes one ERROR
        line with the request id and counts one `Faults`. No status other than 200 and 503 was seen, and an answer of 200
        writes no ERROR line, unless it is an image that says so:
      - **200 and says so** is an uncached image with the word "unavailable"; it writes the same line and counts the same.
      - **reported** is a batch whose first record is reported to Lambda as failed; **thrown** is a run that ends with an
        exception, which Lambda counts as an error. Both write one ERROR line with the request id and count one `Faults`; a
        record that cannot be read has a line of its own in any case.
      - **stored**, **not stored**: what the disturbed request, batch or run left behind when it had ended.
      - **heals**: after the fault, the same handler gets the same request with the same id, the same batch again, the same
        request, or the next run, and succeeds; then each view is stored once: none lost, none twice.

      It follows that a view that was answered 200 is stored; a view that was answered 503 may be stored, and counts once if
      you retry with its id; history has each view once, after any of these faults and one more delivery or run. No log line
      contains an address or a user agent.

      **Old items stay**: a closed day to which rows were added has its new rows. The items they replaced did not get an
      expiry; nobody reads them, and they take up space until someone deletes them.

      If `GetItem` is answered `{}`, or `BatchGetItem` without the table, the pages look as if they were never viewed. Not
      tested on AWS: there, faults come from the network and DynamoDB itself, and Lambda's retries, limits and failure bucket
      work as AWS documents them.
      """;
}
