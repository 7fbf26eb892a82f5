package com.visitorcount.history.statistics;

import static java.util.Objects.requireNonNull;

import com.visitorcount.history.column.Group;
import com.visitorcount.history.column.Part;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Totals by value in a dimension, day by day or month by month. It accepts summaries that name only
 * some of the values, so it reads little, however large a site is.
 */
final class PiecesAnswer implements Answer {
  private final Question question;
  private final Dimension dimension;
  private final boolean months;
  private final List<Piece> pieces = new ArrayList<>();

  /** The day whose parts are being added. */
  private @Nullable SplitsAnswer ofDay;

  private LocalDate day = LocalDate.MIN;
  private LocalDate last = LocalDate.MIN;

  /**
   * @param months whether summed months replace their days
   */
  PiecesAnswer(Question question, Dimension dimension, boolean months) {
    this.question = question;
    this.dimension = dimension;
    this.months = months;
  }

  /** The pieces in their order; none for days without views. */
  List<Piece> pieces() {
    endDay();
    return List.copyOf(pieces);
  }

  private void endDay() {
    if (ofDay != null) {
      Split split = requireNonNull(ofDay.splits().get(Attribute.of(dimension)));
      pieces.add(new Piece(day, day, split.atMost(Summary.MAX_VALUES)));
      ofDay = null;
    }
  }

  @Override
  public boolean mayTakeMonths() {
    return months;
  }

  @Override
  public boolean summarySuffices(LocalDate first, LocalDate last, Summary summary) {
    boolean suffices =
        question.hasWhole(first) && question.hasWhole(last) && summary.split(dimension) != null;
    this.last = suffices ? last : this.last;
    return suffices;
  }

  @Override
  public void add(LocalDate first, Summary summary) {
    endDay();
    pieces.add(new Piece(first, last, requireNonNull(summary.split(dimension))));
  }

  @Override
  public Set<Group> groups(LocalDate utcDay) {
    return splits(utcDay).groups(utcDay);
  }

  @Override
  public void add(Part part, Selection selection) {
    if (!part.day().equals(day) || ofDay == null) {
      endDay();
      day = part.day();
      ofDay = splits(day);
    }
    ofDay.add(part, selection);
  }

  private SplitsAnswer splits(LocalDate utcDay) {
    return new SplitsAnswer(
        new Question(question.site(), utcDay, utcDay, ZoneOffset.UTC, List.of()),
        Set.of(Attribute.of(dimension)));
  }
}
