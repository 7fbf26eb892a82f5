package com.visitorcount.history.statistics;

import java.util.OptionalDouble;

/**
 * What some views and events amount to, as sums: those of several days, or of several parts of a
 * day, may be added. What is a share or a mean is divided when it is asked for.
 *
 * @param views views
 * @param visitors the visitors who had them or the events, told apart within a UTC day only: of
 *     several days this is the sum of the days' visitors, and never who was unique over them
 * @param visits the visits that they belong to
 * @param bounces those of the visits that have one view or event in all, or several of which all
 *     but one are events that are not interactive
 * @param durationSeconds time from the first to the last view or event of each of the visits,
 *     summed
 * @param events events
 * @param engaged those of the views of which it is known how their visitors engaged with the page
 */
public record Totals(
    long views,
    long visitors,
    long visits,
    long bounces,
    long durationSeconds,
    long events,
    Engaged engaged) {
  /** Nothing was viewed. */
  public static final Totals NONE = new Totals(0, 0, 0, 0, 0, 0);

  /**
   * Engagement with pages, as sums.
   *
   * @param views views of which it is known
   * @param seconds for how long their pages were visible
   * @param scrollPercents how far down they were scrolled, in percent
   */
  public record Engaged(long views, long seconds, long scrollPercents) {
    /** No view. */
    public static final Engaged NONE = new Engaged(0, 0, 0);

    /**
     * @throws IllegalArgumentException if a number is negative
     */
    public Engaged {
      if (views < 0 || seconds < 0 || scrollPercents < 0) {
        throw new IllegalArgumentException("totals are not negative");
      }
    }

    /** Both together. */
    public Engaged plus(Engaged other) {
      return new Engaged(
          views + other.views, seconds + other.seconds, scrollPercents + other.scrollPercents);
    }

    /** For how long a page is visible in the mean; empty if it is not known of any view. */
    public OptionalDouble secondsPerView() {
      return perView(seconds);
    }

    /** How far down a page is scrolled in the mean, in percent; empty if it is not known. */
    public OptionalDouble scrollPercent() {
      return perView(scrollPercents);
    }

    private OptionalDouble perView(long sum) {
      return views == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) sum / views);
    }
  }

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

  /** What views and events amount to where nothing is known of engagement. */
  public Totals(
      long views, long visitors, long visits, long bounces, long durationSeconds, long events) {
    this(views, visitors, visits, bounces, durationSeconds, events, Engaged.NONE);
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
        events + other.events,
        engaged.plus(other.engaged));
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
