package com.visitorcount.rollup;

import static org.assertj.core.api.Assertions.assertThat;

import com.visitorcount.history.HistoryTable;
import com.visitorcount.history.InMemoryHistory;
import com.visitorcount.history.row.RandomRows;
import com.visitorcount.history.row.Row;
import com.visitorcount.page.PageId;
import com.visitorcount.view.Facts;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class LakeTest {
  private static final LocalDate DAY = LocalDate.of(2026, 11, 10);
  private static final Instant NOW = DAY.plusDays(3).atTime(15, 0).toInstant(ZoneOffset.UTC);
  private static final String FILE = "stack/site=example.com/day=2026-11-10/rows.parquet";
  private static final int MANY = 150_000;

  private final HistoryTable history = InMemoryHistory.table();
  private final Map<String, byte[]> bucket = new TreeMap<>();
  private final Lake lake = new Lake(history, bucket::put, "stack/");
  private Instant now = NOW;

  private void store(List<Row> rows) {
    history.chunks().store(rows, now);
  }

  private void close(int maxRows) {
    now = now.plus(Duration.ofHours(1));
    InMemoryHistory.close(history, maxRows, true, now);
  }

  private static Row row(int sequence) {
    long second = DAY.atTime(12, 0).toEpochSecond(ZoneOffset.UTC);
    return new Row(PageId.of("example.com/"), 1, sequence, second, Facts.NONE, "v");
  }

  @Test
  void write_dayClosedAgain_replacesItsFile() {
    store(List.of(row(1)));
    close(MANY);
    Lake.Result first = lake.write(now, () -> false);
    Lake.Result nothing = lake.write(now, () -> false);
    byte[] before = bucket.get(FILE);
    store(List.of(row(2)));
    close(MANY);
    Lake.Result again = lake.write(now, () -> false);

    assertThat(first).isEqualTo(new Lake.Result(1, 0, Map.of()));
    assertThat(nothing).isEqualTo(new Lake.Result(0, 0, Map.of()));
    assertThat(again).isEqualTo(new Lake.Result(1, 0, Map.of()));
    assertThat(bucket).containsOnlyKeys(FILE);
    assertThat(bucket.get(FILE)).isNotEqualTo(before);
  }

  @Test
  void write_withoutALake_hasNothingToDo() {
    store(List.of(row(1)));
    InMemoryHistory.close(history, MANY, false, now.plusSeconds(3_600));

    assertThat(history.lakeDays().all()).isEmpty();
  }

  @Test
  void write_bucketThatRefuses_isTriedAgain() {
    Lake refused =
        new Lake(
            history,
            (key, content) -> {
              throw new IOException("S3 answered 403 AccessDenied");
            },
            "stack/");
    for (int site = 0; site < 9; site++) {
      store(
          List.of(
              new Row(
                  PageId.of("s" + site + ".example/"), 1, 1, row(1).second(), Facts.NONE, "v")));
    }
    close(MANY);

    Lake.Result failed = refused.write(now, () -> false);
    // days that were not attempted come first
    Lake.Result failedAgain = refused.write(now.plusSeconds(1), () -> false);
    Lake.Result done = lake.write(now.plusSeconds(2), () -> false);

    assertThat(failed.left()).isEqualTo(9);
    assertThat(failed.failures()).hasSize(5);
    assertThat(failedAgain.failures()).hasSize(5);
    assertThat(failedAgain.failures().keySet()).containsAnyElementsOf(remaining(failed));
    assertThat(done).isEqualTo(new Lake.Result(9, 0, Map.of()));
    assertThat(bucket).hasSize(9);
  }

  private static List<String> remaining(Lake.Result failed) {
    List<String> remaining = new ArrayList<>();
    for (int site = 0; site < 9; site++) {
      remaining.add("s" + site + ".example on " + DAY);
    }
    remaining.removeAll(failed.failures().keySet());
    return remaining;
  }

  @Test
  void write_closedAgainMeanwhile_writesTheLatest() {
    store(List.of(row(1)));
    close(MANY);
    Map<String, byte[]> other = new TreeMap<>();
    boolean[] overtaken = {false};
    Lake slow =
        new Lake(
            history,
            (key, content) -> {
              if (!overtaken[0]) {
                overtaken[0] = true;
                store(List.of(row(2)));
                close(MANY);
                new Lake(history, other::put, "stack/").write(now, () -> false);
              }
              bucket.put(key, content);
            },
            "stack/");

    slow.write(now.plusSeconds(1), () -> false);

    assertThat(overtaken[0]).isTrue();
    assertThat(bucket.get(FILE)).isEqualTo(other.get(FILE));
    assertThat(history.lakeDays().all()).isEmpty();
  }

  @Test
  void write_runsThatEndAfterEachFile_goOn() {
    // each segment of some rows is enough for a file here
    store(RandomRows.dayWithEngagement(new Random(7), DAY, 200));
    close(60);
    Map<String, byte[]> whole = new TreeMap<>();
    new Lake(history, whole::put, "stack/", 1).write(now, () -> false);
    store(List.of(row(2)));
    close(60);
    whole.clear();
    Lake inOneRun = new Lake(history, whole::put, "stack/", 1);
    Lake inSeveral = new Lake(history, bucket::put, "stack/", 1);
    boolean[] isTimeUp = {false};
    int runs = 0;
    while (!history.lakeDays().all().isEmpty()) {
      now = now.plusSeconds(1);
      isTimeUp[0] = false;
      inSeveral.write(
          now,
          () -> {
            boolean before = isTimeUp[0];
            isTimeUp[0] = true;
            return before;
          });
      runs++;
    }
    store(List.of(row(3)));
    close(60);
    inOneRun.write(now, () -> false);

    assertThat(runs).isEqualTo(bucket.size()).isGreaterThan(2);
    assertThat(whole.keySet()).isEqualTo(bucket.keySet());
  }

  @Test
  void write_forgottenDays_areEmptied() {
    store(RandomRows.dayWithEngagement(new Random(7), DAY, 200));
    close(60);
    new Lake(history, bucket::put, "stack/", 1).write(now, () -> false);
    int files = bucket.size();
    history.forgetting(now).days("example.com", DAY, DAY);

    Lake.Result result = lake.write(now, () -> false);

    assertThat(result.written()).isEqualTo(1);
    assertThat(files).isGreaterThan(2);
    assertThat(bucket).hasSize(files);
    assertThat(bucket.values()).allSatisfy(file -> assertThat(file).isEqualTo(bucket.get(FILE)));
  }

  @Test
  void write_forgottenSite_isLeftToWhoeverForgetsIt() {
    store(List.of(row(1)));
    close(MANY);

    history.forgetting(now).site("example.com");

    assertThat(history.lakeDays().all()).isEmpty();
    assertThat(lake.write(now, () -> false)).isEqualTo(new Lake.Result(0, 0, Map.of()));
  }
}
