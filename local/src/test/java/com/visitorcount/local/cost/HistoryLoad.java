package com.visitorcount.local.cost;

import com.visitorcount.history.MeteredHistory;
import com.visitorcount.history.row.Row;
import com.visitorcount.history.row.Traffic;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What history takes for each view, from a simulated day of one site's traffic: every shard of the
 * stream collects its own batches, and each batch is a chunk that the real code writes.
 *
 * <p>Days with more than {@value #MOST_VIEWS_A_DAY} views are simulated with fewer views and a
 * proportionally longer window, which gives batches of the same size.
 *
 * @param batches batches of the stream, for each view
 * @param chunkUnits write units of chunks, for each view
 * @param laterUnits write units of everything made from chunks, for each view
 * @param lastingBytes bytes without expiry, for each view
 * @param passingBytes bytes that stay for a week, for each view
 * @param readUnits read units of the hourly run in a day
 * @param visits visits, for each view
 */
public record HistoryLoad(
    double batches,
    double chunkUnits,
    double laterUnits,
    double lastingBytes,
    double passingBytes,
    double readUnits,
    double visits) {
  static final int SHARDS = 4;

  private static final int MOST_VIEWS_A_DAY = 1_000_000 / 30;
  private static final int BATCH_SIZE = 1_000;
  private static final LocalDate DAY = LocalDate.of(2026, 10, 6);
  private static final Set<String> PASSING = Set.of("c", "h", "list");
  private static final int HOURS_UNTIL_CLOSED = 50;

  /** Rounded to two digits, as printed: real traffic differs anyway. */
  public HistoryLoad {
    batches = rounded(batches);
    chunkUnits = rounded(chunkUnits);
    laterUnits = rounded(laterUnits);
    lastingBytes = rounded(lastingBytes);
    passingBytes = rounded(passingBytes);
    readUnits = rounded(readUnits);
    visits = rounded(visits);
  }

  private static double rounded(double value) {
    return BigDecimal.valueOf(value).round(new MathContext(2)).doubleValue();
  }

  private record Batch(Instant arrival, List<Row> rows) {}

  /** The load of this many views, all simulated. */
  static HistoryLoad of(long viewsAMonth, int windowSeconds) {
    return of(viewsAMonth, windowSeconds, HOURS_UNTIL_CLOSED, SHARDS);
  }

  /** The same for a stream with this many shards. */
  public static HistoryLoad ofShards(long viewsAMonth, int windowSeconds, int shards) {
    return of(viewsAMonth, windowSeconds, HOURS_UNTIL_CLOSED, shards);
  }

  /** The same load, reusing an earlier simulation for everything made from chunks. */
  static HistoryLoad of(long viewsAMonth, int windowSeconds, HistoryLoad known) {
    HistoryLoad load = of(viewsAMonth, windowSeconds, 0, SHARDS);
    return new HistoryLoad(
        load.batches,
        load.chunkUnits,
        known.laterUnits,
        known.lastingBytes,
        known.passingBytes,
        known.readUnits,
        load.visits);
  }

  private static HistoryLoad of(long viewsAMonth, int windowSeconds, int hours, int shards) {
    double viewsADay = viewsAMonth / 30.0;
    double scale = Math.max(1, viewsADay / MOST_VIEWS_A_DAY);
    List<Row> rows = new Traffic("example.com", 1).day(DAY, (int) (viewsADay / scale));
    List<Batch> batches = batches(rows, Math.round(windowSeconds * scale), shards);
    MeteredHistory history = new MeteredHistory();
    var chunks = history.table().chunks();
    var compaction = history.table().compaction();
    Instant midnight = DAY.atStartOfDay(ZoneOffset.UTC).toInstant();
    int hour = 0;
    for (Batch batch : batches) {
      for (; hour < hours && !run(midnight, hour).isAfter(batch.arrival()); hour++) {
        compaction.run(run(midnight, hour), () -> false);
      }
      chunks.store(batch.rows(), batch.arrival());
    }
    for (; hour < hours; hour++) {
      compaction.run(run(midnight, hour), () -> false);
    }
    TreeMap<String, Long> units = new TreeMap<>(history.units());
    double chunkUnits = units.remove("c");
    double laterUnits = units.values().stream().mapToLong(Long::longValue).sum();
    TreeMap<String, Long> lasting = new TreeMap<>(history.bytes());
    TreeMap<String, Long> passing = new TreeMap<>(history.bytes());
    lasting.keySet().removeAll(PASSING);
    passing.keySet().retainAll(PASSING);
    double views = rows.size();
    return new HistoryLoad(
        batches.size() / views,
        chunkUnits / views,
        laterUnits / views,
        lasting.values().stream().mapToLong(Long::longValue).sum() / views,
        passing.values().stream().mapToLong(Long::longValue).sum() / views,
        history.readUnits(),
        rows.stream().map(Row::visitor).distinct().count() / views);
  }

  /** Calls to DynamoDB in an hourly run, days after the only view. */
  static long callsOfARunWithoutNews(int daysAfter) {
    MeteredHistory history = new MeteredHistory();
    Instant midnight = DAY.atStartOfDay(ZoneOffset.UTC).toInstant();
    List<Row> views = new Traffic("example.com", 1).day(DAY, 1);
    history
        .table()
        .chunks()
        .store(views.subList(0, 1), Instant.ofEpochSecond(views.get(0).second()));
    int last = daysAfter * 24 + 23;
    long before = 0;
    for (int hour = 23; hour <= last; hour++) {
      before = history.calls();
      history.table().compaction().run(run(midnight, hour), () -> false);
    }
    return history.calls() - before;
  }

  private static Instant run(Instant midnight, int hour) {
    return midnight.plusSeconds(hour * 3_600L + 600);
  }

  /** A window begins with the first record that waits in its shard. */
  private static List<Batch> batches(List<Row> rows, long windowSeconds, int shards) {
    List<Batch> batches = new ArrayList<>();
    rows.stream()
        .collect(Collectors.groupingBy(row -> shard(row, shards)))
        .values()
        .forEach(
            shard -> {
              List<Row> waiting = new ArrayList<>();
              for (Row row : shard) {
                if (!waiting.isEmpty()
                    && (waiting.size() == BATCH_SIZE
                        || row.second() >= waiting.get(0).second() + windowSeconds)) {
                  batches.add(batch(waiting, windowSeconds));
                  waiting.clear();
                }
                waiting.add(row);
              }
              batches.add(batch(waiting, windowSeconds));
            });
    batches.sort(Comparator.comparing(Batch::arrival));
    return batches;
  }

  private static Batch batch(List<Row> rows, long windowSeconds) {
    long arrival =
        rows.size() == BATCH_SIZE
            ? rows.get(rows.size() - 1).second()
            : rows.get(0).second() + windowSeconds;
    return new Batch(Instant.ofEpochSecond(arrival), List.copyOf(rows));
  }

  /** DynamoDB spreads pages over partitions by a hash of their id. */
  private static int shard(Row row, int shards) {
    int hash = row.page().toString().hashCode() * 0x9E3779B9;
    return (hash >>> 16) % shards;
  }
}
