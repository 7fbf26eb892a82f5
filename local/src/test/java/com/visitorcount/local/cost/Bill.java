package com.visitorcount.local.cost;

import java.util.LinkedHashMap;
import java.util.Map;

/** The monthly cost of a stack, line by line, at list prices. */
final class Bill {
  private static final int HOURS = 720;
  private static final int DAYS = 30;
  private static final String TRACKER = "`v.js`, once a visit";

  private final Map<String, Double> lines = new LinkedHashMap<>();
  private final double views;
  private final double trackerSentBytes;
  private double requests;
  private double gigabyteSeconds;
  private double logBytes;
  private double sentBytes;
  private double tableBytes;

  /**
   * @param everyRecord whether plain views write a record
   */
  Bill(Inputs inputs, HistoryLoad load, long views, boolean everyRecord) {
    this.views = views;
    add("counting: 1 write unit a view", views * ListPrices.WRITE_UNIT);
    invocations("counting", this.views, Inputs.VIEW_MILLIS, inputs);
    log("counting", everyRecord ? (double) views * inputs.viewRecordBytes() : 0);
    add("history: chunks, write units", views * load.chunkUnits() * ListPrices.WRITE_UNIT);
    add(
        "history: hours, days and all else, write units",
        views * load.laterUnits() * ListPrices.WRITE_UNIT);
    double batches = views * load.batches();
    invocations("batches of the stream", batches, Inputs.BATCH_MILLIS, inputs);
    log("batches of the stream", batches * inputs.batchRecordBytes());
    double visits = views * load.visits();
    invocations(TRACKER, visits, Inputs.FILE_MILLIS, inputs);
    invocations("hourly run", HOURS, Inputs.HOURLY_MILLIS, inputs);
    log("hourly run", (double) HOURS * inputs.hourlyRecordBytes());
    add("hourly run: read units", DAYS * load.readUnits() * ListPrices.READ_UNIT);
    trackerSentBytes = visits * inputs.trackerAnswerBytes();
    sentBytes = this.views * inputs.viewAnswerBytes() + trackerSentBytes;
    add("sent to browsers", sentBytes * ListPrices.SENT_BYTE);
    tableBytes = views * (12 * load.lastingBytes() + load.passingBytes() * 7 / DAYS);
    add(
        "stored after a year, with backups",
        tableBytes * (ListPrices.TABLE_BYTE_MONTH + ListPrices.BACKUP_BYTE_MONTH));
    add(
        "log, stored",
        logBytes * inputs.logDays() / DAYS * Inputs.LOG_COMPRESSION * ListPrices.LOG_BYTE_MONTH);
  }

  private void invocations(String of, double times, int millis, Inputs inputs) {
    double used = inputs.gigabyteSeconds(times, millis);
    requests += times;
    gigabyteSeconds += used;
    add(of + ": requests", times * ListPrices.REQUEST);
    add(of + ": duration, " + millis + " ms each", used * ListPrices.GIGABYTE_SECOND);
  }

  private void log(String of, double bytes) {
    logBytes += bytes;
    add(of + ": records", bytes * ListPrices.LOG_BYTE);
  }

  private void add(String name, double dollars) {
    lines.put(name, dollars);
  }

  /** Dollars by line. */
  Map<String, Double> lines() {
    return lines;
  }

  double total() {
    return lines.values().stream().mapToDouble(Double::doubleValue).sum();
  }

  double perMillionViews() {
    return total() / views * 1e6;
  }

  /** If sites serve {@code v.js} themselves. */
  double perMillionViewsWithoutTracker() {
    double fetches =
        lines.entrySet().stream()
            .filter(line -> line.getKey().startsWith(TRACKER))
            .mapToDouble(Map.Entry::getValue)
            .sum();
    return (total() - fetches - trackerSentBytes * ListPrices.SENT_BYTE) / views * 1e6;
  }

  /** The remaining cost beyond the free tier, in an account that uses nothing else. */
  double totalBeyondWhatIsFree() {
    return total()
        - Math.min(requests, ListPrices.FREE_REQUESTS) * ListPrices.REQUEST
        - Math.min(gigabyteSeconds, ListPrices.FREE_GIGABYTE_SECONDS) * ListPrices.GIGABYTE_SECOND
        - Math.min(logBytes, ListPrices.FREE_LOG_BYTES) * ListPrices.LOG_BYTE
        - Math.min(sentBytes, ListPrices.FREE_SENT_BYTES) * ListPrices.SENT_BYTE
        - Math.min(tableBytes, ListPrices.FREE_TABLE_BYTES) * ListPrices.TABLE_BYTE_MONTH;
  }
}
