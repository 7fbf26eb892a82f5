package com.visitorcount.history;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.visitorcount.row.Row;
import com.visitorcount.row.Traffic;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * What a view costs on its way into history, at a million views a month and a batch each 30
 * seconds: write units as DynamoDB reckons them, one for each 1,024 bytes of an item begun.
 */
final class HistoryCostTest {
  private static final LocalDate FIRST = LocalDate.of(2026, 10, 6);
  private static final int DAYS = 3;
  private static final int VIEWS_A_DAY = 1_000_000 / 30;
  private static final int WINDOW_SECONDS = 30;
  private static final int WRITE_UNIT_BYTES = 1_024;

  /** Attribute names, and one byte of type and more for each, are reckoned in. */
  private static final int ITEM_OVERHEAD_BYTES = "pkskrevzexp".length() + 8;

  @Test
  void aMonthOfAMillionViews_takesAFractionOfAWriteUnitForAView() {
    Meter meter = new Meter();
    Chunks chunks = new Chunks(meter);
    Compaction compaction = new Compaction(meter);
    Traffic traffic = new Traffic("example.com", 1);
    int views = 0;
    for (int day = 0; day < DAYS; day++) {
      views += arrive(FIRST.plusDays(day), traffic, chunks, compaction);
    }
    for (int hour = 0; hour < 72; hour++) {
      compaction.run(midnight(FIRST.plusDays(DAYS)).plusSeconds(hour * 3_600L + 600), () -> false);
    }

    double units = meter.units.values().stream().mapToLong(Long::longValue).sum();
    System.out.printf(
        Locale.ROOT,
        "write units a view: %.4f (%s), one item for each view: at least 1%n"
            + "bytes a view for ever: %.2f (%s)%n",
        units / views,
        meter.text(meter.units, views),
        meter.bytesForEver(views),
        meter.text(meter.bytes, views));
    assertThat(units / views).isLessThanOrEqualTo(0.15);
    assertThat(meter.bytesForEver(views)).isLessThanOrEqualTo(7);
  }

  private static int arrive(LocalDate day, Traffic traffic, Chunks chunks, Compaction compaction) {
    List<Row> rows = traffic.day(day, VIEWS_A_DAY);
    int next = 0;
    for (int second = WINDOW_SECONDS; second <= 86_400; second += WINDOW_SECONDS) {
      Instant now = midnight(day).plusSeconds(second);
      List<Row> batch = new ArrayList<>();
      while (next < rows.size() && rows.get(next).second() < now.getEpochSecond()) {
        batch.add(rows.get(next));
        next++;
      }
      chunks.store(batch, now);
      if (second % 3_600 == 600) {
        compaction.run(now, () -> false);
      }
    }
    return rows.size();
  }

  private static Instant midnight(LocalDate day) {
    return day.atStartOfDay(ZoneOffset.UTC).toInstant();
  }

  /** Reckons each write by the kind of its item. */
  private static final class Meter implements Items {
    private final Items items = new InMemoryItems();
    private final Map<String, Long> units = new TreeMap<>();
    private final Map<String, Long> bytes = new TreeMap<>();

    @Override
    public void put(Item item) {
      reckon(item);
      items.put(item);
    }

    @Override
    public boolean putIf(Item item, String knownRevision) {
      reckon(item);
      return items.putIf(item, knownRevision);
    }

    private void reckon(Item item) {
      String kind = item.partition().equals(Keys.SITES) ? "sites" : item.sort().substring(0, 1);
      int size =
          item.partition().getBytes(UTF_8).length
              + item.sort().length()
              + item.revision().length()
              + item.bytes().length
              + ITEM_OVERHEAD_BYTES;
      units.merge(kind, (size + WRITE_UNIT_BYTES - 1L) / WRITE_UNIT_BYTES, Long::sum);
      bytes.merge(kind, (long) size, Long::sum);
    }

    @Override
    public List<Item> query(String partition, String from, String to, boolean consistent) {
      return items.query(partition, from, to, consistent);
    }

    double bytesForEver(int views) {
      return (bytes.get("d") + bytes.get("s") + bytes.get("q")) / (double) views;
    }

    String text(Map<String, Long> sums, int views) {
      StringBuilder text = new StringBuilder();
      sums.forEach(
          (kind, sum) ->
              text.append(String.format(Locale.ROOT, " %s %.4f", kind, sum / (double) views)));
      return text.toString().strip();
    }
  }
}
