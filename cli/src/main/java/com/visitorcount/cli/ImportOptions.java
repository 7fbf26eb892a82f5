package com.visitorcount.cli;

import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The file of an import and the options of all imports. */
final class ImportOptions {
  @Parameters(paramLabel = "FILE.csv", description = "May be compressed: FILE.csv.gz.")
  Path file = Path.of("");

  @Option(names = "--strict", description = "Import nothing if any line cannot be read.")
  boolean strict;

  @Option(names = "--dry-run", description = "Only say what would be done.")
  boolean dryRun;

  @Option(names = "--json", description = "Print the result as JSON.")
  boolean json;

  /**
   * Reads the file like {@link CsvFile#read}.
   *
   * @throws FailureException as {@link CsvFile#read}; in a strict import also for an invalid line,
   *     before anything is passed on
   */
  <T> CsvFile.Contents read(
      Terminal terminal,
      Iterable<String> required,
      Function<CsvFile.Line, @Nullable T> parse,
      Consumer<T> receiver) {
    return read(new CsvFile(file, terminal), required, parse, receiver);
  }

  /** Reads a file in an archive. */
  <T> CsvFile.Contents read(
      CsvFile csv,
      Iterable<String> required,
      Function<CsvFile.Line, @Nullable T> parse,
      Consumer<T> receiver) {
    if (strict && csv.read(required, parse, said -> {}).invalid() > 0) {
      throw new FailureException("Nothing was imported, since some lines cannot be read.");
    }
    return csv.read(required, parse, receiver);
  }
}
