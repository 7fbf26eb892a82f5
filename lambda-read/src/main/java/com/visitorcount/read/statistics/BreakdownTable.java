package com.visitorcount.read.statistics;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.visitorcount.history.statistics.Breakdown;
import com.visitorcount.history.statistics.Split;
import com.visitorcount.history.statistics.Totals;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The values of a property with their metrics.
 *
 * @param other totals of the values that are not named; no views if all are
 * @param before totals of the values in the baseline, null without a comparison
 * @param everyone gives the totals of a value without conditions on events
 */
record BreakdownTable(
    Property property,
    List<Measure> measures,
    Breakdown page,
    Totals other,
    @Nullable Split before,
    Function<String, Totals> everyone) {
  private static final String OTHER = "(other)";

  BreakdownTable {
    measures = List.copyOf(measures);
  }

  /** Writes {@code results} and {@code total}, and {@code other} if not all values are named. */
  void writeTo(ObjectNode json) {
    ArrayNode results = json.putArray("results");
    for (Breakdown.Entry entry : page.entries()) {
      ObjectNode result = results.addObject();
      write(result, property.label(entry.value()), measured(entry));
      if (before != null) {
        Totals then = before.values().getOrDefault(entry.value(), Totals.NONE);
        result.put("change", Measure.VISITORS.change(measured(entry), Measured.of(then)));
      }
    }
    json.put("total", page.total());
    if (hasOther()) {
      write(json.putObject("other"), OTHER, measuredOther());
    }
  }

  private Measured measured(Breakdown.Entry entry) {
    return new Measured(entry.totals(), everyone.apply(entry.value()));
  }

  private Measured measuredOther() {
    return new Measured(other, everyone.apply(OTHER));
  }

  private void write(ObjectNode row, String label, Measured measured) {
    row.put(property.key(), label);
    measures.forEach(measure -> row.put(measure.key(), measure.value(measured)));
  }

  private boolean hasOther() {
    return other.rows() > 0;
  }

  /** The same lines as CSV; values that are not named are the last line of the last page. */
  Csv csv() {
    Csv csv = new Csv();
    csv.line(StatisticsApi.header(property.key(), measures));
    for (Breakdown.Entry entry : page.entries()) {
      csv.line(StatisticsApi.cells(property.label(entry.value()), measures, measured(entry)));
    }
    if (hasOther() && page.isLast()) {
      csv.line(StatisticsApi.cells(OTHER, measures, measuredOther()));
    }
    return csv;
  }
}
