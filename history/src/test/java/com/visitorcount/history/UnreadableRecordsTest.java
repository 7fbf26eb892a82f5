package com.visitorcount.history;

import static org.assertj.core.api.Assertions.assertThat;

import com.visitorcount.history.TroubledItems.Trouble;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class UnreadableRecordsTest {
  private static final Instant NOW = Instant.parse("2026-11-25T10:15:30Z");

  private final InMemoryItems items = new InMemoryItems();
  private final HistoryTable history = new HistoryTable(items);

  @Test
  void store_records_areKeptForGoodAndNoted() {
    UnreadableRecords.Result result = history.unreadableRecords().store(Set.of("{1}", "{2}"));

    assertThat(result.unstored()).isEmpty();
    assertThat(result.cause()).isNull();
    assertThat(InMemoryHistory.setAside(history)).containsExactlyInAnyOrder("{1}", "{2}");
    assertThat(items.all()).hasSize(3).allMatch(item -> item.expires() == 0);
    assertThat(history.compaction().run(NOW, () -> false).somethingSetAside()).isTrue();
  }

  @Test
  void redrive_readableByNow_isGoneAndTheOthersStay() {
    String large = "x".repeat(700_000);
    history.unreadableRecords().store(Set.of("{1}", "{2}", large));

    assertThat(history.unreadableRecords().redrive(sent -> true, true))
        .isEqualTo(new UnreadableRecords.Redriven(3, 3));
    assertThat(history.unreadableRecords().redrive(sent -> false, false))
        .isEqualTo(new UnreadableRecords.Redriven(3, 3));
    UnreadableRecords.Redriven redriven =
        history
            .unreadableRecords()
            .redrive(
                sent -> {
                  assertThat(sent).containsExactlyInAnyOrder("{1}", "{2}", large);
                  history.unreadableRecords().store(Set.of("{2}"));
                  return true;
                },
                false);

    assertThat(redriven).isEqualTo(new UnreadableRecords.Redriven(3, 1));
    assertThat(InMemoryHistory.setAside(history)).containsExactly("{2}");
    assertThat(history.backlog(NOW).somethingSetAside()).isFalse();
    history.compaction().run(NOW, () -> false);
    assertThat(history.backlog(NOW).somethingSetAside()).isTrue();
    history.unreadableRecords().clearNote();
    assertThat(history.backlog(NOW)).isEqualTo(new Backlog(0, null, false));
  }

  @Test
  void store_sameRecordAgain_changesNothing() {
    history.unreadableRecords().store(Set.of("{1}", "{2}"));
    history.unreadableRecords().store(Set.of("{1}"));

    assertThat(InMemoryHistory.setAside(history)).hasSize(2);
  }

  @Test
  void store_noRecord_writesNothing() {
    assertThat(history.unreadableRecords().store(Set.of()).unstored()).isEmpty();
    assertThat(items.all()).isEmpty();
  }

  /** Two images of 400 KB, in which each byte may take six in JSON. */
  @ParameterizedTest
  @ValueSource(ints = {349_999, 350_000, 350_001, 4_800_000})
  void store_recordThatIsTooLongForAnItem_isStoredInSlices(int length) {
    StringBuilder text = new StringBuilder();
    while (text.length() < length) {
      text.append(text.length());
    }
    String record = text.substring(0, length);

    history.unreadableRecords().store(Set.of(record, "{}"));

    assertThat(InMemoryHistory.setAside(history)).containsExactlyInAnyOrder(record, "{}");
    assertThat(items.all()).allMatch(item -> item.bytes().length <= 350_000);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5})
  void store_callRefused_namesWhatMayBeMissing(int call) {
    String large = "7".repeat(UnreadableRecords.MAX_SLICE_BYTES + 1);
    Set<String> records = Set.of("{1}", large);
    TroubledItems troubled = new TroubledItems(items, call, Trouble.REFUSED, () -> {});

    UnreadableRecords.Result result = new UnreadableRecords(troubled).store(records);

    assertThat(troubled.happened()).isEqualTo(call <= 4);
    if (troubled.happened()) {
      assertThat(result.cause()).isNotNull();
      assertThat(result.unstored()).isNotEmpty().isSubsetOf(records);
    } else {
      assertThat(result.unstored()).isEmpty();
    }
    Set<String> stored = new HashSet<>(records);
    stored.removeAll(result.unstored());
    assertThat(InMemoryHistory.setAside(history)).containsAll(stored);

    history.unreadableRecords().store(records);
    assertThat(InMemoryHistory.setAside(history)).containsExactlyInAnyOrderElementsOf(records);
    assertThat(List.copyOf(items.all())).hasSize(4);
  }
}
