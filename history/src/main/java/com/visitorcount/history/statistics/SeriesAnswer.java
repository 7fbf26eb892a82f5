package com.visitorcount.history.statistics;

import com.visitorcount.history.column.Group;
import com.visitorcount.history.column.Part;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.LongStream;

/** The totals of each point of a series. A visit counts in the point of its first selected view. */
final class SeriesAnswer implements Answer {
  private static final long SECONDS_OF_28_DAYS = 28L * Part.SECONDS_OF_A_DAY;

  private final long[] starts;
  private final long end;
  private final Totals[] sums;

  /**
   * @param starts when each point begins, in seconds since the epoch; the first is the start of the
   *     question
   */
  SeriesAnswer(Question question, long[] starts) {
    this.starts = starts.clone();
    this.end = question.end().getEpochSecond();
    this.sums = new Totals[starts.length];
    Arrays.fill(sums, Totals.NONE);
  }

  /** The totals of a point. */
  Totals totals(int point) {
    return sums[point];
  }

  @Override
  public boolean mayTakeMonths() {
    for (int point = 0; point < starts.length; point++) {
      long next = point + 1 < starts.length ? starts[point + 1] : end;
      if (next - starts[point] >= SECONDS_OF_28_DAYS) {
        return true;
      }
    }
    return false;
  }

  @Override
  public boolean summarySuffices(LocalDate first, LocalDate last, Summary summary) {
    long[] borders = borders(first, last);
    if (borders.length == 0) {
      return true;
    }
    long midnight = midnight(first);
    Cuts cuts = summary.cuts();
    if (cuts == null) {
      return false;
    }
    return borders.length == 1
        ? (borders[0] - midnight) % Cuts.SECONDS_OF_A_QUARTER == 0
        : isEveryHour(borders, midnight) && summary.namesAll(Dimension.HOUR);
  }

  /**
   * Times within some days at which a point begins or the question ends; midnight UTC is not
   * within.
   */
  private long[] borders(LocalDate first, LocalDate last) {
    long from = midnight(first);
    long to = midnight(last.plusDays(1));
    int place = Arrays.binarySearch(starts, from + 1);
    int next = place >= 0 ? place : -place - 1;
    LongStream.Builder borders = LongStream.builder();
    for (; next < starts.length && starts[next] < to; next++) {
      borders.add(starts[next]);
    }
    if (end > from && end < to) {
      borders.add(end);
    }
    return borders.build().toArray();
  }

  private boolean isEveryHour(long[] borders, long midnight) {
    if (borders.length != LocalHours.HOURS_OF_A_DAY - 1 || starts[0] > midnight) {
      return false;
    }
    for (int i = 0; i < borders.length; i++) {
      if (borders[i] != midnight + (i + 1L) * LocalHours.SECONDS_OF_AN_HOUR) {
        return false;
      }
    }
    return end >= midnight + Part.SECONDS_OF_A_DAY;
  }

  private static long midnight(LocalDate day) {
    return day.atStartOfDay(ZoneOffset.UTC).toEpochSecond();
  }

  @Override
  public void add(LocalDate first, Summary summary) {
    long midnight = midnight(first);
    Cuts cuts = summary.cuts();
    long[] borders = cuts == null ? new long[0] : borders(first, first);
    if (cuts == null || borders.length == 0) {
      add(midnight, summary.totals());
    } else if (borders.length == 1) {
      addCut(cuts, midnight, borders[0]);
    } else {
      addHours(cuts, midnight, summary);
    }
  }

  private void addCut(Cuts cuts, long midnight, long border) {
    int quarter = (int) ((border - midnight) / Cuts.SECONDS_OF_A_QUARTER);
    boolean isStart = border == starts[0];
    if (!isStart) {
      add(midnight, cuts.before(quarter));
    }
    if (border != end) {
      add(border, isStart ? cuts.from(quarter) : cuts.after(quarter));
    }
  }

  private void addHours(Cuts cuts, long midnight, Summary summary) {
    Split hours = summary.split(Dimension.HOUR);
    int quarters = LocalHours.SECONDS_OF_AN_HOUR / Cuts.SECONDS_OF_A_QUARTER;
    for (int hour = 0; hour < LocalHours.HOURS_OF_A_DAY; hour++) {
      Totals ofHour =
          hours == null
              ? Totals.NONE
              : hours.values().getOrDefault(LocalHours.text(hour), Totals.NONE);
      add(
          midnight + (long) hour * LocalHours.SECONDS_OF_AN_HOUR,
          cuts.between(hour * quarters, (hour + 1) * quarters, ofHour.visitors()));
    }
  }

  private void add(long second, Totals more) {
    int point = point(second);
    sums[point] = sums[point].plus(more);
  }

  /** The last point that begins at or before a given time. */
  private int point(long second) {
    int place = Arrays.binarySearch(starts, second);
    return place >= 0 ? place : -place - 2;
  }

  @Override
  public Set<Group> groups(LocalDate utcDay) {
    return borders(utcDay, utcDay).length == 0
        ? EnumSet.of(Group.VISITS, Group.ENGAGEMENT)
        : EnumSet.of(Group.VISITS, Group.ENGAGEMENT, Group.TIMES);
  }

  @Override
  public void add(Part part, Selection selection) {
    long midnight = part.midnight();
    int first = point(Math.max(midnight, starts[0]));
    int last = point(midnight + Part.SECONDS_OF_A_DAY - 1);
    Values points =
        first == last ? Values.same(part) : Values.ofSeconds(part, limits(midnight, first, last));
    PartTally tally = PartTally.byFirstValue(part, selection, points);
    for (int point = first; point <= last; point++) {
      sums[point] = sums[point].plus(tally.totals(point - first));
    }
  }

  /** Where each of some points, except the first, begins, in seconds since midnight. */
  private int[] limits(long midnight, int first, int last) {
    int[] limits = new int[last - first];
    Arrays.setAll(limits, i -> (int) (starts[first + 1 + i] - midnight));
    return limits;
  }
}
