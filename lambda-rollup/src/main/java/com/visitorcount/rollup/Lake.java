package com.visitorcount.rollup;

import static java.util.Objects.requireNonNull;

import com.visitorcount.history.ExportedDay;
import com.visitorcount.history.HistoryTable;
import com.visitorcount.history.LakeDays;
import com.visitorcount.history.RowExport;
import com.visitorcount.lake.LakeFiles;
import java.io.IOException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Writes the files of closed days into a bucket of the owner's. A day that was closed again has its
 * files written again, under the same names. What fails is tried again by later runs.
 */
final class Lake {
  /** So many failures in a row are the bucket's, and not those of a day. */
  private static final int MAX_FAILURES_IN_A_ROW = 5;

  private final HistoryTable history;
  private final LakeDays days;
  private final LakeFiles.Store bucket;
  private final long fullRows;

  /**
   * @param prefix what the names of all objects begin with
   */
  Lake(HistoryTable history, LakeFiles.Store bucket, String prefix) {
    this(history, bucket, prefix, LakeFiles.FULL_ROWS);
  }

  /**
   * @param prefix as above
   * @param fullRows as {@link LakeFiles#FULL_ROWS}
   */
  Lake(HistoryTable history, LakeFiles.Store bucket, String prefix, long fullRows) {
    this.fullRows = fullRows;
    this.history = requireNonNull(history, "history");
    this.days = history.lakeDays();
    requireNonNull(bucket, "bucket");
    requireNonNull(prefix, "prefix");
    this.bucket = (key, content) -> bucket.put(prefix + key, content);
  }

  /**
   * What was done.
   *
   * @param written days whose files are all written
   * @param left days that are left for later runs, those that failed included
   * @param failures by site and day
   */
  record Result(int written, int left, Map<String, Exception> failures) {
    Result {
      failures = Map.copyOf(failures);
    }
  }

  /**
   * Writes the files of listed days.
   *
   * @param isTimeUp asked before each file
   */
  Result write(Instant now, BooleanSupplier isTimeUp) {
    RowExport export = history.rowExport(now);
    List<LakeDays.Listed> listed = days.all();
    Map<String, Exception> failures = new LinkedHashMap<>();
    int written = 0;
    int inARow = 0;
    for (LakeDays.Listed day : listed) {
      if (inARow == MAX_FAILURES_IN_A_ROW || isTimeUp.getAsBoolean()) {
        break;
      }
      try {
        written += write(export, day, now, isTimeUp) ? 1 : 0;
        inARow = 0;
      } catch (IOException | RuntimeException e) {
        failures.put(day.site() + " on " + day.day(), e);
        inARow++;
      }
    }
    return new Result(written, listed.size() - written, failures);
  }

  private boolean write(
      RowExport export, LakeDays.Listed listed, Instant now, BooleanSupplier isTimeUp)
      throws IOException {
    LakeDays.Listed begun = days.begin(listed, now);
    Optional<ExportedDay> day = export.closedDay(listed.site(), listed.day());
    while (begun != null && day.isPresent()) {
      begun = write(day.get(), begun, isTimeUp);
      String revision = day.get().revision();
      day = export.closedDay(listed.site(), listed.day());
      // another run may have closed it again, and written its files before these
      if (begun != null && day.isPresent() && day.get().revision().equals(revision)) {
        days.finish(begun);
        return true;
      }
    }
    return false;
  }

  /**
   * @return null if the day is not written whole, or was listed again meanwhile
   */
  private LakeDays.@Nullable Listed write(
      ExportedDay day, LakeDays.Listed begun, BooleanSupplier isTimeUp) throws IOException {
    if (day.hasSumsOnly()) {
      // what the lake has of it is more than what is left here
      return begun;
    }
    String site = begun.site();
    LakeFiles files = new LakeFiles(site, bucket, fullRows);
    int known = Math.max(1, days.files(site, day.day()));
    LakeDays.Listed noted = begun;
    LakeFiles.Progress progress = State.read(begun.state(), day.revision());
    int before = progress.files();
    while (!LakeFiles.isWhole(day, progress)) {
      // a file at least, lest a day should never be done
      if (progress.files() > before && isTimeUp.getAsBoolean()) {
        return null;
      }
      if (progress.files() >= known) {
        known = progress.files() + 1;
        days.noteFiles(site, day.day(), known);
      }
      progress = files.writeNext(day, progress, row -> {});
      if (!LakeFiles.isWhole(day, progress)) {
        noted = days.note(noted, State.text(day.revision(), progress));
        if (noted == null) {
          return null;
        }
      }
    }
    files.empty(day, progress.files(), known);
    return noted;
  }

  /** How far the files of a day are written, as it is noted for the next run. */
  private static final class State {
    private State() {}

    static String text(String revision, LakeFiles.Progress progress) {
      ExportedDay.Progress day = progress.day();
      return "%d %d %d %d %s"
          .formatted(day.pieces(), day.visitors(), day.visits(), progress.files(), revision);
    }

    /** Nothing is written of a revision that is another one. */
    static LakeFiles.Progress read(String text, String revision) {
      String[] fields = text.split(" ", -1);
      if (fields.length != 5 || !fields[4].equals(revision)) {
        return LakeFiles.Progress.NONE;
      }
      return new LakeFiles.Progress(
          new ExportedDay.Progress(
              Integer.parseInt(fields[0]),
              Integer.parseInt(fields[1]),
              Integer.parseInt(fields[2])),
          Integer.parseInt(fields[3]));
    }
  }
}
