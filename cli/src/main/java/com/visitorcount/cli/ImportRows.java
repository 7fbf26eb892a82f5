package com.visitorcount.cli;

import com.visitorcount.counter.StartingCounts;
import com.visitorcount.history.RowImport;
import com.visitorcount.page.PageId;
import com.visitorcount.row.Row;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code import rows}: views and events of elsewhere become rows of closed days. */
@Command(
    name = "rows",
    description = {
      "Adds views and events of elsewhere to closed days.",
      "The file is one of export rows, or has at least the columns time, site and page. The rows"
          + " stand under the name of their source: importing again from the same source replaces"
          + " them in all sites of the file, and nothing else."
    },
    mixinStandardHelpOptions = true)
final class ImportRows implements Callable<Integer> {
  private static final int MAX_BUFFERED = 100_000;

  private final Terminal terminal;

  @Mixin private final Target target = new Target();

  @Mixin private final ImportOptions options = new ImportOptions();

  @Option(
      names = "--source",
      paramLabel = "NAME",
      description = "Name under which the rows stand (default: ${DEFAULT-VALUE}).")
  private String source = "rows";

  @Option(
      names = "--counters",
      description = "Also raise counters to the number of rows, unless they are higher.")
  private boolean counters;

  ImportRows(Terminal terminal) {
    this.terminal = terminal;
  }

  private record SiteDay(String site, LocalDate day) {}

  @Override
  public Integer call() {
    try (Tables tables = target.open()) {
      Instant now = terminal.clock().instant();
      RowImport rows = tables.history().rowImport(source, now);
      LocalDate lastDay = rows.lastDay();
      Run run = new Run(rows);
      CsvFile.Contents contents =
          options.read(terminal, RowLines.REQUIRED, line -> RowLines.row(line, lastDay), run::add);
      run.finish();
      if (counters && !options.dryRun) {
        StartingCounts starting = tables.counters().startingCounts();
        run.views.forEach((page, views) -> starting.raise(page, BigInteger.valueOf(views), now));
      }
      report(run, contents);
      return contents.invalid() == 0 ? ExitCode.OK : ExitCode.LINES_LEFT_OUT;
    } catch (RowImport.DayTooLargeException e) {
      throw new FailureException(e.getMessage() + ".");
    }
  }

  /** One run: rows are put into their days when there are too many to keep. */
  private final class Run {
    private final RowImport rows;
    private final Map<SiteDay, List<Row>> buffered = new LinkedHashMap<>();
    private final Set<SiteDay> done = new HashSet<>();
    private final Map<PageId, Long> views = new HashMap<>();
    private int size;

    Run(RowImport rows) {
      this.rows = rows;
    }

    void add(Row row) {
      if (counters) {
        views.merge(row.page(), 1L, Long::sum);
      }
      buffered
          .computeIfAbsent(new SiteDay(row.page().site(), row.day()), day -> new ArrayList<>())
          .add(row);
      if (++size >= MAX_BUFFERED) {
        flush();
      }
    }

    private void flush() {
      buffered.forEach(
          (day, ofDay) -> {
            boolean first = done.add(day);
            if (!options.dryRun) {
              rows.put(day.site(), day.day(), ofDay, first);
            }
          });
      buffered.clear();
      size = 0;
    }

    /** Deletes what an earlier import left on other days, and sums the months. */
    void finish() {
      flush();
      if (options.dryRun) {
        return;
      }
      Map<String, Set<YearMonth>> months = new HashMap<>();
      for (SiteDay day : done) {
        months.computeIfAbsent(day.site(), site -> new HashSet<>()).add(YearMonth.from(day.day()));
      }
      months.forEach(
          (site, changed) -> {
            for (LocalDate day : rows.days(site)) {
              changed.add(YearMonth.from(day));
              if (!done.contains(new SiteDay(site, day))) {
                rows.put(site, day, List.of(), true);
              }
            }
            changed.forEach(month -> rows.sumMonth(site, month));
          });
    }
  }

  private void report(Run run, CsvFile.Contents contents) {
    long read = contents.lines() - contents.invalid();
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("rows", read);
    result.put("days", run.done.size());
    result.put("invalid", contents.invalid());
    result.put("dryRun", options.dryRun);
    terminal.result(
        options.json,
        result,
        "%s%d rows of %d days of sites, %d lines not read."
            .formatted(
                options.dryRun ? "Would be: " : "Imported: ",
                read,
                run.done.size(),
                contents.invalid()));
  }
}
