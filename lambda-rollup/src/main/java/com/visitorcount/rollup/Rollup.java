package com.visitorcount.rollup;

import static java.util.Objects.requireNonNull;

import com.amazonaws.services.lambda.runtime.events.DynamodbEvent.DynamodbStreamRecord;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse.BatchItemFailure;
import com.amazonaws.services.lambda.runtime.events.models.dynamodb.StreamRecord;
import com.visitorcount.counter.StreamedView;
import com.visitorcount.history.Chunks;
import com.visitorcount.http.Metric;
import com.visitorcount.http.RequestRecord;
import com.visitorcount.http.RequestRecords;
import com.visitorcount.row.Row;
import java.time.Clock;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns a batch of the stream into chunks. What it cannot handle it reports, so that Lambda sends
 * the batch again from there on; all else of the batch is stored by then, before and after.
 */
final class Rollup {
  private static final Logger LOG = LoggerFactory.getLogger(Rollup.class);

  private final Chunks chunks;
  private final Clock clock;
  private final RequestRecords requestRecords;

  /**
   * @param requestRecords whether requests report the views they counted, or this does
   */
  Rollup(Chunks chunks, Clock clock, RequestRecords requestRecords) {
    this.chunks = requireNonNull(chunks, "chunks");
    this.clock = requireNonNull(clock, "clock");
    this.requestRecords = requireNonNull(requestRecords, "requestRecords");
  }

  /** Stores the views among the records, and names the first record that has to come again. */
  StreamsEventResponse store(List<DynamodbStreamRecord> records, RequestRecord record) {
    Instant now = clock.instant();
    Map<String, Row> rows = new LinkedHashMap<>();
    Set<String> failed = new HashSet<>();
    for (DynamodbStreamRecord streamed : records) {
      String sequenceNumber = streamed.getDynamodb().getSequenceNumber();
      try {
        StreamedView view = view(streamed.getDynamodb());
        if (view != null) {
          rows.put(sequenceNumber, Row.of(view));
        }
      } catch (RuntimeException e) {
        // whatever is wrong with one record must not hold up the others; the batch comes again, so
        // there may be many such lines
        LOG.error("The record {} is no view that can be read: {}", sequenceNumber, e.toString());
        failed.add(sequenceNumber);
      }
    }
    Chunks.Result result = chunks.store(rows.values(), now);
    if (result.cause() != null) {
      LOG.error(
          "Rows could not be stored: {}, because of {}",
          result.cause().getMessage(),
          result.cause().getCause());
      Set<Row> unstored = new HashSet<>(result.unstored());
      rows.forEach(
          (sequenceNumber, row) -> {
            if (unstored.contains(row)) {
              failed.add(sequenceNumber);
            }
          });
    }
    record.count(Metric.VIEWS_ROLLED_UP, rows.size() - result.unstored().size());
    if (requestRecords == RequestRecords.PROBLEMS) {
      countViews(records, rows, failed, record);
    }
    if (!rows.isEmpty()) {
      long oldest = rows.values().stream().mapToLong(Row::second).min().orElseThrow();
      record.note("lagSeconds", Long.toString(Math.max(0, now.getEpochSecond() - oldest)));
    }
    record.note("records", Integer.toString(records.size()));
    record.note("chunks", Integer.toString(result.chunks()));
    if (!failed.isEmpty()) {
      record.count(Metric.FAULTS);
      record.note("failedRecords", Integer.toString(failed.size()));
    }
    return new StreamsEventResponse(firstOf(failed, records));
  }

  /**
   * Counts the views that the requests did not report, each of them once: those from the first
   * failed record onwards come again, and are counted then.
   */
  private static void countViews(
      List<DynamodbStreamRecord> records,
      Map<String, Row> rows,
      Set<String> failed,
      RequestRecord record) {
    List<Row> done =
        records.stream()
            .map(streamed -> streamed.getDynamodb().getSequenceNumber())
            .takeWhile(number -> !failed.contains(number))
            .map(rows::get)
            .filter(Objects::nonNull)
            .toList();
    record.count(Metric.VIEWS, done.size());
    record.count(Metric.NEW_PAGES, (int) done.stream().filter(row -> row.sequence() == 1).count());
  }

  private static @Nullable StreamedView view(StreamRecord record) {
    return StreamedView.of(
        StreamImages.item(record.getOldImage()),
        StreamImages.item(record.getNewImage()),
        record.getApproximateCreationDateTime().toInstant());
  }

  /** Lambda takes up the batch again at the lowest number that it is given. */
  private static List<BatchItemFailure> firstOf(
      Set<String> failed, List<DynamodbStreamRecord> records) {
    return records.stream()
        .map(record -> record.getDynamodb().getSequenceNumber())
        .filter(failed::contains)
        .findFirst()
        .map(BatchItemFailure::new)
        .map(List::of)
        .orElse(List.of());
  }
}
