package com.visitorcount.history.statistics;

import com.visitorcount.history.column.Group;
import com.visitorcount.history.column.Part;
import java.time.LocalDate;
import java.util.Set;

/**
 * An answer in the making: the days of a question are added to it, each by its summary or parts.
 */
interface Answer {
  /** Whether it may be made of the summaries of months. */
  boolean mayTakeMonths();

  /**
   * Whether a summary says all that is asked of its days, if there is no filter.
   *
   * @param first first day of the summary
   * @param last last day of the summary
   */
  boolean summarySuffices(LocalDate first, LocalDate last, Summary summary);

  /** Whether the summary of a day without rows says what is asked, if the whole day is. */
  default boolean sumsSuffice(Summary summary) {
    return false;
  }

  /** Adds a summary that suffices. */
  void add(LocalDate first, Summary summary);

  /** The groups of columns that are needed of a day without a summary that suffices. */
  Set<Group> groups(LocalDate utcDay);

  /** Adds the views of a part. */
  void add(Part part, Selection selection);
}
