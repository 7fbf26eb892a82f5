package com.visitorcount.rollup;

import static java.util.Objects.requireNonNull;

import com.amazonaws.services.lambda.runtime.events.DynamodbEvent.DynamodbStreamRecord;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse.BatchItemFailure;
import com.amazonaws.services.lambda.runtime.events.models.dynamodb.StreamRecord;
import com.visitorcount.counter.StreamedView;
import com.visitorcount.history.Chunks;
import com.visitorcount.history.HistoryTable;
import com.visitorcount.history.UnreadableRecords;
import com.visitorcount.history.row.Row;
import com.visitorcount.http.Metric;
import com.visitorcount.http.RequestRecord;
import com.visitorcount.http.RequestRecords;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns a batch of stream records into chunks. A record that cannot be read is set aside, since no
 * retry would help. A record that cannot be stored is reported, so that Lambda sends the batch
 * again from there; everything else in the batch, before and after it, is already stored then.
 */
final class Rollup {
  private static final Logger LOG = LoggerFactory.getLogger(Rollup.class);

  private final Chunks chunks;
  private final UnreadableRecords unreadableRecords;
  private final Clock clock;
  private final RequestRecords requestRecords;

  /**
   * @param requestRecords whether requests report the views they counted, or this function does
   */
  Rollup(HistoryTable history, Clock clock, RequestRecords requestRecords) {
    this.chunks = history.chunks();
    this.unreadableRecords = history.unreadableRecords();
    this.clock = requireNonNull(clock, "clock");
    this.requestRecords = requireNonNull(requestRecords, "requestRecords");
  }

  /** Stores the views among the records, and reports the first record that must be sent again. */
  StreamsEventResponse store(List<DynamodbStreamRecord> records, RequestRecord record) {
    Instant now = clock.instant();
    // by position in the batch: records sent again by hand may have equal numbers
    NavigableMap<Integer, Row> rows = new TreeMap<>();
    Map<String, Integer> unreadable = new HashMap<>();
    for (int place = 0; place < records.size(); place++) {
      DynamodbStreamRecord streamed = records.get(place);
      try {
        StreamedView view = view(streamed.getDynamodb());
        if (view != null) {
          rows.put(place, Row.of(view));
        }
      } catch (RuntimeException e) {
        // a failure with one record must not hold up the others
        LOG.error("The record {} cannot be read: {}", number(streamed), e.toString());
        unreadable.putIfAbsent(RecordJson.of(streamed), place);
      }
    }
    NavigableSet<Integer> failed = new TreeSet<>();
    storeRows(rows, now, failed, record);
    setAside(unreadable, failed, record);
    if (requestRecords == RequestRecords.PROBLEMS) {
      countViews(failed.isEmpty() ? rows : rows.headMap(failed.first(), false), record);
    }
    if (!rows.isEmpty()) {
      long oldest = rows.values().stream().mapToLong(Row::second).min().orElseThrow();
      record.note("lagSeconds", Long.toString(Math.max(0, now.getEpochSecond() - oldest)));
    }
    record.note("records", Integer.toString(records.size()));
    if (!failed.isEmpty()) {
      record.note("failedRecords", Integer.toString(failed.size()));
    }
    if (!failed.isEmpty() || !unreadable.isEmpty()) {
      record.count(Metric.FAULTS);
    }
    // Lambda sends the batch again from the lowest number reported
    return new StreamsEventResponse(
        failed.isEmpty()
            ? List.of()
            : List.of(new BatchItemFailure(number(records.get(failed.first())))));
  }

  private void storeRows(
      Map<Integer, Row> rows, Instant now, Set<Integer> failed, RequestRecord record) {
    Chunks.Result result = chunks.store(rows.values(), now);
    if (result.cause() != null) {
      LOG.error(
          "Rows could not be stored: {}, because of {}",
          result.cause().getMessage(),
          result.cause().getCause());
      Set<Row> unstored = new HashSet<>(result.unstored());
      rows.forEach(
          (place, row) -> {
            if (unstored.contains(row)) {
              failed.add(place);
            }
          });
    }
    record.count(Metric.VIEWS_ROLLED_UP, countable(rows.values()) - countable(result.unstored()));
    record.note("chunks", Integer.toString(result.chunks()));
  }

  private void setAside(
      Map<String, Integer> unreadable, Set<Integer> failed, RequestRecord record) {
    UnreadableRecords.Result result = unreadableRecords.store(unreadable.keySet());
    if (result.cause() != null) {
      LOG.error(
          "Records could not be set aside: {}, because of {}",
          result.cause().getMessage(),
          result.cause().getCause());
      result.unstored().forEach(json -> failed.add(requireNonNull(unreadable.get(json))));
    }
    if (!unreadable.isEmpty()) {
      record.note("setAside", Integer.toString(unreadable.size() - result.unstored().size()));
    }
  }

  /**
   * Counts the views that the requests did not report, each once: those from the first failed
   * record on are sent again and counted then.
   */
  private static void countViews(Map<Integer, Row> done, RequestRecord record) {
    record.count(Metric.VIEWS, countable(done.values()));
    record.count(
        Metric.NEW_PAGES,
        (int)
            done.values().stream().filter(row -> row.sequence() == 1 && !row.isMessage()).count());
  }

  /** Messages about engagement are stored but not counted. */
  private static int countable(Collection<Row> rows) {
    return (int) rows.stream().filter(row -> !row.isMessage()).count();
  }

  /** A record's sequence number; if it has none, empty, which means the whole batch. */
  private static String number(DynamodbStreamRecord record) {
    StreamRecord change = record.getDynamodb();
    String number = change == null ? null : change.getSequenceNumber();
    return number == null ? "" : number;
  }

  private static @Nullable StreamedView view(StreamRecord record) {
    return StreamedView.of(
        StreamImages.item(record.getOldImage()),
        StreamImages.item(record.getNewImage()),
        record.getApproximateCreationDateTime().toInstant());
  }
}
