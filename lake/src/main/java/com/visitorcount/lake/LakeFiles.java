package com.visitorcount.lake;

import static java.util.Objects.requireNonNull;

import com.visitorcount.history.ExportedDay;
import com.visitorcount.history.ExportedRow;
import java.io.IOException;
import java.util.function.Consumer;

/**
 * Writes a site's day as Parquet files: one, or of a day of more than {@value #FULL_ROWS} rows
 * several, each with all rows of some visitors. Memory holds one file, of some 50 MB at most, and a
 * group of rows.
 */
public final class LakeFiles {
  /** A file is full with the piece of a day that brings it to this many rows. */
  public static final long FULL_ROWS = 1_000_000;

  /** Or to this many bytes, should names of pages be as long as they may be. */
  private static final int FULL_BYTES = 32 << 20;

  private final String site;
  private final Store store;
  private final long fullRows;

  /** Where files go. */
  public interface Store {
    /**
     * Writes a file whole, in place of one of the same name.
     *
     * @throws IOException if it is not known to be written
     */
    void put(String key, byte[] content) throws IOException;
  }

  public LakeFiles(String site, Store store) {
    this(site, store, FULL_ROWS);
  }

  /**
   * @param fullRows in place of {@link #FULL_ROWS}
   */
  public LakeFiles(String site, Store store, long fullRows) {
    this.site = requireNonNull(site, "site");
    this.store = requireNonNull(store, "store");
    this.fullRows = fullRows;
  }

  /**
   * How far the files of a day are written.
   *
   * @param day how far its rows have got
   * @param files how many files have them
   */
  public record Progress(ExportedDay.Progress day, int files) {
    /** Nothing is written. */
    public static final Progress NONE = new Progress(ExportedDay.Progress.NONE, 0);
  }

  /** Whether all rows of a day are in files. A day without rows has a file that says so. */
  public static boolean isWhole(ExportedDay day, Progress progress) {
    return progress.day().pieces() == day.pieces() && progress.files() > 0;
  }

  /** Writes all files of a day. */
  public void write(ExportedDay day, Consumer<ExportedRow> watcher) throws IOException {
    Progress progress = Progress.NONE;
    while (!isWhole(day, progress)) {
      progress = writeNext(day, progress, watcher);
    }
  }

  /**
   * Writes the next file of a day.
   *
   * @param watcher is shown each row
   * @throws IOException if it is not known to be written
   */
  public Progress writeNext(ExportedDay day, Progress before, Consumer<ExportedRow> watcher)
      throws IOException {
    RowFile file = new RowFile();
    ExportedDay.Progress pieces = before.day();
    while (pieces.pieces() < day.pieces() && file.rows() < fullRows && file.size() < FULL_BYTES) {
      pieces =
          day.nextPiece(
              pieces,
              row -> {
                file.add(row);
                watcher.accept(row);
              });
    }
    store.put(LakeKeys.rows(site, day.day(), before.files()), file.finish());
    return new Progress(pieces, before.files() + 1);
  }

  /**
   * Empties files that a day had when it was larger.
   *
   * @param first number of the first of them
   * @param count how many files it had
   */
  public void empty(ExportedDay day, int first, int count) throws IOException {
    for (int number = first; number < count; number++) {
      store.put(LakeKeys.rows(site, day.day(), number), new RowFile().finish());
    }
  }
}
