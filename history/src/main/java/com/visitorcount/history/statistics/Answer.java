package com.visitorcount.history.statistics;

import com.visitorcount.history.column.Group;
import com.visitorcount.history.column.Part;
import java.time.LocalDate;
import java.util.Set;

/**
 * An answer under construction: each day of a question is added to it, by its summary or its parts.
 */
interface Answer {
  /** Whether summaries of months may be used. */
  boolean mayTakeMonths();

  /**
   * Whether a summary is enough to answer for its days, if there is no filter.
   *
   * @param first first day of the summary
   * @param last last day of the summary
   */
  boolean summarySuffices(LocalDate first, LocalDate last, Summary summary);

  /** Whether the summary of a day without rows is enough, if the question covers the whole day. */
  default boolean sumsSuffice(Summary summary) {
    return false;
  }

  /** Adds a summary that suffices. */
  void add(LocalDate first, Summary summary);

  /** The groups of columns that are needed for a day whose summary does not suffice. */
  Set<Group> groups(LocalDate utcDay);

  /** Adds the views of a part. */
  void add(Part part, Selection selection);
}
