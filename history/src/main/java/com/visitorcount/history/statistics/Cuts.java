package com.visitorcount.history.statistics;

import com.visitorcount.history.column.ByteReader;
import com.visitorcount.history.column.ByteWriter;
import com.visitorcount.history.column.Numbers;
import com.visitorcount.history.column.Part;

/**
 * The totals of a UTC day before and after each quarter of an hour, since the days of all zones
 * begin on one. Each property is an array of 96 numbers, one for each quarter.
 */
final class Cuts {
  static final int SECONDS_OF_A_QUARTER = 900;
  static final int QUARTERS = Part.SECONDS_OF_A_DAY / SECONDS_OF_A_QUARTER;

  private final long[] views = new long[QUARTERS];
  private final long[] events = new long[QUARTERS];

  /** Views with known engagement, and its sums. */
  private final long[] engagedViews = new long[QUARTERS];

  private final long[] engagedSeconds = new long[QUARTERS];
  private final long[] scrollPercents = new long[QUARTERS];

  /** Visitors by their first view or event, and by their last. */
  private final long[] arriving = new long[QUARTERS];

  private final long[] leaving = new long[QUARTERS];

  /** Visits by the first of their rows, and by the last. */
  private final long[] starting = new long[QUARTERS];

  private final long[] ending = new long[QUARTERS];

  private final long[] bounces = new long[QUARTERS];

  /** Seconds of visits, by the visits' first row and by their last. */
  private final long[] secondsOfStarting = new long[QUARTERS];

  private final long[] secondsOfEnding = new long[QUARTERS];

  /** Adds the totals of other cuts. */
  void add(Cuts other) {
    long[][] sums = columns();
    long[][] more = other.columns();
    for (int column = 0; column < sums.length; column++) {
      for (int quarter = 0; quarter < QUARTERS; quarter++) {
        sums[column][quarter] += more[column][quarter];
      }
    }
  }

  /** Adds the totals of views and events of which only the day is known. */
  void addAtNoon(Totals totals) {
    int noon = QUARTERS / 2;
    views[noon] += totals.views();
    events[noon] += totals.events();
    arriving[noon] += totals.visitors();
    leaving[noon] += totals.visitors();
    starting[noon] += totals.visits();
    ending[noon] += totals.visits();
    bounces[noon] += totals.bounces();
    secondsOfStarting[noon] += totals.durationSeconds();
    secondsOfEnding[noon] += totals.durationSeconds();
    engagedViews[noon] += totals.engaged().views();
    engagedSeconds[noon] += totals.engaged().seconds();
    scrollPercents[noon] += totals.engaged().scrollPercents();
  }

  private long[][] columns() {
    return new long[][] {
      views,
      events,
      arriving,
      leaving,
      starting,
      ending,
      bounces,
      secondsOfStarting,
      secondsOfEnding,
      engagedViews,
      engagedSeconds,
      scrollPercents
    };
  }

  /** Adds a part of the day. */
  void add(Part part) {
    int[] visitsByHolder = part.visitsByHolder();
    int[] rowsByVisit = part.rowsByVisit();
    int[] eventByRow = part.eventByRow();
    int[] durations = part.durationByVisit();
    int[] seconds = part.secondByRow();
    for (int row = 0; row < seconds.length; row++) {
      long[] sums = eventByRow[row] < 0 ? views : events;
      sums[seconds[row] / SECONDS_OF_A_QUARTER]++;
    }
    addEngagement(part);
    boolean[] isBounce = part.bounceByVisit();
    int row = 0;
    int visit = 0;
    for (int visitor = 0; visitor < part.visitors(); visitor++) {
      arriving[seconds[row] / SECONDS_OF_A_QUARTER]++;
      for (int end = visit + visitsByHolder[visitor]; visit < end; visit++) {
        int start = seconds[row] / SECONDS_OF_A_QUARTER;
        row += rowsByVisit[visit];
        int last = seconds[row - 1] / SECONDS_OF_A_QUARTER;
        starting[start]++;
        ending[last]++;
        bounces[start] += isBounce[visit] ? 1 : 0;
        secondsOfStarting[start] += durations[visit];
        secondsOfEnding[last] += durations[visit];
      }
      leaving[seconds[row - 1] / SECONDS_OF_A_QUARTER]++;
    }
  }

  private void addEngagement(Part part) {
    int[] rows = part.engagedRows();
    int[] ofRows = part.engagedSeconds();
    int[] percents = part.scrollPercents();
    int[] seconds = part.secondByRow();
    for (int i = 0; i < rows.length; i++) {
      int quarter = seconds[rows[i]] / SECONDS_OF_A_QUARTER;
      engagedViews[quarter]++;
      engagedSeconds[quarter] += ofRows[i];
      scrollPercents[quarter] += percents[i];
    }
  }

  private Totals.Engaged engaged(int first, int end) {
    return new Totals.Engaged(
        sum(engagedViews, first, end),
        sum(engagedSeconds, first, end),
        sum(scrollPercents, first, end));
  }

  /** The totals of all views before a quarter. */
  Totals before(int quarter) {
    return new Totals(
        sum(views, 0, quarter),
        sum(arriving, 0, quarter),
        sum(starting, 0, quarter),
        sum(bounces, 0, quarter),
        sum(secondsOfStarting, 0, quarter),
        sum(events, 0, quarter),
        engaged(0, quarter));
  }

  /** The totals of all views from a quarter on, including visits that began before it. */
  Totals from(int quarter) {
    return new Totals(
        sum(views, quarter, QUARTERS),
        sum(leaving, quarter, QUARTERS),
        sum(ending, quarter, QUARTERS),
        sum(bounces, quarter, QUARTERS),
        sum(secondsOfEnding, quarter, QUARTERS),
        sum(events, quarter, QUARTERS),
        engaged(quarter, QUARTERS));
  }

  /** The same without visits that began before the quarter, since they are counted there. */
  Totals after(int quarter) {
    return new Totals(
        sum(views, quarter, QUARTERS),
        sum(leaving, quarter, QUARTERS),
        sum(starting, quarter, QUARTERS),
        sum(bounces, quarter, QUARTERS),
        sum(secondsOfStarting, quarter, QUARTERS),
        sum(events, quarter, QUARTERS),
        engaged(quarter, QUARTERS));
  }

  /**
   * The totals of the views in some quarters, with each visit counted where it began.
   *
   * @param visitors how many visitors had views in these quarters, which the cuts do not tell
   */
  Totals between(int first, int end, long visitors) {
    return new Totals(
        sum(views, first, end),
        visitors,
        sum(starting, first, end),
        sum(bounces, first, end),
        sum(secondsOfStarting, first, end),
        sum(events, first, end),
        engaged(first, end));
  }

  private static long sum(long[] numbers, int from, int to) {
    long sum = 0;
    for (int i = from; i < to; i++) {
      sum += numbers[i];
    }
    return sum;
  }

  /**
   * Writes eight columns of deviations from what is expected: one visit for each visitor, and about
   * the same time between rows.
   *
   * @param withEvents whether to write a ninth column for events; otherwise there are none
   * @param withEngagement whether to write three more columns for engagement; otherwise there is
   *     none
   */
  void write(ByteWriter out, boolean withEvents, boolean withEngagement) {
    long rows = sum(views, 0, QUARTERS) + sum(events, 0, QUARTERS);
    long further = rows - sum(starting, 0, QUARTERS);
    long mean = sum(secondsOfStarting, 0, QUARTERS) / Math.max(1, further);
    out.varint(mean);
    Numbers.write(out, starting);
    long[][] columns = new long[7][QUARTERS];
    long underWay = 0;
    for (int i = 0; i < QUARTERS; i++) {
      long furtherRows = views[i] + events[i] - starting[i];
      underWay += starting[i] - ending[i];
      columns[0][i] = Numbers.foldSign(furtherRows);
      columns[1][i] = starting[i] - arriving[i];
      columns[2][i] = underWay;
      columns[3][i] = ending[i] - leaving[i];
      columns[4][i] = bounces[i];
      columns[5][i] = Numbers.foldSign(secondsOfStarting[i] - furtherRows * mean);
      columns[6][i] = Numbers.foldSign(secondsOfEnding[i] - secondsOfStarting[i]);
    }
    for (long[] column : columns) {
      Numbers.write(out, column);
    }
    if (withEvents) {
      Numbers.write(out, events);
    }
    if (withEngagement) {
      Numbers.write(out, engagedViews);
      Numbers.write(out, engagedSeconds);
      Numbers.write(out, scrollPercents);
    }
  }

  /**
   * @param withEvents as when written
   * @param withEngagement as when written
   * @throws IllegalArgumentException if the bytes are no cuts
   */
  static Cuts read(ByteReader in, boolean withEvents, boolean withEngagement) {
    Cuts cuts = new Cuts();
    long mean = in.longVarint();
    long[] starting = Numbers.readLongs(in, QUARTERS);
    long[][] columns = new long[7][];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = Numbers.readLongs(in, QUARTERS);
    }
    long[] events = withEvents ? Numbers.readLongs(in, QUARTERS) : new long[QUARTERS];
    if (withEngagement) {
      for (long[] column :
          new long[][] {cuts.engagedViews, cuts.engagedSeconds, cuts.scrollPercents}) {
        System.arraycopy(Numbers.readLongs(in, QUARTERS), 0, column, 0, QUARTERS);
      }
    }
    long underWay = 0;
    for (int i = 0; i < QUARTERS; i++) {
      long furtherRows = Numbers.unfoldSign(columns[0][i]);
      cuts.starting[i] = starting[i];
      cuts.events[i] = events[i];
      cuts.views[i] = starting[i] + furtherRows - events[i];
      cuts.arriving[i] = starting[i] - columns[1][i];
      cuts.ending[i] = starting[i] + underWay - columns[2][i];
      underWay = columns[2][i];
      cuts.leaving[i] = cuts.ending[i] - columns[3][i];
      cuts.bounces[i] = columns[4][i];
      cuts.secondsOfStarting[i] = Numbers.unfoldSign(columns[5][i]) + furtherRows * mean;
      cuts.secondsOfEnding[i] = Numbers.unfoldSign(columns[6][i]) + cuts.secondsOfStarting[i];
    }
    return cuts;
  }
}
