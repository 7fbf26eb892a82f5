package com.visitorcount.counter;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Makes many calls with several concurrent writers. */
public final class Writers {
  private Writers() {}

  /** The results in the order of the calls; the first failure, if there is one. */
  public static <T> List<T> run(int writers, List<? extends Callable<T>> calls) throws Exception {
    ExecutorService executor = Executors.newFixedThreadPool(writers);
    try {
      List<T> results = new ArrayList<>();
      for (Future<T> result : executor.invokeAll(calls)) {
        results.add(result.get());
      }
      return results;
    } finally {
      executor.shutdownNow();
    }
  }
}
