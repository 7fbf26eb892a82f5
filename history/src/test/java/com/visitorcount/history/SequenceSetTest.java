package com.visitorcount.history;

import static org.assertj.core.api.Assertions.assertThat;

import com.visitorcount.history.row.DeflatedJson;
import com.visitorcount.history.row.Row;
import com.visitorcount.page.PageId;
import com.visitorcount.view.Facts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

final class SequenceSetTest {
  @Test
  void add_randomRuns_isTheSetOfTheirNumbers() {
    for (long seed = 0; seed < 3_000; seed++) {
      Random random = new Random(seed);
      SequenceSet set = new SequenceSet();
      TreeSet<Long> naive = new TreeSet<>();
      for (int i = 0; i < 1 + random.nextInt(30); i++) {
        long first = 1L + random.nextInt(60);
        long last = first + random.nextInt(6);
        set.add(first, last);
        for (long n = first; n <= last; n++) {
          naive.add(n);
        }
      }

      assertThat(numbers(set)).as("seed %d", seed).containsExactlyElementsOf(naive);
      assertThat(set.size()).isEqualTo(naive.size());
      assertThat(set.first()).isEqualTo(naive.first());
      assertThat(set.last()).isEqualTo(naive.last());
      assertThat(set.runs().keySet())
          .as("runs touch each other, seed %d", seed)
          .allMatch(first -> !naive.contains(first - 1));
    }
  }

  @Test
  void ledger_randomRows_isReadAsItWasWritten() {
    for (long seed = 0; seed < 500; seed++) {
      Random random = new Random(seed);
      List<Row> rows = new ArrayList<>();
      for (int i = 0; i < random.nextInt(80); i++) {
        PageId page = PageId.ofKey("example.com/" + random.nextInt(4));
        rows.add(new Row(page, random.nextInt(2), 1 + random.nextInt(40), i, Facts.NONE, ""));
      }

      SequenceLedger ledger = SequenceLedger.decode(SequenceLedger.of(rows).encode());

      for (int page = 0; page < 5; page++) {
        for (long born = 0; born < 2; born++) {
          PageId id = PageId.ofKey("example.com/" + page);
          long wantedBorn = born;
          List<Row> wanted =
              rows.stream()
                  .filter(row -> row.page().equals(id) && row.bornMillis() == wantedBorn)
                  .toList();
          SequenceLedger.Entry entry = ledger.of(SequenceLedger.Life.of(id, born));
          assertThat(entry.rows()).isEqualTo(wanted.size());
          assertThat(numbers(entry.sequences()))
              .containsExactlyElementsOf(
                  new TreeSet<>(wanted.stream().map(Row::sequence).toList()));
        }
      }
    }
  }

  /**
   * As many pages as anyone can make up on an allowed site: DynamoDB's limit for an item is 400 KB.
   */
  @Test
  void ledger_floodOfPages_isPartsThatEachFitIntoAnItem() {
    Random random = new Random(9);
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 60_000; i++) {
      PageId page = PageId.ofKey("example.com/" + Long.toHexString(random.nextLong()));
      rows.add(new Row(page, random.nextLong() >>> 20, 1, i, Facts.NONE, ""));
    }

    List<byte[]> parts = SequenceLedger.of(rows).encode();

    assertThat(parts).allMatch(part -> part.length <= DeflatedJson.MAX_PART_BYTES);
    assertThat(parts.stream().mapToInt(part -> part.length).sum()).isGreaterThan(400 * 1_024);
    SequenceLedger ledger = SequenceLedger.decode(parts);
    assertThat(rows)
        .allMatch(
            row -> ledger.of(SequenceLedger.Life.of(row.page(), row.bornMillis())).rows() == 1);
  }

  private static List<Long> numbers(SequenceSet set) {
    List<Long> numbers = new ArrayList<>();
    for (Map.Entry<Long, Long> run : set.runs().entrySet()) {
      for (long n = run.getKey(); n <= run.getValue(); n++) {
        numbers.add(n);
      }
    }
    return numbers;
  }
}
