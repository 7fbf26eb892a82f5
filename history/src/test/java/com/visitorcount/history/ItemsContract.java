package com.visitorcount.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** What every implementation of {@link Items} must do. Each test has its own partition. */
abstract class ItemsContract {
  /** The implementation under test. */
  abstract Items items();

  @Test
  void query_nothingThere_isEmpty() {
    assertThat(items().query("nothing", "a", "z", true)).isEmpty();
  }

  @Test
  void put_item_isReadAsItWasWritten() {
    Item plain = new Item("whole", "a", "", new byte[0], 0);
    Item full = new Item("whole", "b", "revision", new byte[] {0, 1, -1}, 1_764_000_000);

    items().put(plain);
    items().put(full);

    assertThat(items().query("whole", "a", "b", true)).containsExactly(plain, full);
  }

  @Test
  void put_sameKeysAgain_replacesTheItem() {
    items().put(item("again", "a", "1"));
    items().put(item("again", "a", "2"));

    assertThat(items().query("again", "a", "a", true)).containsExactly(item("again", "a", "2"));
  }

  @Test
  void putIf_noneKnownAndNoneThere_writes() {
    assertThat(items().putIf(item("none", "a", "1"), "")).isTrue();

    assertThat(items().query("none", "a", "a", true)).containsExactly(item("none", "a", "1"));
  }

  @Test
  void putIf_noneKnownButOneThere_leavesIt() {
    items().put(item("one", "a", "1"));

    assertThat(items().putIf(item("one", "a", "2"), "")).isFalse();
    assertThat(items().query("one", "a", "a", true)).containsExactly(item("one", "a", "1"));
  }

  @Test
  void putIf_knownRevision_writesOnlyOverThatOne() {
    items().put(item("known", "a", "1"));

    assertThat(items().putIf(item("known", "a", "3"), "2")).isFalse();
    assertThat(items().putIf(item("known", "a", "3"), "1")).isTrue();
    assertThat(items().putIf(item("known", "b", "3"), "1")).isFalse();
    assertThat(items().query("known", "a", "z", true)).containsExactly(item("known", "a", "3"));
  }

  @Test
  void putIf_manyAtOnceOverTheSameRevision_oneWins() throws Exception {
    items().put(item("race", "a", "old"));
    List<Callable<Boolean>> writers = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      Item item = item("race", "a", "new-" + i);
      writers.add(() -> items().putIf(item, "old"));
    }
    ExecutorService threads = Executors.newFixedThreadPool(writers.size());
    try {
      int won = 0;
      for (Future<Boolean> written : threads.invokeAll(writers)) {
        won += written.get() ? 1 : 0;
      }
      assertThat(won).isOne();
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void query_range_isInclusiveAndInTheOrderOfKeys() {
    for (String key : List.of("c#2", "c#10", "b", "c#1", "d", "c#1#x", "c~")) {
      items().put(item("range", key, "1"));
    }

    assertThat(items().query("range", "c#1", "c#2", true))
        .extracting(Item::sort)
        .containsExactly("c#1", "c#1#x", "c#10", "c#2");
    assertThat(items().query("range", "c#", "c#~", false))
        .extracting(Item::sort)
        .containsExactly("c#1", "c#1#x", "c#10", "c#2");
  }

  @Test
  void first_ofARange_isTheOneWithTheLowestKey() {
    for (String key : List.of("s#3", "s#2", "r", "t")) {
      items().put(item("first", key, "1"));
    }

    assertThat(items().first("first", "s#", "s#~")).hasValue(item("first", "s#2", "1"));
    assertThat(items().first("first", "s#4", "s#~")).isEmpty();
    assertThat(items().first("nothing", "a", "z")).isEmpty();
  }

  @Test
  void query_moreThanOneAnswerHolds_givesAllOfIt() {
    for (int i = 0; i < 60; i++) {
      items().put(new Item("large", "k" + (100 + i), "1", new byte[60_000], 0));
    }

    assertThat(items().query("large", "k", "l", true)).hasSize(60);
  }

  @Test
  void putAll_moreThanOneBatch_writesAllOfThem() {
    List<Item> many = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      many.add(item("batch", "k" + (100 + i), "1"));
    }

    Items.Unwritten unwritten = items().putAll(many);

    assertThat(unwritten.items()).isEmpty();
    assertThat(unwritten.cause()).isNull();
    assertThat(items().query("batch", "k", "l", true)).containsExactlyElementsOf(many);
  }

  @Test
  void putAll_none_doesNothing() {
    assertThat(items().putAll(List.of()).items()).isEmpty();
  }

  @Test
  void delete_item_leavesTheOthers() {
    items().put(item("delete", "a", "1"));
    items().put(item("delete", "b", "1"));

    items().delete("delete", "a");
    items().delete("delete", "a");

    assertThat(items().query("delete", "a", "z", true)).containsExactly(item("delete", "b", "1"));
  }

  @Test
  void deleteIf_knownRevision_deletesOnlyThatOne() {
    items().put(item("deleteIf", "a", "1"));

    items().deleteIf("deleteIf", "a", "2");
    assertThat(items().query("deleteIf", "a", "a", true)).hasSize(1);
    items().deleteIf("deleteIf", "a", "1");
    items().deleteIf("deleteIf", "a", "1");
    assertThat(items().query("deleteIf", "a", "a", true)).isEmpty();
  }

  @Test
  void deleteIf_itemWithoutRevision_isDeletedByNoOther() {
    items().put(item("deleteIf", "b", ""));

    items().deleteIf("deleteIf", "b", "1");
    assertThat(items().query("deleteIf", "b", "b", true)).hasSize(1);
    items().deleteIf("deleteIf", "b", "");
    assertThat(items().query("deleteIf", "b", "b", true)).isEmpty();
  }

  private static Item item(String partition, String sort, String revision) {
    return new Item(partition, sort, revision, new byte[] {1}, 0);
  }
}
