package com.visitorcount.history;

import static java.util.Objects.requireNonNull;

import com.visitorcount.counter.StoreUnavailableException;
import com.visitorcount.history.column.Group;
import com.visitorcount.history.column.Part;
import com.visitorcount.history.row.Row;
import com.visitorcount.history.statistics.Summary;
import com.visitorcount.history.statistics.UnreadableDayException;
import com.visitorcount.history.statistics.UnreadableItems;
import com.visitorcount.history.statistics.VisitRule;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A site's UTC day, for export. A large day comes in pieces, each with all rows of some visitors;
 * neither the day nor a piece need fit into memory.
 */
public final class ExportedDay {
  private final Items items;
  private final String site;
  private final LocalDate day;
  private final @Nullable Item summary;

  /**
   * @param summary null if the day is not closed
   */
  ExportedDay(Items items, String site, LocalDate day, @Nullable Item summary) {
    this.items = requireNonNull(items, "items");
    this.site = requireNonNull(site, "site");
    this.day = requireNonNull(day, "day");
    this.summary = summary;
  }

  /**
   * Progress of the export of a day.
   *
   * @param pieces how many pieces are done
   * @param visitors visitors in these pieces
   * @param visits visits in these pieces
   */
  public record Progress(int pieces, int visitors, int visits) {
    /** Nothing is exported yet. */
    public static final Progress NONE = new Progress(0, 0, 0);
  }

  public LocalDate day() {
    return day;
  }

  /** Changes when the day's content does; empty if the day is not closed. */
  public String revision() {
    return summary == null ? "" : summary.revision();
  }

  /** Whether the day has only sums: its rows were too old to be kept, or it never had any. */
  public boolean hasSumsOnly() {
    return StoredParts.hasSums(revision()) && StoredParts.isWithoutParts(revision());
  }

  /** Number of pieces. */
  public int pieces() {
    return summary == null ? 1 : StoredParts.segments(revision()).size();
  }

  /**
   * Hands over the rows of all pieces.
   *
   * @throws UnreadableDayException as {@link #nextPiece}
   * @throws StoreUnavailableException as {@link #nextPiece}
   */
  public void forEach(Consumer<ExportedRow> receiver) {
    Progress progress = Progress.NONE;
    while (progress.pieces() < pieces()) {
      progress = nextPiece(progress, receiver);
    }
  }

  /**
   * Hands over the rows of the next piece: by time, or for a large day some visitors at a time.
   *
   * @return the progress after this piece
   * @throws UnreadableDayException if something is missing or unreadable: an export without it
   *     would look complete
   * @throws StoreUnavailableException if the table did not answer in time or refused
   */
  public Progress nextPiece(Progress before, Consumer<ExportedRow> receiver) {
    Piece piece = new Piece(before);
    if (summary == null) {
      open(rows -> Part.of(rows, VisitRule.CURRENT).forEach(part -> inTime(piece, part, receiver)));
    } else if (!StoredParts.isOfColumns(summary.revision())) {
      VisitRule rule = Summary.decode(summary.bytes()).rule();
      List<Row> rows = new StoredParts(items, site).rows(day, summary.revision());
      Part.of(rows, rule).forEach(part -> inTime(piece, part, receiver));
    } else if (StoredParts.isLarge(summary.revision())) {
      read(summary, before.pieces(), part -> piece.add(part, receiver));
    } else {
      List<ExportedRow> rows = new ArrayList<>();
      read(summary, before.pieces(), part -> piece.add(part, rows::add));
      handOverInTime(rows, receiver);
    }
    return new Progress(before.pieces() + 1, piece.visitors, piece.visits);
  }

  private void read(Item closed, int number, Consumer<Part> receiver) {
    String segment = StoredParts.segments(closed.revision()).get(number);
    new StoredParts(items, site).readAll(day, segment, EnumSet.allOf(Group.class), receiver);
  }

  private void open(Consumer<List<Row>> receiver) {
    UnreadableItems unreadable = new UnreadableItems();
    new OpenDay(items, site, day)
        .rows(
            unreadable,
            rows -> {
              if (unreadable.days().isEmpty()) {
                receiver.accept(rows);
              }
            });
    if (!unreadable.days().isEmpty()) {
      throw new UnreadableDayException(day, unreadable.named().get(0).item());
    }
  }

  private static void inTime(Piece piece, Part part, Consumer<ExportedRow> receiver) {
    List<ExportedRow> rows = new ArrayList<>(part.rows());
    piece.add(part, rows::add);
    handOverInTime(rows, receiver);
  }

  private static void handOverInTime(List<ExportedRow> rows, Consumer<ExportedRow> receiver) {
    rows.sort(Comparator.comparingLong(row -> row.row().second()));
    rows.forEach(receiver);
  }

  /** Numbers visitors and visits consecutively across parts. */
  private static final class Piece {
    private int visitors;
    private int visits;

    Piece(Progress before) {
      this.visitors = before.visitors();
      this.visits = before.visits();
    }

    void add(Part part, Consumer<ExportedRow> receiver) {
      int[] rowsByVisit = part.rowsByVisit();
      int visit = -1;
      int left = 0;
      Row row = null;
      for (Row next : part.toRows(visitors)) {
        if (row != null) {
          receiver.accept(exported(row, visit, next, part));
          row = null;
        }
        if (!next.isMessage()) {
          if (left == 0) {
            left = rowsByVisit[++visit];
          }
          left--;
          row = next;
        }
      }
      if (row != null) {
        receiver.accept(exported(row, visit, row, part));
      }
      visitors += part.visitors();
      visits += part.visitsOfVisitors();
    }

    /**
     * @param next the row that follows; if it is a message, it is about this row
     */
    private ExportedRow exported(Row row, int visit, Row next, Part part) {
      boolean isKnown = visit < part.visitsOfVisitors();
      return new ExportedRow(row, isKnown ? visits + visit : -1, next.engagement());
    }
  }
}
