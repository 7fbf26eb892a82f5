package com.visitorcount.cli;

import com.visitorcount.counter.StartingCounts;
import com.visitorcount.history.RowImport;
import com.visitorcount.history.row.Row;
import com.visitorcount.page.PageId;
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
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * What all imports of rows share: putting rows into closed days, under the name of their source.
 */
final class RowsIntoDays {
  private static final int MAX_BUFFERED = 100_000;

  @Option(
      names = "--source",
      paramLabel = "NAME",
      description = "Name under which the rows stand (default: that of the command).")
  @Nullable String source;

  @Option(
      names = "--counters",
      description = "Also raise counters to the number of rows, unless they are higher.")
  private boolean counters;

  /** Reads a file and passes on the rows of each line. */
  interface Reader {
    CsvFile.Contents read(LocalDate lastDay, Consumer<Row> receiver);
  }

  private record SiteDay(String site, LocalDate day) {}

  /**
   * Runs an import.
   *
   * @param defaultSource name of the source unless the user gives one
   * @return the exit code
   * @throws FailureException if a day would have too many rows
   */
  int run(
      Terminal terminal,
      Tables tables,
      ImportOptions options,
      String defaultSource,
      Reader reader) {
    Instant now = terminal.clock().instant();
    RowImport rows = tables.history().rowImport(source == null ? defaultSource : source, now);
    try {
      Run run = new Run(rows, options.dryRun);
      CsvFile.Contents contents = reader.read(rows.lastDay(), run::add);
      run.finish();
      if (counters && !options.dryRun) {
        StartingCounts starting = tables.counters().startingCounts();
        run.views.forEach((page, views) -> starting.raise(page, BigInteger.valueOf(views), now));
      }
      report(terminal, options, run, contents);
      return contents.invalid() == 0 ? ExitCode.OK : ExitCode.LINES_LEFT_OUT;
    } catch (RowImport.DayTooLargeException e) {
      throw new FailureException(e.getMessage() + ".");
    }
  }

  /** One run: rows are put into their days whenever there are too many to hold. */
  private final class Run {
    private final RowImport rows;
    private final boolean dryRun;
    private final Map<SiteDay, List<Row>> buffered = new LinkedHashMap<>();
    private final Set<SiteDay> done = new HashSet<>();
    private final Map<PageId, Long> views = new HashMap<>();
    private int size;

    Run(RowImport rows, boolean dryRun) {
      this.rows = rows;
      this.dryRun = dryRun;
    }

    void add(Row row) {
      if (counters && !row.isMessage()) {
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
            if (!dryRun) {
              rows.put(day.site(), day.day(), ofDay, first);
            }
          });
      buffered.clear();
      size = 0;
    }

    /** Deletes what an earlier import left on other days, and sums the months again. */
    void finish() {
      flush();
      if (dryRun) {
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

  private static void report(
      Terminal terminal, ImportOptions options, Run run, CsvFile.Contents contents) {
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("rows", contents.kept());
    result.put("days", run.done.size());
    result.put("skipped", contents.skipped());
    result.put("invalid", contents.invalid());
    result.put("dryRun", options.dryRun);
    terminal.result(
        options.json,
        result,
        "%s%s of %s, %s skipped, %s not read."
            .formatted(
                options.dryRun ? "Would be: " : "Imported: ",
                Terminal.count(contents.kept(), "row"),
                Terminal.count(run.done.size(), "day"),
                Terminal.count(contents.skipped(), "line"),
                Terminal.count(contents.invalid(), "line")));
  }
}
