package com.visitorcount.history.statistics;

import static java.util.Objects.requireNonNull;

import com.visitorcount.history.column.Part;
import com.visitorcount.page.PageId;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The totals of a site in a UTC day or a month of UTC days: overall and by each dimension; for a
 * day also before and after each quarter of an hour. A summary takes at most {@value #MAX_BYTES}
 * bytes and names at most {@value #MAX_VALUES} values of a dimension: if there are more, those with
 * the most views are named and the others are summed, so that the sums are right.
 *
 * <p>Stored data is decoded when it is first used. Not safe for use by several threads.
 */
public final class Summary {
  /** Most named values in a dimension. */
  public static final int MAX_VALUES = 1_000;

  /** Most bytes of a stored summary. */
  public static final int MAX_BYTES = 48 * 1_024;

  private final Totals totals;
  private final Supplier<@Nullable Cuts> cuts;
  private final Function<Dimension, @Nullable Split> source;
  private final VisitRule rule;
  private final Map<Dimension, Split> splits = new EnumMap<>(Dimension.class);

  /**
   * @param cuts gives null for a month, and if an older version wrote the summary
   * @param source gives null for a dimension that is absent
   * @param rule divides the views of the day into visits, if they are stored as rows
   */
  Summary(
      Totals totals,
      Supplier<@Nullable Cuts> cuts,
      Function<Dimension, @Nullable Split> source,
      VisitRule rule) {
    this.totals = requireNonNull(totals, "totals");
    this.cuts = requireNonNull(cuts, "cuts");
    this.source = requireNonNull(source, "source");
    this.rule = requireNonNull(rule, "rule");
  }

  /**
   * Sums up a day.
   *
   * @param parts all parts of the day
   */
  public static Summary of(Collection<Part> parts) {
    return new SummaryBuilder().addAll(parts).build();
  }

  /** The sum of several days, in any order. */
  public static Summary sum(Collection<Summary> summaries) {
    return sum(summaries, null);
  }

  private static Summary sum(Collection<Summary> summaries, @Nullable Cuts cuts) {
    Map<Dimension, Split> splits = new EnumMap<>(Dimension.class);
    for (Dimension dimension : Dimension.summed()) {
      List<Split> all =
          summaries.stream().map(day -> day.split(dimension)).filter(Objects::nonNull).toList();
      if (all.size() == summaries.size()) {
        splits.put(dimension, Split.sum(all));
      }
    }
    Totals totals = summaries.stream().map(Summary::totals).reduce(Totals.NONE, Totals::plus);
    return bounded(totals, cuts, splits);
  }

  /** The sum of different visitors of the same day. */
  public static Summary sumOfDay(Collection<Summary> summaries) {
    Cuts cuts = new Cuts();
    summaries.forEach(summary -> cuts.add(requireNonNull(summary.cuts(), "cuts")));
    return sum(summaries, cuts);
  }

  static Summary bounded(Totals totals, @Nullable Cuts cuts, Map<Dimension, Split> splits) {
    int values = MAX_VALUES;
    Summary summary = atMost(values, totals, cuts, splits);
    while (summary.encode().length > MAX_BYTES) {
      values = values * 3 / 4;
      summary = atMost(values, totals, cuts, splits);
    }
    return summary;
  }

  private static Summary atMost(
      int values, Totals totals, @Nullable Cuts cuts, Map<Dimension, Split> splits) {
    Map<Dimension, Split> cut = new EnumMap<>(Dimension.class);
    splits.forEach((dimension, split) -> cut.put(dimension, split.atMost(values)));
    return new Summary(totals, () -> cuts, cut::get, VisitRule.CURRENT);
  }

  /** The same summary without the name of a page or event; its views stay, without a name. */
  public Summary without(PageId page) {
    String value = page.isEvent() ? page.eventName() : Values.withoutSite(page);
    Map<Dimension, Split> all = new EnumMap<>(Dimension.class);
    for (Dimension dimension : Dimension.summed()) {
      Split split = split(dimension);
      if (split != null) {
        boolean has = page.isEvent() ? dimension == Dimension.EVENT : dimension.isPage();
        all.put(dimension, has ? split.without(value) : split);
      }
    }
    return bounded(totals, cuts(), all);
  }

  /** The totals of all views. */
  public Totals totals() {
    return totals;
  }

  /** The rule that divides the day's views into visits, if they are stored as rows. */
  public VisitRule rule() {
    return rule;
  }

  @Nullable Cuts cuts() {
    return cuts.get();
  }

  /**
   * The views by their values in a dimension; hours are in UTC. Null if the summary is older than
   * the dimension.
   */
  public @Nullable Split split(Dimension dimension) {
    Split known = splits.get(dimension);
    if (known != null) {
      return known;
    }
    Split stored = source.apply(dimension);
    Split split = stored == null ? ofViewsAlone(dimension) : stored;
    if (split != null) {
      splits.put(dimension, split);
    }
    return split;
  }

  /** Without events, nothing needs to be stored about them. */
  private @Nullable Split ofViewsAlone(Dimension dimension) {
    String value = dimension.ofAllViews();
    if (value == null || totals.events() > 0) {
      return null;
    }
    return totals.views() == 0
        ? Split.NOTHING
        : new Split(new TreeMap<>(Map.of(value, totals)), Totals.NONE);
  }

  /** Whether every value of a dimension is named. */
  boolean namesAll(Dimension dimension) {
    Split split = split(dimension);
    return split != null && !split.isCut();
  }

  /** The stored form. Equal summaries give equal bytes with the same version of zlib. */
  public byte[] encode() {
    return SummaryCodec.encode(this);
  }

  /**
   * Reads the stored form.
   *
   * @throws IllegalArgumentException if this is no summary, or newer code wrote it
   */
  public static Summary decode(byte[] bytes) {
    return bytes.length > 0 && JsonSummary.isVersion(bytes[0])
        ? JsonSummary.decode(bytes)
        : SummaryCodec.decode(bytes);
  }
}
