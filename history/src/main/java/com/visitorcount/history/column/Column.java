package com.visitorcount.history.column;

import com.visitorcount.view.Engagement;
import com.visitorcount.view.Event;
import java.util.function.ToIntFunction;

/**
 * The columns of a part, in the order in which they are stored within their group. Each comment
 * says what the column holds; numbers are not negative unless marked as signed.
 */
@SuppressWarnings("ImmutableEnumChecker") // the functions are stateless method references
enum Column {
  /** For each visitor, and each view without one: visits minus 1. */
  VISITS(Group.VISITS, Head::holders, Head::visits),
  /** Texts, most frequent first, as in all dictionaries. */
  COUNTRIES(Group.VISITS, Head::countries),
  BROWSERS(Group.VISITS, Head::browsers),
  SYSTEMS(Group.VISITS, Head::systems),
  DEVICES(Group.VISITS, Head::devices),
  /** For each visitor's first view: index in {@link #COUNTRIES}. */
  COUNTRY(Group.VISITS, Head::holders, Head::countries),
  BROWSER(Group.VISITS, Head::holders, Head::browsers),
  SYSTEM(Group.VISITS, Head::holders, Head::systems),
  DEVICE(Group.VISITS, Head::holders, Head::devices),
  /**
   * For each view whose profile differs from its visitor's first: rows since the previous such
   * view.
   */
  CHANGED_ROW(Group.VISITS, Head::changed, Head::rows),
  CHANGED_COUNTRY(Group.VISITS, Head::changed, Head::countries),
  CHANGED_BROWSER(Group.VISITS, Head::changed, Head::browsers),
  CHANGED_SYSTEM(Group.VISITS, Head::changed, Head::systems),
  CHANGED_DEVICE(Group.VISITS, Head::changed, Head::devices),
  /** For each visit: views and events minus 1. */
  VIEWS(Group.VISITS, Head::visits, Head::rows),
  /** For each visit of two or more views or events: seconds from its first to its last. */
  DURATION(Group.VISITS, Head::longVisits, head -> Part.SECONDS_OF_A_DAY),
  /** {@value Arrival#TEXTS} texts for each. */
  ARRIVALS(Group.VISITS, head -> Arrival.TEXTS * head.arrivals()),
  /** For each visit's first view: index in {@link #ARRIVALS}. */
  ARRIVAL(Group.VISITS, Head::visits, Head::arrivals),
  /**
   * For each visit: seconds since the end of the visitor's previous visit; for a visitor's first
   * visit, seconds since the start of the previous visitor's first visit. The first visitor, and
   * the first view without one, count from midnight UTC.
   */
  START(Group.TIMES, Head::visits, head -> Part.SECONDS_OF_A_DAY),
  /** For each row that is neither first nor last of its visit: seconds since the previous row. */
  STEP(Group.TIMES, Head::innerRows, head -> Part.SECONDS_OF_A_DAY),
  /** Page ids; a page that was deleted and counted again has one for each of its lives. */
  PAGES(Group.PAGES, Head::pages),
  /** For each view: index in {@link #PAGES}. */
  PAGE(Group.PAGES, Head::views, Head::pages),
  /** For each page: its birth in milliseconds, minus the previous page's; signed. */
  BORN(Group.IDENTITY, Head::pages),
  /** For each page: the sequence of its first view. */
  FIRST_SEQUENCE(Group.IDENTITY, Head::pages),
  /**
   * For each view, page by page and in order of time: its sequence, minus the previous one, minus
   * 1; signed. Views in the same second are in the order of the part.
   */
  SEQUENCE(Group.IDENTITY, Head::views),
  /**
   * For each view with an arrival that does not begin a visit: rows since the previous such view.
   */
  LATER_ROW(Group.IDENTITY, Head::later, Head::rows),
  LATER_ARRIVAL(Group.IDENTITY, Head::later, Head::arrivals),
  /** For each event: rows since the previous event. */
  EVENT_ROW(Group.VISITS, Head::events, Head::rows),
  /** Ids of the pages on which events happened; empty if unknown. */
  EVENT_PAGES(Group.PAGES, Head::eventPages),
  /** For each event: index in {@link #EVENT_PAGES}. */
  EVENT_PAGE(Group.PAGES, Head::events, Head::eventPages),
  /** Ids of events; one that was deleted and counted again has one for each of its lives. */
  EVENT_NAMES(Group.EVENTS, Head::eventNames),
  /** For each event: index in {@link #EVENT_NAMES}. */
  EVENT_NAME(Group.EVENTS, Head::events, Head::eventNames),
  /** For each distinct property: its name and its value. */
  PROPERTIES(Group.EVENTS, head -> 2 * head.properties()),
  /** For each event: number of its properties. */
  PROPERTY_COUNT(Group.EVENTS, Head::events, head -> Event.MAX_PROPERTIES + 1),
  /** For each property of each event: index in {@link #PROPERTIES}. */
  PROPERTY(Group.EVENTS, Head::propertyUses, Head::properties),
  /** Like {@link #BORN}, {@link #FIRST_SEQUENCE} and {@link #SEQUENCE}, for events. */
  EVENT_BORN(Group.IDENTITY, Head::eventNames),
  EVENT_FIRST_SEQUENCE(Group.IDENTITY, Head::eventNames),
  EVENT_SEQUENCE(Group.IDENTITY, Head::events),
  /** For each event that is not interactive: events since the previous such event. */
  PASSIVE_EVENT(Group.VISITS, Head::passive, Head::events),
  /** For each view with engagement: views since the previous such view. */
  ENGAGED_VIEW(Group.ENGAGEMENT, Head::engaged, Head::views),
  /** For each view with engagement: seconds that its page was visible. */
  ENGAGED_SECONDS(Group.ENGAGEMENT, Head::engaged, head -> Engagement.MAX_SECONDS + 1),
  /** For each view with engagement: how far its page was scrolled down, in percent. */
  SCROLL(Group.ENGAGEMENT, Head::engaged, head -> Engagement.MAX_PERCENT + 1);

  private final Group group;
  private final ToIntFunction<Head> count;
  private final ToIntFunction<Head> bound;

  /** A column of texts, or of numbers of any size. */
  Column(Group group, ToIntFunction<Head> count) {
    this(group, count, head -> 0);
  }

  /** A column of numbers that are below a bound. */
  Column(Group group, ToIntFunction<Head> count, ToIntFunction<Head> bound) {
    this.group = group;
    this.count = count;
    this.bound = bound;
  }

  Group group() {
    return group;
  }

  int count(Head head) {
    return count.applyAsInt(head);
  }

  int bound(Head head) {
    return bound.applyAsInt(head);
  }

  /** Whether a part has the column; a part without events, for example, has no event columns. */
  boolean isIn(Head head) {
    if (this == PASSIVE_EVENT) {
      return head.passive() > 0;
    }
    if (group == Group.ENGAGEMENT) {
      return head.engaged() > 0;
    }
    return head.events() > 0 || compareTo(EVENT_ROW) < 0;
  }

  Kind kind() {
    return switch (this) {
      case COUNTRIES,
          BROWSERS,
          SYSTEMS,
          DEVICES,
          ARRIVALS,
          PAGES,
          EVENT_PAGES,
          EVENT_NAMES,
          PROPERTIES ->
          Kind.TEXTS;
      case BORN, FIRST_SEQUENCE, SEQUENCE, EVENT_BORN, EVENT_FIRST_SEQUENCE, EVENT_SEQUENCE ->
          Kind.LONGS;
      default -> Kind.NUMBERS;
    };
  }

  /** The type of a column's values. */
  enum Kind {
    NUMBERS,
    LONGS,
    TEXTS
  }
}
