package com.visitorcount.statistics;

import com.visitorcount.row.Row;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A history of one site, of rows, with summaries of the days before one day, or of none. */
final class RowsOfDays implements History {
  private final SortedMap<LocalDate, List<Row>> rows;
  private final LocalDate firstOpen;
  private final SortedMap<LocalDate, Summary> summaries = new TreeMap<>();
  private final SortedMap<YearMonth, Summary> months = new TreeMap<>();
  private int daysRead;

  RowsOfDays(Collection<Row> rows, LocalDate firstOpen) {
    this(rows, firstOpen, LocalDate.MIN);
  }

  /**
   * @param closedByGap the days before it were closed when a visit began after a gap only
   */
  RowsOfDays(Collection<Row> rows, LocalDate firstOpen, LocalDate closedByGap) {
    this.rows =
        rows.stream().collect(Collectors.groupingBy(Row::day, TreeMap::new, Collectors.toList()));
    this.firstOpen = firstOpen;
    this.rows
        .headMap(firstOpen)
        .forEach(
            (day, all) ->
                summaries.put(
                    day, stored(day.isBefore(closedByGap) ? closedByGap(all) : Summary.of(all))));
    summaries.keySet().stream()
        .map(YearMonth::from)
        .filter(month -> month.atEndOfMonth().isBefore(firstOpen))
        .distinct()
        .forEach(
            month -> {
              Collection<Summary> days =
                  summaries.subMap(month.atDay(1), month.plusMonths(1).atDay(1)).values();
              months.put(month, stored(Summary.sum(days)));
            });
  }

  /** How often the rows of a day were asked for. */
  int daysRead() {
    return daysRead;
  }

  @Override
  public SortedMap<LocalDate, Summary> days(String site, LocalDate from, LocalDate to) {
    return summaries.subMap(from, to.plusDays(1));
  }

  @Override
  public SortedMap<YearMonth, Summary> months(String site, YearMonth from, YearMonth to) {
    return months.subMap(from, to.plusMonths(1));
  }

  /** As it was stored then: names of sources have changed since. */
  private static Summary closedByGap(List<Row> rows) {
    Summary summary = Summary.of(rows, VisitRule.GAP);
    Map<Dimension, Split> splits = new EnumMap<>(summary.splits());
    splits.keySet().removeAll(Set.of(Dimension.SOURCE, Dimension.CHANNEL));
    return new Summary(summary.totals(), splits, VisitRule.GAP);
  }

  private static Summary stored(Summary summary) {
    return Summary.decode(summary.encode());
  }

  @Override
  public List<Row> rows(String site, LocalDate utcDay) {
    daysRead++;
    return rows.getOrDefault(utcDay, List.of());
  }

  @Override
  public Optional<LocalDate> firstDay(String site) {
    return rows.keySet().stream().findFirst();
  }

  @Override
  public LocalDate firstOpen() {
    return firstOpen;
  }

  @Override
  public List<String> sites() {
    return List.of("example.com");
  }
}
