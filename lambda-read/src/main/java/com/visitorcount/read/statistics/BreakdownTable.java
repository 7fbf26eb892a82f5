package com.visitorcount.read.statistics;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.visitorcount.statistics.Breakdown;
import com.visitorcount.statistics.Totals;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The values of a property with their metrics.
 *
 * @param before what the values amounted to before, null if nobody asks
 */
record BreakdownTable(
    Property property,
    List<Measure> measures,
    Breakdown page,
    @Nullable Map<String, Totals> before) {
  BreakdownTable {
    measures = List.copyOf(measures);
  }

  /** Writes {@code results} and {@code total}. */
  void writeTo(ObjectNode json) {
    ArrayNode results = json.putArray("results");
    for (Breakdown.Entry entry : page.entries()) {
      ObjectNode result = results.addObject().put(property.key(), property.label(entry.value()));
      measures.forEach(measure -> result.put(measure.key(), measure.value(entry.totals())));
      if (before != null) {
        Totals then = before.getOrDefault(entry.value(), Totals.NONE);
        result.put("change", Measure.VISITORS.change(entry.totals(), then));
      }
    }
    json.put("total", page.total());
  }

  Csv csv() {
    Csv csv = new Csv();
    csv.line(StatisticsApi.header(property.key(), measures));
    for (Breakdown.Entry entry : page.entries()) {
      csv.line(StatisticsApi.cells(property.label(entry.value()), measures, entry.totals()));
    }
    return csv;
  }
}
