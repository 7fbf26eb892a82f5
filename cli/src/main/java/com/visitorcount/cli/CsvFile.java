package com.visitorcount.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.visitorcount.page.InvalidPageException;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PushbackInputStream;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.zip.GZIPInputStream;

/**
 * A CSV file as in RFC 4180, in UTF-8, with a line of names; compressed if its name ends with
 * {@code .gz}. Lines that cannot be used are reported by file and line, and left out.
 */
final class CsvFile {
  private static final int MAX_REPORTED = 20;
  private static final byte[] MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  private final Path file;
  private final Terminal terminal;

  CsvFile(Path file, Terminal terminal) {
    this.file = requireNonNull(file, "file");
    this.terminal = requireNonNull(terminal, "terminal");
  }

  /** A line, whose fields are found by name. */
  record Line(long number, CsvRecord record, Map<String, Integer> columns) {
    /** A field; empty if the file has no such column. */
    String get(String column) {
      Integer index = columns.get(column);
      return index == null || index >= record.getFieldCount() ? "" : record.getField(index);
    }
  }

  /**
   * What was in the file.
   *
   * @param lines lines without the names, those that were left out included
   * @param invalid lines that were left out
   */
  record Contents(long lines, long invalid) {}

  /**
   * Reads the file.
   *
   * @param parse what a line says; an exception of the kinds that say what is wrong with a text
   *     makes the line one that is left out
   * @param receiver takes what lines say
   * @param required names of columns without which it is another kind of file
   * @throws FailureException if there is no such file, or it is not of this kind
   */
  <T> Contents read(Iterable<String> required, Function<Line, T> parse, Consumer<T> receiver) {
    long lines = 0;
    long invalid = 0;
    try (CsvReader<CsvRecord> reader = CsvReader.builder().ofCsvRecord(open())) {
      Map<String, Integer> columns = null;
      for (CsvRecord record : reader) {
        if (columns == null) {
          columns = columns(record, required);
          continue;
        }
        lines++;
        T said;
        try {
          said = parse.apply(new Line(record.getStartingLineNumber(), record, columns));
        } catch (IllegalArgumentException | InvalidPageException e) {
          report(++invalid, record.getStartingLineNumber(), e);
          continue;
        }
        receiver.accept(said);
        terminal.progress(lines, "lines");
      }
      if (columns == null) {
        throw new FailureException(file + " is empty.");
      }
    } catch (NoSuchFileException e) {
      throw new FailureException("There is no file " + file + ".");
    } catch (CsvParseException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new FailureException("%s is no CSV: %s".formatted(file, cause.getMessage()));
    } catch (CharacterCodingException e) {
      throw new FailureException(file + " is not in UTF-8.");
    } catch (IOException e) {
      throw new FailureException("%s cannot be read: %s".formatted(file, e.getMessage()));
    }
    if (invalid > MAX_REPORTED) {
      terminal.errors().printf("%s: and %d more lines%n", file, invalid - MAX_REPORTED);
    }
    return new Contents(lines, invalid);
  }

  private Map<String, Integer> columns(CsvRecord names, Iterable<String> required) {
    Map<String, Integer> columns = new HashMap<>();
    for (int i = 0; i < names.getFieldCount(); i++) {
      columns.putIfAbsent(names.getField(i).strip(), i);
    }
    for (String name : required) {
      if (!columns.containsKey(name)) {
        throw new FailureException("%s has no column %s in its first line.".formatted(file, name));
      }
    }
    return columns;
  }

  private void report(long invalid, long line, RuntimeException e) {
    if (invalid <= MAX_REPORTED) {
      terminal.errors().printf("%s:%d: %s%n", file, line, e.getMessage());
      terminal.errors().flush();
    }
  }

  private Reader open() throws IOException {
    InputStream raw = new BufferedInputStream(Files.newInputStream(file));
    try {
      InputStream plain = file.toString().endsWith(".gz") ? new GZIPInputStream(raw, 1 << 16) : raw;
      PushbackInputStream input = new PushbackInputStream(plain, MARK.length);
      byte[] first = input.readNBytes(MARK.length);
      if (!Arrays.equals(first, MARK)) {
        input.unread(first);
      }
      return new InputStreamReader(
          input, UTF_8.newDecoder().onMalformedInput(CodingErrorAction.REPORT));
    } catch (IOException e) {
      raw.close();
      throw e;
    }
  }
}
