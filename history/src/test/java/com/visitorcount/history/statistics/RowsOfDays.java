package com.visitorcount.history.statistics;

import com.visitorcount.history.column.Group;
import com.visitorcount.history.column.Part;
import com.visitorcount.history.column.SmallParts;
import com.visitorcount.history.row.Row;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** A history of one site from rows, with summaries of all days before one day, or of none. */
final class RowsOfDays implements History {
  private final SortedMap<LocalDate, List<Row>> rows;
  private final LocalDate firstOpen;
  private final LocalDate closedByGap;
  private final SortedMap<LocalDate, ClosedDay> days = new TreeMap<>();
  private final SortedMap<YearMonth, Summary> months = new TreeMap<>();
  private int daysRead;

  RowsOfDays(Collection<Row> rows, LocalDate firstOpen) {
    this(rows, firstOpen, LocalDate.MIN);
  }

  /**
   * @param closedByGap days before this one were closed when only gaps began visits
   */
  RowsOfDays(Collection<Row> rows, LocalDate firstOpen, LocalDate closedByGap) {
    this.rows =
        rows.stream().collect(Collectors.groupingBy(Row::day, TreeMap::new, Collectors.toList()));
    this.firstOpen = firstOpen;
    this.closedByGap = closedByGap;
    this.rows.headMap(firstOpen).forEach((day, all) -> days.put(day, closed(day, all)));
    days.keySet().stream()
        .map(YearMonth::from)
        .filter(month -> month.atEndOfMonth().isBefore(firstOpen))
        .distinct()
        .forEach(
            month -> {
              List<Summary> ofMonth =
                  days.subMap(month.atDay(1), month.plusMonths(1).atDay(1)).values().stream()
                      .map(ClosedDay::summary)
                      .toList();
              months.put(month, stored(Summary.sum(ofMonth)));
            });
  }

  /** How often the rows of a day were read. */
  int daysRead() {
    return daysRead;
  }

  @Override
  public SortedMap<LocalDate, ClosedDay> days(String site, LocalDate from, LocalDate to) {
    return days.subMap(from, to.plusDays(1));
  }

  @Override
  public SortedMap<YearMonth, Summary> months(String site, YearMonth from, YearMonth to) {
    return months.subMap(from, to.plusMonths(1));
  }

  private ClosedDay closed(LocalDate day, List<Row> all) {
    return new ClosedDay(
        day.toString(),
        day.isBefore(closedByGap) ? closedByGap(all) : stored(Summary.of(parts(all))));
  }

  /** As stored then: names of sources have changed since, and there were no cuts. */
  private static Summary closedByGap(List<Row> rows) {
    Summary summary = Summary.of(Part.of(rows, VisitRule.GAP));
    return new Summary(
        summary.totals(),
        () -> null,
        dimension ->
            Set.of(Dimension.SOURCE, Dimension.CHANNEL).contains(dimension)
                ? null
                : summary.split(dimension),
        VisitRule.GAP);
  }

  /** Some days have many parts. */
  private static List<Part> parts(List<Row> rows) {
    int maxRows = 1 + (rows.size() % 5) * rows.size() / 4;
    return SmallParts.of(rows, VisitRule.CURRENT, maxRows);
  }

  private static Summary stored(Summary summary) {
    return Summary.decode(summary.encode());
  }

  @Override
  public void parts(
      String site,
      SortedMap<LocalDate, ClosedDay> asked,
      Set<Group> groups,
      Consumer<Part> receiver) {
    asked.forEach(
        (day, closed) -> {
          daysRead++;
          List<Row> all = rows.getOrDefault(day, List.of());
          List<Part> parts =
              closed.summary().rule() == VisitRule.GAP ? Part.of(all, VisitRule.GAP) : parts(all);
          parts.forEach(receiver);
        });
  }

  @Override
  public UnreadableItems unreadable() {
    return new UnreadableItems();
  }

  @Override
  public void openRows(String site, LocalDate utcDay, Consumer<List<Row>> receiver) {
    daysRead++;
    receiver.accept(rows.getOrDefault(utcDay, List.of()));
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
  public SortedMap<String, LocalDate> lastArrivals() {
    return new TreeMap<>(Map.of("example.com", LocalDate.MAX));
  }
}
