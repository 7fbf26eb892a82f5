package com.visitorcount.history.statistics;

import static java.util.Objects.requireNonNull;

import com.visitorcount.history.column.Group;
import com.visitorcount.history.column.Part;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Totals by value in some dimensions. */
final class SplitsAnswer implements Answer {
  private final Question question;
  private final Map<Attribute, SplitSum> sums = new HashMap<>();

  /**
   * The values of the day whose parts are being added; a single day is exact, however many values
   * it has.
   */
  private final Map<Attribute, Map<String, Totals>> ofDay = new HashMap<>();

  private LocalDate day = LocalDate.MIN;

  SplitsAnswer(Question question, Set<Attribute> attributes) {
    this.question = question;
    for (Attribute attribute : attributes) {
      sums.put(attribute, new SplitSum(Statistics.MAX_VALUES));
      ofDay.put(attribute, new HashMap<>());
    }
  }

  /** The sums of everything added. */
  Map<Attribute, Split> splits() {
    endDay();
    Map<Attribute, Split> splits = new HashMap<>();
    sums.forEach((attribute, sum) -> splits.put(attribute, sum.split()));
    return splits;
  }

  private void endDay() {
    ofDay.forEach(
        (attribute, values) -> {
          requireNonNull(sums.get(attribute)).add(values);
          values.clear();
        });
  }

  @Override
  public boolean mayTakeMonths() {
    return true;
  }

  @Override
  public boolean summarySuffices(LocalDate first, LocalDate last, Summary summary) {
    return sums.keySet().stream()
        .allMatch(
            attribute ->
                summary.namesAll(attribute.dimension())
                    && (attribute.dimension() == Dimension.HOUR
                        ? areWholeHours(first, last)
                        : question.hasWhole(first) && question.hasWhole(last)));
  }

  /**
   * Whether each UTC hour of these days is one hour of the zone, and entirely inside or outside the
   * question.
   */
  private boolean areWholeHours(LocalDate first, LocalDate last) {
    Integer offset = offset(first, last);
    return offset != null
        && offset % LocalHours.SECONDS_OF_AN_HOUR == 0
        && (first.equals(last) || (question.hasWhole(first) && question.hasWhole(last)))
        && (question.hasWhole(first)
            || question.start().getEpochSecond() % LocalHours.SECONDS_OF_AN_HOUR == 0)
        && (question.hasWhole(last)
            || question.end().getEpochSecond() % LocalHours.SECONDS_OF_AN_HOUR == 0);
  }

  private @Nullable Integer offset(LocalDate first, LocalDate last) {
    return LocalHours.constantOffset(question.zone(), midnight(first), midnight(last.plusDays(1)));
  }

  private static long midnight(LocalDate day) {
    return day.atStartOfDay(ZoneOffset.UTC).toEpochSecond();
  }

  @Override
  public boolean sumsSuffice(Summary summary) {
    return sums.keySet().stream()
        .map(Attribute::dimension)
        .allMatch(dimension -> dimension != Dimension.HOUR && summary.split(dimension) != null);
  }

  @Override
  public void add(LocalDate first, Summary summary) {
    sums.forEach(
        (attribute, sum) -> {
          Split split = requireNonNull(summary.split(attribute.dimension()));
          sum.add(
              attribute.dimension() == Dimension.HOUR
                  ? new Split(new TreeMap<>(localHours(midnight(first), split)), Totals.NONE)
                  : split);
        });
  }

  private Map<String, Totals> localHours(long midnight, Split split) {
    int offset = LocalHours.offset(question.zone(), midnight);
    Map<String, Totals> hours = new HashMap<>();
    for (int hour = 0; hour < LocalHours.HOURS_OF_A_DAY; hour++) {
      long second = midnight + (long) hour * LocalHours.SECONDS_OF_AN_HOUR;
      Totals totals = split.values().get(LocalHours.text(hour));
      if (totals != null && question.has(second)) {
        hours.put(LocalHours.text(LocalHours.at(second, offset)), totals);
      }
    }
    return hours;
  }

  @Override
  public Set<Group> groups(LocalDate utcDay) {
    Set<Group> groups = EnumSet.of(Group.VISITS, Group.ENGAGEMENT);
    sums.keySet().forEach(attribute -> groups.addAll(Values.groupsOf(attribute.dimension())));
    return groups;
  }

  @Override
  public void add(Part part, Selection selection) {
    if (!part.day().equals(day)) {
      endDay();
      day = part.day();
    }
    ofDay.forEach(
        (attribute, values) ->
            PartTally.byValue(part, selection, Values.of(part, attribute, question.zone()))
                .addTo(values));
  }
}
