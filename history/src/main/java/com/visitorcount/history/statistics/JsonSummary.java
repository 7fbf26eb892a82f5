package com.visitorcount.history.statistics;

import static java.util.Objects.requireNonNull;

import com.visitorcount.history.row.DeflatedJson;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Reads summaries of versions 1 and 2, which are no longer written: deflated JSON with a text for
 * each column of numbers. The version says which rule divides views into visits. They have no
 * {@link Cuts}.
 */
final class JsonSummary {
  private static final Map<Integer, VisitRule> RULES =
      Map.of(1, VisitRule.GAP, 2, VisitRule.SOURCE);

  private JsonSummary() {}

  /** Whether a summary that begins with this byte is one of these. */
  static boolean isVersion(byte first) {
    return RULES.containsKey((int) first);
  }

  /**
   * @throws IllegalArgumentException if this is no summary
   */
  static Summary decode(byte[] bytes) {
    int version = bytes[0];
    Columns columns = DeflatedJson.read(version, bytes, Columns.class);
    try {
      return columns.summary(requireNonNull(RULES.get(version)));
    } catch (IndexOutOfBoundsException e) {
      throw new IllegalArgumentException("the columns of this summary do not fit together", e);
    }
  }

  /**
   * A summary.
   *
   * @param texts every value of every dimension once, sorted
   * @param by dimensions by their keys
   */
  @SuppressWarnings("UnusedMethod") // called by Jackson
  private record Columns(
      long views,
      long visitors,
      long visits,
      long bounces,
      long seconds,
      List<String> texts,
      SortedMap<String, JsonValues> by) {
    Columns {
      texts = List.copyOf(texts);
      by = Collections.unmodifiableSortedMap(new TreeMap<>(by));
    }

    Summary summary(VisitRule rule) {
      Totals all = new Totals(views, visitors, visits, bounces, seconds);
      Map<Dimension, Split> splits = new EnumMap<>(Dimension.class);
      for (Dimension dimension : Dimension.values()) {
        JsonValues values = by.get(dimension.key());
        if (values != null) {
          splits.put(dimension, values.split(texts, secondsBetweenViews(all)));
        }
      }
      return new Summary(all, () -> null, splits::get, rule);
    }

    private static long secondsBetweenViews(Totals all) {
      return all.durationSeconds() / Math.max(1, all.views() - all.visits());
    }
  }

  /**
   * The values of a dimension. The numbers of the named values are followed by those of all others.
   *
   * @param count number of named values
   * @param t index of each in the texts: how many are between it and the previous one
   * @param v visits
   * @param w views minus visits
   * @param u visits minus visitors
   * @param b bounces
   * @param s seconds of duration, minus what is expected for that many views and visits
   */
  @SuppressWarnings("UnusedMethod") // called by Jackson
  private record JsonValues(int count, String t, String v, String w, String u, String b, String s) {
    JsonValues {
      if (count < 0 || count > Summary.MAX_VALUES) {
        throw new IllegalArgumentException(count + " values are more than a summary names");
      }
      requireNonNull(t, "t");
      requireNonNull(v, "v");
      requireNonNull(w, "w");
      requireNonNull(u, "u");
      requireNonNull(b, "b");
      requireNonNull(s, "s");
    }

    Split split(List<String> texts, long secondsBetweenViews) {
      List<Long> differences = NumberColumn.read(t, count);
      List<Totals> all = totals(secondsBetweenViews);
      SortedMap<String, Totals> values = new TreeMap<>();
      int next = 0;
      for (int i = 0; i < count; i++) {
        int place = next + differences.get(i).intValue();
        values.put(texts.get(place), all.get(i));
        next = place + 1;
      }
      return new Split(values, all.get(count));
    }

    private List<Totals> totals(long secondsBetweenViews) {
      List<Long> visits = NumberColumn.read(v, count + 1);
      List<Long> moreViews = NumberColumn.read(w, count + 1);
      List<Long> fewerVisitors = NumberColumn.read(u, count + 1);
      List<Long> bounces = NumberColumn.read(b, count + 1);
      List<Long> moreSeconds = NumberColumn.read(s, count + 1);
      List<Totals> totals = new ArrayList<>(count + 1);
      for (int i = 0; i <= count; i++) {
        totals.add(
            new Totals(
                visits.get(i) + moreViews.get(i),
                visits.get(i) - fewerVisitors.get(i),
                visits.get(i),
                bounces.get(i),
                moreViews.get(i) * secondsBetweenViews + moreSeconds.get(i)));
      }
      return totals;
    }
  }
}
