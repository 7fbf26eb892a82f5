package com.visitorcount.history.row;

import static org.assertj.core.api.Assertions.assertThat;

import com.visitorcount.page.PageId;
import com.visitorcount.view.Facts;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class RowsTest {
  /** Compared with a map by name in which the first row stays. */
  @Test
  void union_randomSets_hasEachNameOnceByTheEarliestSet() {
    for (long seed = 0; seed < 300; seed++) {
      Random random = new Random(seed);
      // sometimes more than are collected before sorting
      int scale = seed % 100 == 0 ? 20_000 : 20;
      List<List<Row>> sets = new ArrayList<>();
      Map<Row.Name, Row> naive = new HashMap<>();
      for (int set = random.nextInt(6); set > 0; set--) {
        List<Row> rows = new ArrayList<>();
        for (int i = random.nextInt(scale); i > 0; i--) {
          rows.add(row(random, scale, "visitor " + set));
        }
        sets.add(rows);
        rows.forEach(row -> naive.putIfAbsent(row.name(), row));
      }

      List<Row> union = Rows.union(sets);

      assertThat(union).as("seed %d", seed).hasSameSizeAs(naive.values());
      assertThat(union).as("seed %d", seed).allMatch(row -> row.equals(naive.get(row.name())));
      assertThat(union).isSortedAccordingTo(Comparator.comparingLong(Row::second));
      assertThat(Rows.union(List.of(union, union))).isEqualTo(union);
    }
  }

  private static Row row(Random random, int scale, String visitor) {
    PageId page = PageId.ofKey("example.com/" + random.nextInt(3));
    return new Row(
        page, random.nextInt(2), random.nextInt(3), random.nextInt(scale), Facts.NONE, visitor);
  }
}
