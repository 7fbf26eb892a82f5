package com.visitorcount.history.statistics;

import com.visitorcount.history.column.Part;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** Sums up the parts of a day. Not safe for use by several threads. */
public final class SummaryBuilder {
  private final Map<Dimension, Map<String, Totals>> splits = new EnumMap<>(Dimension.class);
  private final Cuts cuts = new Cuts();
  private Totals totals = Totals.NONE;

  /** Starts with a day without views. */
  public SummaryBuilder() {
    for (Dimension dimension : Dimension.summed()) {
      splits.put(dimension, new HashMap<>());
    }
  }

  /** Adds a part. */
  public void add(Part part) {
    totals = totals.plus(PartTally.byValue(part, Selection.ALL, Values.same(part)).totals(0));
    cuts.add(part);
    splits.forEach(
        (dimension, sums) -> {
          Values values = Values.of(part, Attribute.of(dimension), ZoneOffset.UTC);
          PartTally.byValue(part, Selection.ALL, values).addTo(sums);
        });
  }

  SummaryBuilder addAll(Collection<Part> parts) {
    parts.forEach(this::add);
    return this;
  }

  /** The summary of all parts so far. */
  public Summary build() {
    Map<Dimension, Split> all = new EnumMap<>(Dimension.class);
    splits.forEach(
        (dimension, sums) -> all.put(dimension, new Split(new TreeMap<>(sums), Totals.NONE)));
    return Summary.bounded(totals, cuts, all);
  }
}
