package com.visitorcount.cli;

import com.visitorcount.counter.BrokenCounterException;
import com.visitorcount.counter.Counters;
import com.visitorcount.counter.StartingCounts;
import com.visitorcount.page.PageId;
import java.math.BigInteger;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code import counters}: continues counters from the counts of another product. */
@Command(
    name = "counters",
    description = {
      "Continues counters from another product's counts.",
      "The file has the columns page and views. A counter is never lowered, and one that stands"
          + " higher is not touched, so importing a file again changes nothing."
    },
    mixinStandardHelpOptions = true)
final class ImportCounters implements Callable<Integer> {
  private static final Pattern COUNT = Pattern.compile("\\d{1,38}");
  private static final List<String> COLUMNS = List.of("page", "views");

  private final Terminal terminal;

  @Mixin private final Target target = new Target();

  @Mixin private final ImportOptions options = new ImportOptions();

  ImportCounters(Terminal terminal) {
    this.terminal = terminal;
  }

  private record Count(PageId page, BigInteger views) {}

  @Override
  public Integer call() {
    try (Tables tables = target.open()) {
      Counters counters = tables.counters().counters(System::nanoTime);
      StartingCounts starting = tables.counters().startingCounts();
      Instant now = terminal.clock().instant();
      long[] raised = {0};
      CsvFile.Contents contents =
          options.read(
              terminal,
              COLUMNS,
              line -> count(tables, line),
              count -> {
                boolean raises =
                    count.views().signum() > 0
                        && (options.dryRun
                            ? isLower(counters, count)
                            : starting.raise(count.page(), count.views(), now));
                raised[0] += raises ? 1 : 0;
              });
      report(raised[0], contents);
      return contents.invalid() == 0 ? ExitCode.OK : ExitCode.LINES_LEFT_OUT;
    }
  }

  private static boolean isLower(Counters counters, Count count) {
    try {
      return counters.read(count.page()).compareTo(count.views()) < 0;
    } catch (BrokenCounterException e) {
      // left unchanged
      return false;
    }
  }

  private static Count count(Tables tables, CsvFile.Line line) {
    String views = line.get("views").strip();
    if (!COUNT.matcher(views).matches()) {
      throw new IllegalArgumentException("views must be a whole number of up to 38 digits");
    }
    return new Count(tables.rules().page(line.get("page")), new BigInteger(views));
  }

  private void report(long raised, CsvFile.Contents contents) {
    long kept = contents.kept() - raised;
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("raised", raised);
    result.put("kept", kept);
    result.put("invalid", contents.invalid());
    result.put("dryRun", options.dryRun);
    terminal.result(
        options.json,
        result,
        "%s%d raised, %d left as they are, %d lines not read."
            .formatted(
                options.dryRun ? "Would be: " : "Counters: ", raised, kept, contents.invalid()));
  }
}
