package com.visitorcount.history.statistics;

import com.visitorcount.history.column.Group;
import com.visitorcount.history.column.Part;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Goes through the days of a question: by summaries where they suffice, otherwise by parts, reading
 * several days together. For a single use.
 */
final class Walk {
  /** Most views of days that are read together: some megabytes. */
  private static final long MAX_VIEWS_AT_ONCE = 1_000_000;

  private final History history;
  private final Question question;
  private final Answer answer;
  private final Selection.Selector selector;

  /** Days whose parts are still to be read, all with the same groups. */
  private final SortedMap<LocalDate, ClosedDay> waiting = new TreeMap<>();

  private Set<Group> groups = EnumSet.noneOf(Group.class);
  private long waitingViews;

  Walk(History history, Question question, Answer answer) {
    this.history = history;
    this.question = question;
    this.answer = answer;
    this.selector = new Selection.Selector(question);
  }

  /**
   * @param tomorrow the last day that may have views
   */
  void run(LocalDate tomorrow) {
    LocalDate first = question.firstUtcDay();
    LocalDate last = question.lastUtcDay().isBefore(tomorrow) ? question.lastUtcDay() : tomorrow;
    if (last.isBefore(first)) {
      return;
    }
    SortedMap<YearMonth, Summary> months =
        question.filters().isEmpty() && answer.mayTakeMonths()
            ? history.months(question.site(), YearMonth.from(first), YearMonth.from(last))
            : Collections.emptySortedMap();
    LocalDate day = first;
    while (!day.isAfter(last)) {
      YearMonth month = YearMonth.from(day);
      LocalDate endOfMonth = month.atEndOfMonth();
      Summary ofMonth = day.getDayOfMonth() == 1 ? months.get(month) : null;
      if (ofMonth == null || !isAnsweredBy(day, endOfMonth, ofMonth)) {
        days(day, endOfMonth.isBefore(last) ? endOfMonth : last);
      }
      day = endOfMonth.plusDays(1);
    }
    readWaiting();
  }

  private void days(LocalDate first, LocalDate last) {
    SortedMap<LocalDate, ClosedDay> closed = history.days(question.site(), first, last);
    for (LocalDate day = first; !day.isAfter(last); day = day.plusDays(1)) {
      ClosedDay closedDay = closed.get(day);
      if (closedDay == null) {
        if (!day.isBefore(history.firstOpen())) {
          history.openRows(
              question.site(), day, rows -> Part.of(rows, VisitRule.CURRENT).forEach(this::add));
        }
      } else if (closedDay.summary() == null
          || (!isAnsweredBy(day, day, closedDay.summary()) && !isAnsweredBySums(day, closedDay))) {
        wait(day, closedDay);
      }
    }
  }

  private boolean isAnsweredBy(LocalDate first, LocalDate last, Summary summary) {
    try {
      if (!selector.mayHave(summary)) {
        // if it is between two days that are read together, it is read for nothing
        waitingViews += waiting.isEmpty() ? 0 : summary.totals().rows();
        return true;
      }
      if (!question.filters().isEmpty() || !answer.summarySuffices(first, last, summary)) {
        return false;
      }
      // a day between two days that are read together would be read, too
      readWaiting();
      answer.add(first, summary);
      return true;
    } catch (IllegalArgumentException e) {
      String days = first.equals(last) ? first.toString() : YearMonth.from(first).toString();
      history.unreadable().addReplaced("summary of " + question.site() + " for " + days, e);
      return false;
    }
  }

  /** A day without rows counts as a whole, for the local day that contains its noon in UTC. */
  private boolean isAnsweredBySums(LocalDate day, ClosedDay closed) {
    Summary summary = closed.summary();
    if (closed.rows() != ClosedDay.KnownRows.NONE
        || summary == null
        || !question.filters().isEmpty()
        || !answer.sumsSuffice(summary)) {
      return false;
    }
    readWaiting();
    if (question.has(day.atTime(LocalTime.NOON).toEpochSecond(ZoneOffset.UTC))) {
      answer.add(day, summary);
    }
    return true;
  }

  private void wait(LocalDate day, ClosedDay closed) {
    if (closed.rows() != ClosedDay.KnownRows.ALL) {
      history.unreadable().addSummed(day);
    }
    Set<Group> needed = EnumSet.copyOf(selector.groups(day));
    needed.addAll(answer.groups(day));
    long views = closed.summary() == null ? MAX_VIEWS_AT_ONCE : closed.summary().totals().rows();
    if (!needed.equals(groups) || waitingViews + views > MAX_VIEWS_AT_ONCE) {
      readWaiting();
      groups = needed;
    }
    waiting.put(day, closed);
    waitingViews += views;
  }

  private void readWaiting() {
    if (!waiting.isEmpty()) {
      history.parts(question.site(), waiting, groups, this::add);
      waiting.clear();
      waitingViews = 0;
    }
  }

  private void add(Part part) {
    Selection selection = selector.of(part);
    if (selection != null) {
      answer.add(part, selection);
    }
  }
}
