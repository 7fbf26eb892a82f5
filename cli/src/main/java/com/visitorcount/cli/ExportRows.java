package com.visitorcount.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.visitorcount.history.RowExport;
import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.BufferedWriter;
import java.io.FilterWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code export rows}: writes a line of CSV for each view and event of a site. */
@Command(
    name = "rows",
    description = "Writes a line of CSV for each view and event of a site.",
    mixinStandardHelpOptions = true)
final class ExportRows implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin private final Target target = new Target();
  @Mixin private final ExportedDays days = new ExportedDays();

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "Compressed if it ends with .gz (default: to standard output).")
  @Nullable Path file;

  @Option(names = "--json", description = "Print the result as JSON; takes --output.")
  private boolean json;

  ExportRows(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    try (Tables tables = target.open()) {
      Instant now = terminal.clock().instant();
      ExportedDays.Range range = days.range(tables, now);
      RowExport rows = tables.history().rowExport(now);
      if (file == null) {
        write(rows, range, new Unclosed(terminal.output()));
        terminal.output().flush();
        return ExitCode.OK;
      }
      long written = toFile(rows, range, file);
      terminal.result(
          json,
          Map.of("rows", written),
          "%s written to %s.".formatted(Terminal.count(written, "row"), file));
      return ExitCode.OK;
    } catch (IOException e) {
      throw new FailureException("%s cannot be written: %s".formatted(file, e.getMessage()));
    }
  }

  /** Even if it is interrupted, the name has either the complete new file or the old one. */
  long toFile(RowExport rows, ExportedDays.Range range, Path whole) throws IOException {
    Path part = whole.resolveSibling(whole.getFileName() + ".part");
    long written;
    try (OutputStream bytes = Files.newOutputStream(part);
        OutputStream output =
            whole.toString().endsWith(".gz") ? new GZIPOutputStream(bytes, 1 << 16) : bytes;
        Writer writer = new BufferedWriter(new OutputStreamWriter(output, UTF_8))) {
      written = write(rows, range, writer);
    } catch (IOException | RuntimeException e) {
      Files.deleteIfExists(part);
      throw e;
    }
    Files.move(part, whole, StandardCopyOption.REPLACE_EXISTING);
    return written;
  }

  private long write(RowExport rows, ExportedDays.Range range, Writer writer) throws IOException {
    long[] written = {0};
    try (CsvWriter csv = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(writer)) {
      csv.writeRecord(RowLines.COLUMNS);
      rows.forEach(
          range.site(),
          range.first(),
          range.last(),
          row -> {
            csv.writeRecord(RowLines.fields(row));
            terminal.progress(++written[0], "rows");
          });
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    return written[0];
  }

  /** Keeps standard output open. */
  private static final class Unclosed extends FilterWriter {
    Unclosed(Writer writer) {
      super(writer);
    }

    @Override
    public void close() throws IOException {
      flush();
    }
  }
}
