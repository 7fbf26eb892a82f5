package com.visitorcount.statistics;

import static java.util.Objects.requireNonNull;

import com.visitorcount.row.Row;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What all views of a site in a UTC day, or in a month of such days, amount to: in all, and by each
 * dimension. It takes at most {@value #MAX_BYTES} bytes and names at most {@value #MAX_VALUES}
 * values of a dimension: where there are more, the largest are named and the others are summed, so
 * that the sums still are right.
 *
 * @param splits one for each dimension; the hours are UTC's. {@link Dimension#SOURCE} and {@link
 *     Dimension#CHANNEL} are missing where some of the days were closed under other names of
 *     sources
 * @param rule by which the rows of the day were put into visits; of a month the oldest of its days'
 */
public record Summary(Totals totals, Map<Dimension, Split> splits, VisitRule rule) {
  /** Most values that are named in a dimension. */
  public static final int MAX_VALUES = 1_000;

  /** Most bytes. */
  public static final int MAX_BYTES = 48 * 1_024;

  /** Dimensions whose values depend on the names of sources, which change now and then. */
  private static final Set<Dimension> NAMED = EnumSet.of(Dimension.SOURCE, Dimension.CHANNEL);

  /**
   * @throws IllegalArgumentException if another dimension is missing
   */
  public Summary {
    requireNonNull(totals, "totals");
    requireNonNull(rule, "rule");
    splits = Collections.unmodifiableMap(new EnumMap<>(splits));
    EnumSet<Dimension> missing = EnumSet.allOf(Dimension.class);
    missing.removeAll(splits.keySet());
    if (!NAMED.containsAll(missing)) {
      throw new IllegalArgumentException("a summary lacks " + missing);
    }
  }

  /**
   * Sums up a day.
   *
   * @param rows all rows of one site and one UTC day, each once, in any order
   */
  public static Summary of(Collection<Row> rows) {
    return of(rows, VisitRule.CURRENT);
  }

  static Summary of(Collection<Row> rows, VisitRule rule) {
    Tally all = new Tally();
    Map<Dimension, SortedMap<String, Tally>> tallies = new EnumMap<>(Dimension.class);
    for (Dimension dimension : Dimension.values()) {
      tallies.put(dimension, new TreeMap<>());
    }
    for (RowInVisit row : Visits.of(rows, rule)) {
      all.add(row);
      tallies.forEach(
          (dimension, values) ->
              values
                  .computeIfAbsent(dimension.value(row, ZoneOffset.UTC), value -> new Tally())
                  .add(row));
    }
    Map<Dimension, Split> splits = new EnumMap<>(Dimension.class);
    tallies.forEach(
        (dimension, values) -> {
          SortedMap<String, Totals> totals = new TreeMap<>();
          values.forEach((value, tally) -> totals.put(value, tally.totals()));
          splits.put(dimension, new Split(totals, Totals.NONE));
        });
    return new Summary(all.totals(), splits, rule).bounded();
  }

  /** What some days amount to together, in whatever order. */
  public static Summary sum(Collection<Summary> summaries) {
    Map<Dimension, Split> splits = new EnumMap<>(Dimension.class);
    for (Dimension dimension : Dimension.values()) {
      if (summaries.stream().allMatch(summary -> summary.splits.containsKey(dimension))) {
        splits.put(dimension, Split.sum(summaries.stream().map(s -> s.split(dimension)).toList()));
      }
    }
    Totals totals = summaries.stream().map(Summary::totals).reduce(Totals.NONE, Totals::plus);
    VisitRule rule =
        summaries.stream()
            .map(Summary::rule)
            .min(Comparator.naturalOrder())
            .orElse(VisitRule.CURRENT);
    return new Summary(totals, splits, rule).bounded();
  }

  /** Whether every value of a dimension is named. */
  boolean isWhole(Dimension dimension) {
    Split split = splits.get(dimension);
    return split != null && !split.isCut();
  }

  /** The views by their values in a dimension, which must not be missing. */
  public Split split(Dimension dimension) {
    return requireNonNull(splits.get(dimension));
  }

  private Summary bounded() {
    int values = MAX_VALUES;
    Summary summary = atMost(values);
    while (summary.encode().length > MAX_BYTES) {
      values = values * 3 / 4;
      summary = atMost(values);
    }
    return summary;
  }

  private Summary atMost(int values) {
    Map<Dimension, Split> cut = new EnumMap<>(Dimension.class);
    splits.forEach((dimension, split) -> cut.put(dimension, split.atMost(values)));
    return new Summary(totals, cut, rule);
  }

  /** The bytes as which it is stored. Equal summaries are equal bytes on one JDK. */
  public byte[] encode() {
    return SummaryCodec.encode(this);
  }

  /**
   * Reads what was stored.
   *
   * @throws IllegalArgumentException if this is no summary, or one that newer code has written
   */
  public static Summary decode(byte[] bytes) {
    return SummaryCodec.decode(bytes);
  }
}
