package com.visitorcount.history;

import static java.util.Objects.requireNonNull;

import com.visitorcount.counter.DynamoDbClients;
import com.visitorcount.history.statistics.History;
import com.visitorcount.history.statistics.UnreadableItems;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * The table {@code VisitorHistory}, and the one client through which all that is in it is reached.
 */
public final class HistoryTable {
  final Items items;

  HistoryTable(Items items) {
    this.items = requireNonNull(items, "items");
  }

  /**
   * @param client see {@link DynamoDbClients}
   */
  public HistoryTable(DynamoDbClient client, String name) {
    this(new DynamoDbItems(client, name));
  }

  /** The table by a client of its own, for the life of the process. */
  public static HistoryTable open(String name) {
    return new HistoryTable(DynamoDbClients.builder().build(), name);
  }

  /** Where views arrive. */
  public Chunks chunks() {
    return new Chunks(items);
  }

  /** Where records of the stream go that cannot be read. */
  public UnreadableRecords unreadableRecords() {
    return new UnreadableRecords(items);
  }

  /** What is to be done each hour. */
  public Compaction compaction() {
    return new Compaction(items);
  }

  /**
   * The same, for a function that shares the table with those that count.
   *
   * @param maxWriteUnits how many units a second the table may write: half of them are taken
   * @param retentionDays for how many days rows of closed days are kept; 0: for ever
   * @param nanoTime a clock that only runs forward, in nanoseconds
   */
  public Compaction compaction(int maxWriteUnits, int retentionDays, LongSupplier nanoTime) {
    return new Compaction(
        new PacedItems(items, maxWriteUnits / 2.0, nanoTime, LockSupport::parkNanos),
        ClosedDays.MAX_ROWS,
        retentionDays);
  }

  /** What the hourly job has not done yet. */
  public Backlog backlog(Instant now) {
    return Backlog.of(items, now);
  }

  /** What statistics are made of. */
  public History history(Clock clock) {
    return new StoredHistory(items, clock);
  }

  /**
   * The same for one question.
   *
   * @param unreadable takes what cannot be read
   */
  public History history(Clock clock, UnreadableItems unreadable) {
    return new StoredHistory(items, clock, unreadable);
  }

  /** Which links to statistics are still valid. */
  public ShareGenerations shareGenerations() {
    return new ShareGenerations(items);
  }

  /** Whether history adds up. */
  public ConsistencyCheck consistencyCheck(Clock clock) {
    return new ConsistencyCheck(items, clock);
  }

  /** Which alerts were sent. */
  public SentAlerts sentAlerts() {
    return new SentAlerts(items);
  }

  /** All rows of a site. */
  public RowExport rowExport(Instant now) {
    return new RowExport(items, LocalDate.ofInstant(now, ZoneOffset.UTC));
  }

  /**
   * Where rows of elsewhere go.
   *
   * @param source name under which they stand, and that a later import replaces
   */
  public RowImport rowImport(String source, Instant now) {
    return new RowImport(items, source, now);
  }

  /**
   * Where sums of elsewhere go, of which there are no rows.
   *
   * @param source name under which they stand, and that a later import replaces
   * @throws IllegalArgumentException if it is not as {@link SumImport#SOURCE} has it
   */
  public SumImport sumImport(String source, Instant now) {
    return new SumImport(items, source, now);
  }

  /** What deletes. */
  public Forgetting forgetting(Instant now) {
    return new Forgetting(items, now);
  }
}
