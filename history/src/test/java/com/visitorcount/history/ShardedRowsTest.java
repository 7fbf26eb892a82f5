package com.visitorcount.history;

import static org.assertj.core.api.Assertions.assertThat;

import com.visitorcount.history.row.RandomRows;
import com.visitorcount.history.row.Row;
import com.visitorcount.history.row.Rows;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class ShardedRowsTest {
  private static final LocalDate DAY = LocalDate.of(2026, 11, 24);

  @Test
  void handOver_anyRowsAndLimits_allRowsOnceAndVisitorsWhole() {
    for (int seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      List<Row> rows = RandomRows.dayWithEngagement(random, DAY, 1 + random.nextInt(150));
      int maxRows = 1 + random.nextInt(100);
      List<List<Row>> sets = new ArrayList<>();
      for (int first = 0; first < Shards.COUNT; ) {
        ShardedRows sharded = new ShardedRows(first, maxRows, 1 + random.nextInt(50));
        // repeated rows, as in hours and their chunks
        sharded.add(rows);
        sharded.add(rows.subList(0, random.nextInt(rows.size() + 1)));
        sharded.handOver(sets::add);
        first = sharded.end();
      }

      assertThat(Rows.union(sets)).as("seed %d", seed).isEqualTo(rows);
      assertThat(sets.stream().mapToInt(List::size).sum()).isEqualTo(rows.size());
      Map<String, Integer> setOfVisitor = new HashMap<>();
      for (int set = 0; set < sets.size(); set++) {
        for (Row row : sets.get(set)) {
          if (!row.visitor().isEmpty()) {
            assertThat(setOfVisitor.merge(row.visitor(), set, (a, b) -> a)).isEqualTo(set);
          }
        }
      }
    }
  }

  @Test
  void handOver_moreRowsThanThereIsRoomFor_keepsFewerShards() {
    List<Row> rows = RandomRows.day(new Random(1), DAY, 400);
    ShardedRows sharded = new ShardedRows(0, 100, 30);

    for (Row row : rows) {
      sharded.add(List.of(row));
    }

    List<Row> kept = new ArrayList<>();
    sharded.handOver(kept::addAll);
    assertThat(kept).hasSizeLessThanOrEqualTo(100).isNotEmpty();
    assertThat(sharded.end()).isLessThan(Shards.COUNT);
    assertThat(kept).allMatch(row -> Shards.of(row) < sharded.end());
  }
}
