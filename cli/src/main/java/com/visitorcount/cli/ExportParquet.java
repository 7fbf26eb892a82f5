package com.visitorcount.cli;

import com.visitorcount.history.ExportedDay;
import com.visitorcount.history.RowExport;
import com.visitorcount.lake.LakeFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code export parquet}: the views and events of a site as Parquet files, as a lake has them. */
@Command(
    name = "parquet",
    description = {
      "Writes the views and events of a site as Parquet files, one for each day.",
      "Their names are those of a lake: FOLDER/site=SITE/day=DAY/rows.parquet."
    },
    mixinStandardHelpOptions = true)
final class ExportParquet implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin private final Target target = new Target();
  @Mixin private final ExportedDays days = new ExportedDays();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FOLDER",
      required = true,
      description = "Made if there is none; files of these days are replaced.")
  private Path folder = Path.of("");

  @Option(names = "--json", description = "Print the result as JSON.")
  private boolean json;

  private long files;
  private long rows;
  private long rowsOfFile;

  ExportParquet(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    try (Tables tables = target.open()) {
      Instant now = terminal.clock().instant();
      ExportedDays.Range range = days.range(tables, now);
      RowExport export = tables.history().rowExport(now);
      export.days(range.site(), range.first(), range.last(), day -> write(range.site(), day));
    }
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("rows", rows);
    result.put("files", files);
    terminal.result(
        json,
        result,
        "%s written to %s in %s."
            .formatted(Terminal.count(rows, "row"), Terminal.count(files, "file"), folder));
    return ExitCode.OK;
  }

  private void write(String site, ExportedDay day) {
    try {
      new LakeFiles(site, this::put)
          .write(
              day,
              row -> {
                rowsOfFile++;
                terminal.progress(++rows, "rows");
              });
    } catch (IOException e) {
      throw new FailureException("%s cannot be written: %s".formatted(folder, e.getMessage()));
    }
  }

  /** A file is there whole, or not at all. */
  private void put(String key, byte[] content) throws IOException {
    if (rowsOfFile == 0) {
      return;
    }
    Path whole = folder.resolve(key);
    Path part = whole.resolveSibling(whole.getFileName() + ".part");
    Files.createDirectories(whole.getParent());
    Files.write(part, content);
    Files.move(part, whole, StandardCopyOption.REPLACE_EXISTING);
    files++;
    rowsOfFile = 0;
  }
}
