package com.visitorcount.history.statistics;

import java.util.OptionalDouble;

/**
 * The sums of some views and events. Those of several days, or of several parts of a day, can be
 * added; rates and means are computed on demand.
 *
 * @param views views
 * @param visitors visitors with these views or events, recognised only within a UTC day: for
 *     several days this is the sum of the days' visitors, never unique visitors over the days
 * @param visits visits that the views and events belong to
 * @param bounces visits with one view or event, not counting any further events that are not
 *     interactive
 * @param durationSeconds time from the first to the last view or event of each visit, summed
 * @param events events
 * @param engaged sums over the views whose engagement is known
 */
public record Totals(
    long views,
    long visitors,
    long visits,
    long bounces,
    long durationSeconds,
    long events,
    Engaged engaged) {
  /** No views or events. */
  public static final Totals NONE = new Totals(0, 0, 0, 0, 0, 0);

  /**
   * Engagement with pages, as sums.
   *
   * @param views views with known engagement
   * @param seconds how long their pages were visible
   * @param scrollPercents how far their pages were scrolled down, in percent
   */
  public record Engaged(long views, long seconds, long scrollPercents) {
    /** No views. */
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

    /** Mean time that a page is visible, in seconds; empty if it is not known for any view. */
    public OptionalDouble secondsPerView() {
      return perView(seconds);
    }

    /**
     * Mean distance that a page is scrolled down, in percent; empty if it is not known for any
     * view.
     */
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

  /** Sums without engagement. */
  public Totals(
      long views, long visitors, long visits, long bounces, long durationSeconds, long events) {
    this(views, visitors, visits, bounces, durationSeconds, events, Engaged.NONE);
  }

  /** Sums without events and engagement. */
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

  /** Mean views in a visit; empty if there are no visits. */
  public OptionalDouble viewsPerVisit() {
    return perVisit(views);
  }

  /** The share of visits that are bounces, from 0 to 1; empty if there are no visits. */
  public OptionalDouble bounceRate() {
    return perVisit(bounces);
  }

  /** Mean duration of a visit, in seconds; empty if there are no visits. */
  public OptionalDouble visitDurationSeconds() {
    return perVisit(durationSeconds);
  }

  private OptionalDouble perVisit(long sum) {
    return visits == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) sum / visits);
  }
}
