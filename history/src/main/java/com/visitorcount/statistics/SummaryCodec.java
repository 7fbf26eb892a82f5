package com.visitorcount.statistics;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.visitorcount.row.DeflatedJson;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Summaries as they are stored: a text for each column of numbers, in JSON, deflated. A value
 * stands once, however many dimensions have it. A column holds what is not to be expected: a
 * visitor has one visit, and between any two views of a visit it takes about the same time, so that
 * most of the numbers are small.
 */
final class SummaryCodec {
  private SummaryCodec() {}

  static byte[] encode(Summary summary) {
    return DeflatedJson.write(summary.rule().summaryVersion(), Columns.of(summary));
  }

  /**
   * @throws IllegalArgumentException if this is no summary, or one that newer code has written
   */
  static Summary decode(byte[] bytes) {
    VisitRule rule = VisitRule.CURRENT;
    if (bytes.length > 0 && bytes[0] == VisitRule.GAP.summaryVersion()) {
      rule = VisitRule.GAP;
    }
    Columns columns = DeflatedJson.read(rule.summaryVersion(), bytes, Columns.class);
    try {
      return columns.summary(rule);
    } catch (IndexOutOfBoundsException e) {
      throw new IllegalArgumentException("the columns of this summary do not fit together", e);
    }
  }

  /**
   * A summary.
   *
   * @param texts every value of every dimension once, in order
   * @param by dimensions by their keys
   */
  @JsonPropertyOrder({"views", "visitors", "visits", "bounces", "seconds", "texts", "by"})
  private record Columns(
      long views,
      long visitors,
      long visits,
      long bounces,
      long seconds,
      List<String> texts,
      SortedMap<String, Values> by) {
    Columns {
      texts = List.copyOf(texts);
      by = Collections.unmodifiableSortedMap(new TreeMap<>(by));
    }

    static Columns of(Summary summary) {
      TreeSet<String> texts = new TreeSet<>();
      summary.splits().values().forEach(split -> texts.addAll(split.values().keySet()));
      Map<String, Integer> places = new HashMap<>();
      texts.forEach(text -> places.put(text, places.size()));
      Totals all = summary.totals();
      SortedMap<String, Values> by = new TreeMap<>();
      summary
          .splits()
          .forEach(
              (dimension, split) ->
                  by.put(dimension.key(), Values.of(split, places, secondsBetweenViews(all))));
      return new Columns(
          all.views(),
          all.visitors(),
          all.visits(),
          all.bounces(),
          all.durationSeconds(),
          List.copyOf(texts),
          by);
    }

    Summary summary(VisitRule rule) {
      Totals all = new Totals(views, visitors, visits, bounces, seconds);
      Map<Dimension, Split> splits = new EnumMap<>(Dimension.class);
      for (Dimension dimension : Dimension.values()) {
        Values values = by.get(dimension.key());
        if (values != null) {
          splits.put(dimension, values.split(texts, secondsBetweenViews(all)));
        }
      }
      return new Summary(all, splits, rule);
    }

    private static long secondsBetweenViews(Totals all) {
      return all.durationSeconds() / Math.max(1, all.views() - all.visits());
    }
  }

  /**
   * The values of a dimension. After the numbers of those that are named come those of all others.
   *
   * @param count how many are named
   * @param t place of each in the texts: how many lie between it and the one before
   * @param v visits
   * @param w views less visits
   * @param u visits less visitors
   * @param b bounces
   * @param s seconds of duration, less what is to be expected for that many views and visits
   */
  @JsonPropertyOrder({"count", "t", "v", "w", "u", "b", "s"})
  private record Values(int count, String t, String v, String w, String u, String b, String s) {
    Values {
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

    static Values of(Split split, Map<String, Integer> places, long secondsBetweenViews) {
      List<Long> differences = new ArrayList<>();
      int next = 0;
      for (String value : split.values().keySet()) {
        int place = requireNonNull(places.get(value));
        differences.add((long) place - next);
        next = place + 1;
      }
      List<Totals> all = new ArrayList<>(split.values().values());
      all.add(split.other());
      return new Values(
          split.values().size(),
          NumberColumn.write(differences),
          NumberColumn.write(all.stream().map(Totals::visits).toList()),
          NumberColumn.write(all.stream().map(Values::viewsLessVisits).toList()),
          NumberColumn.write(all.stream().map(each -> each.visits() - each.visitors()).toList()),
          NumberColumn.write(all.stream().map(Totals::bounces).toList()),
          NumberColumn.write(
              all.stream()
                  .map(each -> each.durationSeconds() - viewsLessVisits(each) * secondsBetweenViews)
                  .toList()));
    }

    private static long viewsLessVisits(Totals totals) {
      return totals.views() - totals.visits();
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
