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
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * A CSV file (RFC 4180) in UTF-8 with a header line. Invalid lines are reported with file and line
 * number, and left out. It is read as a stream, so its size does not matter.
 */
final class CsvFile {
  private static final int MAX_REPORTED = 20;

  /** Longest text that an import keeps, in bytes of UTF-8; counted texts are shorter. */
  static final int MAX_TEXT_BYTES = 256;

  private static final byte[] MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  private final String file;
  private final Source source;
  private final Terminal terminal;

  /**
   * @param file name of the file for messages
   */
  private CsvFile(String file, Source source, Terminal terminal) {
    this.file = requireNonNull(file, "file");
    this.source = requireNonNull(source, "source");
    this.terminal = requireNonNull(terminal, "terminal");
  }

  /** A file, compressed if its name ends with {@code .gz}. */
  CsvFile(Path file, Terminal terminal) {
    this(file.toString(), () -> open(file), terminal);
  }

  /** A file in an archive. */
  static CsvFile in(ZipFile archive, ZipEntry entry, Terminal terminal) {
    return new CsvFile(
        archive.getName() + "/" + entry.getName(), () -> archive.getInputStream(entry), terminal);
  }

  /** The same file, for reading it again without reporting invalid lines twice. */
  CsvFile again() {
    return new CsvFile(file, source, terminal.withoutErrors());
  }

  private interface Source {
    InputStream open() throws IOException;
  }

  /** A line, with access to fields by name. */
  record Line(long number, CsvRecord record, Map<String, Integer> columns) {
    /** A field; empty if the file has no such column. */
    String get(String column) {
      Integer index = columns.get(column);
      return index == null || index >= record.getFieldCount() ? "" : record.getField(index);
    }

    /**
     * A field.
     *
     * @throws IllegalArgumentException if it is longer in UTF-8
     */
    String get(String column, int maxBytes) {
      String text = get(column);
      if (text.getBytes(UTF_8).length > maxBytes) {
        throw new IllegalArgumentException(
            column + " is longer than " + maxBytes + " bytes of UTF-8");
      }
      return text;
    }

    /** The beginning of a field, of at most {@value #MAX_TEXT_BYTES} bytes of UTF-8. */
    String start(String column) {
      return CsvFile.start(get(column));
    }
  }

  /** The beginning of a text, of at most {@value #MAX_TEXT_BYTES} bytes of UTF-8. */
  static String start(String text) {
    String start = text.length() > MAX_TEXT_BYTES ? text.substring(0, MAX_TEXT_BYTES) : text;
    while (start.getBytes(UTF_8).length > MAX_TEXT_BYTES) {
      start = start.substring(0, start.offsetByCodePoints(start.length(), -1));
    }
    return start;
  }

  /**
   * What the file contained.
   *
   * @param lines lines without the header, including those left out
   * @param skipped lines with nothing to keep, such as those of bots
   * @param invalid lines that were invalid and left out
   */
  record Contents(long lines, long skipped, long invalid) {
    /** Lines that were kept. */
    long kept() {
      return lines - skipped - invalid;
    }
  }

  /**
   * Reads the file.
   *
   * @param parse parses a line, null to skip it; the line is left out if this throws one of the
   *     exceptions for invalid text
   * @param receiver receives the parsed lines
   * @param required names of columns that this kind of file must have
   * @throws FailureException if the file does not exist or is of another kind
   */
  <T> Contents read(
      Iterable<String> required, Function<Line, @Nullable T> parse, Consumer<T> receiver) {
    long lines = 0;
    long skipped = 0;
    long invalid = 0;
    try (CsvReader<CsvRecord> reader = CsvReader.builder().ofCsvRecord(text(source.open()))) {
      Map<String, Integer> columns = null;
      for (CsvRecord record : reader) {
        if (columns == null) {
          columns = columns(record, required);
          continue;
        }
        lines++;
        @Nullable T said;
        try {
          said = parse.apply(new Line(record.getStartingLineNumber(), record, columns));
        } catch (IllegalArgumentException | InvalidPageException e) {
          report(++invalid, record.getStartingLineNumber(), e);
          continue;
        }
        if (said == null) {
          skipped++;
        } else {
          receiver.accept(said);
        }
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
    return new Contents(lines, skipped, invalid);
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

  private static InputStream open(Path file) throws IOException {
    InputStream raw = new BufferedInputStream(Files.newInputStream(file));
    try {
      return file.toString().endsWith(".gz") ? new GZIPInputStream(raw, 1 << 16) : raw;
    } catch (IOException e) {
      raw.close();
      throw e;
    }
  }

  private static Reader text(InputStream bytes) throws IOException {
    try {
      PushbackInputStream input = new PushbackInputStream(bytes, MARK.length);
      byte[] first = input.readNBytes(MARK.length);
      if (!Arrays.equals(first, MARK)) {
        input.unread(first);
      }
      return new InputStreamReader(
          input, UTF_8.newDecoder().onMalformedInput(CodingErrorAction.REPORT));
    } catch (IOException e) {
      bytes.close();
      throw e;
    }
  }
}
