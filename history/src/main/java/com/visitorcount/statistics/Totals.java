package com.visitorcount.statistics;

import java.util.OptionalDouble;

/**
 * What some views and events amount to, as sums: those of several days, or of several parts of a
 * day, may be added. What is a share or a mean is divided when it is asked for.
 *
 * @param views views
 * @param visitors the visitors who had them or the events, told apart within a UTC day only: of
 *     several days this is the sum of the days' visitors, and never who was unique over them
 * @param visits the visits that they belong to
 * @param bounces those of the visits that are of exactly one view or event in all
 * @param durationSeconds time from the first to the last view or event of each of the visits,
 *     summed
 * @param events events
 */
public record Totals(
    long views, long visitors, long visits, long bounces, long durationSeconds, long events) {
  /** Nothing was viewed. */
  public static final Totals NONE = new Totals(0, 0, 0, 0, 0, 0);

  /**
   * @throws IllegalArgumentException if a number is negative, or there are more bounces than visits
   */
  public Totals {
    if (views < 0
        || visitors < 0
        || visits < 0
        || bounces < 0
        || durationSeconds < 0
        || events < 0) {
      throw new IllegalArgumentException("totals are not negative");
    }
    if (bounces > visits) {
      throw new IllegalArgumentException("a bounce is a visit");
    }
  }

  /** What views amount to where there are no events. */
  public Totals(long views, long visitors, long visits, long bounces, long durationSeconds) {
    this(views, visitors, visits, bounces, durationSeconds, 0);
  }

  /** Views and events. */
  public long rows() {
    return views + events;
  }

  /** Both together. */
  public Totals plus(Totals other) {
    return new Totals(
        views + other.views,
        visitors + other.visitors,
        visits + other.visits,
        bounces + other.bounces,
        durationSeconds + other.durationSeconds,
        events + other.events);
  }

  /** Views for each visit; empty if there is no visit. */
  public OptionalDouble viewsPerVisit() {
    return perVisit(views);
  }

  /** How many of the visits are bounces, from 0 to 1; empty if there is no visit. */
  public OptionalDouble bounceRate() {
    return perVisit(bounces);
  }

  /** How long a visit takes in the mean; empty if there is no visit. */
  public OptionalDouble visitDurationSeconds() {
    return perVisit(durationSeconds);
  }

  private OptionalDouble perVisit(long sum) {
    return visits == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) sum / visits);
  }
}
