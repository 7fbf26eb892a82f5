package com.visitorcount.history.column;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** The distinct values of a column; each gets an index, the most frequent the lowest. */
final class Frequencies<T> {
  private final Map<T, Integer> codes = new HashMap<>();
  private final List<T> values = new ArrayList<>();
  private final List<int[]> counts = new ArrayList<>();

  /**
   * Counts a value.
   *
   * @return its code, for {@link #places}
   */
  int add(T value) {
    Integer known = codes.get(value);
    if (known != null) {
      counts.get(known)[0]++;
      return known;
    }
    int code = values.size();
    codes.put(value, code);
    values.add(value);
    counts.add(new int[] {1});
    return code;
  }

  int size() {
    return values.size();
  }

  /** The values by index; equally frequent ones keep the order in which they came. */
  List<T> byPlace() {
    return sortedCodes().mapToObj(values::get).toList();
  }

  /** The index of each code. */
  int[] places() {
    int[] places = new int[values.size()];
    int[] sorted = sortedCodes().toArray();
    for (int place = 0; place < sorted.length; place++) {
      places[sorted[place]] = place;
    }
    return places;
  }

  private IntStream sortedCodes() {
    return IntStream.range(0, values.size())
        .boxed()
        .sorted((a, b) -> Integer.compare(counts.get(b)[0], counts.get(a)[0]))
        .mapToInt(Integer::intValue);
  }
}
