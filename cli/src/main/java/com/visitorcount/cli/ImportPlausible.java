package com.visitorcount.cli;

import com.visitorcount.counter.StartingCounts;
import com.visitorcount.history.SumImport;
import com.visitorcount.history.statistics.DaySums;
import com.visitorcount.history.statistics.Dimension;
import com.visitorcount.page.PageId;
import com.visitorcount.page.PageRules;
import java.io.IOException;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.zip.ZipFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code import plausible}: turns an export of Plausible into sums of closed days. */
@Command(
    name = "plausible",
    description = {
      "Adds the daily sums of a Plausible site to closed days.",
      "The file is the export.zip that Plausible sends. It has sums, not views: they are in all"
          + " numbers without filters, and left out of others. Importing again replaces what was"
          + " imported before."
    },
    mixinStandardHelpOptions = true)
final class ImportPlausible implements Callable<Integer> {
  /** Most lines of the export held in memory at once: a few hundred megabytes. */
  private static final int MAX_LINES_AT_ONCE = 500_000;

  private final Terminal terminal;

  @Mixin private final Target target = new Target();
  @Mixin private final ImportOptions options = new ImportOptions();
  @Mixin private final SiteOption site = new SiteOption();

  @Option(
      names = "--source",
      paramLabel = "NAME",
      description = "Name under which the sums stand (default: ${DEFAULT-VALUE}).")
  private String source = "plausible";

  @Option(
      names = "--counters",
      description = "Also raise counters to the sums of their pages, unless they are higher.")
  private boolean counters;

  ImportPlausible(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    if (!SumImport.SOURCE.matcher(source).matches()) {
      throw new UsageException("--source has 1 to 64 letters, digits, dots and hyphens.");
    }
    try (Tables tables = target.open();
        ZipFile archive = new ZipFile(options.file.toFile())) {
      String name = site.required(tables.rules());
      Instant now = terminal.clock().instant();
      SumImport sums = tables.history().sumImport(source, now);
      Run run = new Run(PlausibleTable.in(archive, terminal), name, tables.rules(), sums);
      run.count();
      if (options.strict && run.invalid > 0) {
        throw new FailureException("Nothing was imported, since some lines cannot be read.");
      }
      run.write();
      if (counters && !options.dryRun) {
        StartingCounts starting = tables.counters().startingCounts();
        run.views.forEach((page, views) -> starting.raise(page, BigInteger.valueOf(views), now));
      }
      report(run);
      return run.invalid == 0 ? ExitCode.OK : ExitCode.LINES_LEFT_OUT;
    } catch (IOException e) {
      throw new FailureException(
          "%s is no export of Plausible: %s".formatted(options.file, e.getMessage()));
    }
  }

  /** One run. The files are read once to find their days, then again for some days at a time. */
  private final class Run {
    private final List<PlausibleTable> tables;
    private final String site;
    private final PageRules rules;
    private final SumImport sums;
    private final NavigableMap<LocalDate, Integer> linesByDay = new TreeMap<>();
    private final Map<PageId, Long> views = new HashMap<>();
    private long lines;
    private long invalid;

    Run(List<PlausibleTable> tables, String site, PageRules rules, SumImport sums) {
      this.tables = tables;
      this.site = site;
      this.rules = rules;
      this.sums = sums;
      if (tables.stream().noneMatch(table -> table.kind() == PlausibleTable.Kind.VISITORS)) {
        throw new FailureException(options.file + " has no imported_visitors file.");
      }
    }

    /** Counts the lines of each day, and reports invalid lines. */
    void count() {
      for (PlausibleTable table : tables) {
        CsvFile.Contents contents =
            table
                .file()
                .read(
                    table.required(),
                    line -> table.line(line, site, rules, sums.lastDay()),
                    line -> linesByDay.merge(line.day(), 1, Integer::sum));
        lines += contents.lines();
        invalid += contents.invalid();
      }
      linesByDay.forEach(
          (day, count) -> {
            if (count > MAX_LINES_AT_ONCE) {
              throw new FailureException(
                  "%s has more than %d lines of %s."
                      .formatted(options.file, MAX_LINES_AT_ONCE, day));
            }
          });
    }

    void write() {
      Set<Dimension> known = EnumSet.noneOf(Dimension.class);
      tables.forEach(table -> known.addAll(table.dimensions()));
      List<LocalDate> some = new ArrayList<>();
      int size = 0;
      for (Map.Entry<LocalDate, Integer> day : linesByDay.entrySet()) {
        if (size + day.getValue() > MAX_LINES_AT_ONCE) {
          write(some, known);
          some.clear();
          size = 0;
        }
        some.add(day.getKey());
        size += day.getValue();
      }
      write(some, known);
      finish();
    }

    private void write(List<LocalDate> days, Set<Dimension> known) {
      if (days.isEmpty()) {
        return;
      }
      LocalDate first = Collections.min(days);
      LocalDate last = Collections.max(days);
      SortedMap<LocalDate, DaySums> byDay = new TreeMap<>();
      for (PlausibleTable table : tables) {
        table
            .file()
            .again()
            .read(
                table.required(),
                line -> table.line(line, site, rules, sums.lastDay()),
                line -> {
                  if (!line.day().isBefore(first) && !line.day().isAfter(last)) {
                    line.addTo(byDay.computeIfAbsent(line.day(), day -> new DaySums()));
                    if (counters && line.page() != null) {
                      views.merge(line.page(), line.totals().views(), Long::sum);
                    }
                  }
                });
      }
      if (!options.dryRun) {
        byDay.forEach((day, ofDay) -> sums.put(site, day, ofDay.build(known)));
      }
    }

    /** Deletes what an earlier import left on other days, and sums the months again. */
    private void finish() {
      if (options.dryRun) {
        return;
      }
      Set<YearMonth> months = new HashSet<>();
      for (LocalDate day : sums.days(site)) {
        months.add(YearMonth.from(day));
        if (!linesByDay.containsKey(day)) {
          sums.put(site, day, null);
        }
      }
      months.forEach(month -> sums.sumMonth(site, month));
    }
  }

  private void report(Run run) {
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("days", run.linesByDay.size());
    result.put("lines", run.lines - run.invalid);
    result.put("invalid", run.invalid);
    result.put("dryRun", options.dryRun);
    terminal.result(
        options.json,
        result,
        "%s%d days by %d lines, %d lines not read."
            .formatted(
                options.dryRun ? "Would be: " : "Imported: ",
                run.linesByDay.size(),
                run.lines - run.invalid,
                run.invalid));
  }
}
