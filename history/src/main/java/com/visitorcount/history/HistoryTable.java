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

/** The table {@code VisitorHistory} and the client for all access to it. */
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

  /** Opens the table with a client of its own, for the life of the process. */
  public static HistoryTable open(String name) {
    return new HistoryTable(DynamoDbClients.builder().build(), name);
  }

  /** Stores arriving views. */
  public Chunks chunks() {
    return new Chunks(items);
  }

  /** Stores stream records that cannot be read. */
  public UnreadableRecords unreadableRecords() {
    return new UnreadableRecords(items);
  }

  /** The hourly job. */
  public Compaction compaction() {
    return new Compaction(items);
  }

  /**
   * The hourly job for a function that shares the table with those that count.
   *
   * @param maxWriteUnits the table's write units a second; the job uses half of them
   * @param retentionDays how many days rows of closed days are kept; 0: forever
   * @param hasLake whether closed days are listed for the lake
   * @param nanoTime a monotonic clock, in nanoseconds
   */
  public Compaction compaction(
      int maxWriteUnits, int retentionDays, boolean hasLake, LongSupplier nanoTime) {
    Items paced = new PacedItems(items, maxWriteUnits / 2.0, nanoTime, LockSupport::parkNanos);
    return new Compaction(
        paced,
        ClosedDays.MAX_ROWS,
        retentionDays,
        hasLake ? LakeDays.used(paced) : LakeDays.unused(paced));
  }

  /** The days whose files in the lake are still to be written. */
  public LakeDays lakeDays() {
    return LakeDays.of(items);
  }

  /** What the hourly job still has to do. */
  public Backlog backlog(Instant now) {
    return Backlog.of(items, now);
  }

  /** The data that statistics are computed from. */
  public History history(Clock clock) {
    return new StoredHistory(items, clock);
  }

  /**
   * The data for one question.
   *
   * @param unreadable receives what cannot be read
   */
  public History history(Clock clock, UnreadableItems unreadable) {
    return new StoredHistory(items, clock, unreadable);
  }

  /** Which links to statistics are still valid. */
  public ShareGenerations shareGenerations() {
    return new ShareGenerations(items);
  }

  /** Checks whether history adds up to the counters. */
  public ConsistencyCheck consistencyCheck(Clock clock) {
    return new ConsistencyCheck(items, clock);
  }

  /** The alerts that were sent. */
  public SentAlerts sentAlerts() {
    return new SentAlerts(items);
  }

  /** The reports that were sent. */
  public SentReports sentReports() {
    return new SentReports(items);
  }

  /** Exports the rows of a site. */
  public RowExport rowExport(Instant now) {
    return new RowExport(items, LocalDate.ofInstant(now, ZoneOffset.UTC));
  }

  /**
   * Imports rows from another product.
   *
   * @param source name of the rows' source, whose rows a later import replaces
   */
  public RowImport rowImport(String source, Instant now) {
    return new RowImport(items, source, now);
  }

  /**
   * Imports sums without rows from another product.
   *
   * @param source name of the sums' source, whose sums a later import replaces
   * @throws IllegalArgumentException if it does not match {@link SumImport#SOURCE}
   */
  public SumImport sumImport(String source, Instant now) {
    return new SumImport(items, source, now);
  }

  /** Deletes from history. */
  public Forgetting forgetting(Instant now) {
    return new Forgetting(items, now);
  }
}
