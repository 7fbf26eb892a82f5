package com.visitorcount.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code import rows}: turns views and events from a CSV file into rows of closed days. */
@Command(
    name = "rows",
    description = {
      "Adds views and events from a CSV file to closed days.",
      "The file is one of export rows, or has at least the columns time, site and page. The rows"
          + " stand under the name of their source: importing again from the same source replaces"
          + " them in all sites of the file, and nothing else."
    },
    mixinStandardHelpOptions = true)
final class ImportRows implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin private final Target target = new Target();
  @Mixin private final ImportOptions options = new ImportOptions();
  @Mixin private final RowsIntoDays rows = new RowsIntoDays();

  ImportRows(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    try (Tables tables = target.open()) {
      return run(terminal, tables, options, rows);
    }
  }

  /** Imports into the days of a stack, and returns the exit code. */
  static int run(Terminal terminal, Tables tables, ImportOptions options, RowsIntoDays rows) {
    return rows.run(
        terminal,
        tables,
        options,
        "rows",
        (lastDay, receiver) ->
            options.read(
                terminal,
                RowLines.REQUIRED,
                line -> RowLines.rows(line, lastDay),
                rowsOfLine -> rowsOfLine.forEach(receiver)));
  }
}
