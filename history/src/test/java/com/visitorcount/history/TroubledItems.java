package com.visitorcount.history;

import com.visitorcount.counter.StoreUnavailableException;
import java.util.List;
import java.util.function.Supplier;

/**
 * Items with trouble at a given call: the store refuses, its answer is lost, the function is
 * killed, or something else runs first.
 */
final class TroubledItems implements Items {
  /** Kills a function on the spot: none of our code catches this. */
  static final class Killed extends Error {
    private static final long serialVersionUID = 1;

    Killed() {
      super("killed", null, false, false);
    }
  }

  enum Trouble {
    /** The call fails before anything is done. */
    REFUSED,
    /** The call is done, but its answer is lost. */
    ANSWER_LOST,
    /** The function ends before the call is done. */
    KILLED_BEFORE,
    /** The function ends after the call was done. */
    KILLED_AFTER,
    /** Something else runs between this call and the one before. */
    INTERRUPTED
  }

  private final Items items;
  private final Trouble trouble;
  private final Runnable interruption;
  private int callsLeft;

  /**
   * @param call number of the call at which it happens, from 1; there may be fewer
   * @param interruption what runs first, for {@code INTERRUPTED}
   */
  TroubledItems(Items items, int call, Trouble trouble, Runnable interruption) {
    this.items = items;
    this.callsLeft = call;
    this.trouble = trouble;
    this.interruption = interruption;
  }

  /** Whether the call with that number was made. */
  boolean happened() {
    return callsLeft <= 0;
  }

  private boolean isDue() {
    return --callsLeft == 0;
  }

  private void before() {
    switch (trouble) {
      case REFUSED -> throw new StoreUnavailableException("refused");
      case KILLED_BEFORE -> throw new Killed();
      case INTERRUPTED -> interruption.run();
      case ANSWER_LOST, KILLED_AFTER -> {}
    }
  }

  private void after() {
    switch (trouble) {
      case ANSWER_LOST -> throw new StoreUnavailableException("answer lost");
      case KILLED_AFTER -> throw new Killed();
      case REFUSED, KILLED_BEFORE, INTERRUPTED -> {}
    }
  }

  @Override
  public void put(Item item) {
    call(
        () -> {
          items.put(item);
          return true;
        });
  }

  @Override
  public boolean putIf(Item item, String knownRevision) {
    return call(() -> items.putIf(item, knownRevision));
  }

  @Override
  public void delete(String partition, String sort) {
    call(
        () -> {
          items.delete(partition, sort);
          return true;
        });
  }

  @Override
  public void deleteIf(String partition, String sort, String knownRevision) {
    call(
        () -> {
          items.deleteIf(partition, sort, knownRevision);
          return true;
        });
  }

  @Override
  public List<Item> query(String partition, String from, String to, boolean consistent) {
    return call(() -> items.query(partition, from, to, consistent));
  }

  private <T> T call(Supplier<T> call) {
    boolean due = isDue();
    if (due) {
      before();
    }
    T answer = call.get();
    if (due) {
      after();
    }
    return answer;
  }
}
