package com.visitorcount.history.column;

import com.visitorcount.view.Engagement;
import com.visitorcount.view.Event;
import java.util.function.ToIntFunction;

/**
 * The columns of a part, in the order in which they are stored within their group. The comment of
 * each says what it holds; numbers are not negative.
 */
@SuppressWarnings("ImmutableEnumChecker") // its functions are method references and have no state
enum Column {
  /** Of each visitor, and each view without one: visits less 1. */
  VISITS(Group.VISITS, Head::holders, Head::visits),
  /** Texts; the most frequent comes first, as in all dictionaries. */
  COUNTRIES(Group.VISITS, Head::countries),
  BROWSERS(Group.VISITS, Head::browsers),
  SYSTEMS(Group.VISITS, Head::systems),
  DEVICES(Group.VISITS, Head::devices),
  /** Of each visitor's first view: place in {@link #COUNTRIES}. */
  COUNTRY(Group.VISITS, Head::holders, Head::countries),
  BROWSER(Group.VISITS, Head::holders, Head::browsers),
  SYSTEM(Group.VISITS, Head::holders, Head::systems),
  DEVICE(Group.VISITS, Head::holders, Head::devices),
  /** Of each view with another profile than its visitor's first: rows since the one before. */
  CHANGED_ROW(Group.VISITS, Head::changed, Head::rows),
  CHANGED_COUNTRY(Group.VISITS, Head::changed, Head::countries),
  CHANGED_BROWSER(Group.VISITS, Head::changed, Head::browsers),
  CHANGED_SYSTEM(Group.VISITS, Head::changed, Head::systems),
  CHANGED_DEVICE(Group.VISITS, Head::changed, Head::devices),
  /** Of each visit: views and events less 1. */
  VIEWS(Group.VISITS, Head::visits, Head::rows),
  /** Of each visit of two views or events and more: seconds from its first to its last. */
  DURATION(Group.VISITS, Head::longVisits, head -> Part.SECONDS_OF_A_DAY),
  /** {@value Arrival#TEXTS} texts for each. */
  ARRIVALS(Group.VISITS, head -> Arrival.TEXTS * head.arrivals()),
  /** Of each visit's first view: place in {@link #ARRIVALS}. */
  ARRIVAL(Group.VISITS, Head::visits, Head::arrivals),
  /**
   * Of each visit: seconds since the visitor's visit before ended; of a visitor's first visit,
   * seconds since the first visit of the visitor before began. The first visitor, and the first
   * view without one, count from midnight UTC.
   */
  START(Group.TIMES, Head::visits, head -> Part.SECONDS_OF_A_DAY),
  /** Of each row that is neither first nor last of its visit: seconds since the one before. */
  STEP(Group.TIMES, Head::innerRows, head -> Part.SECONDS_OF_A_DAY),
  /** Page ids; a page that was deleted and begun anew stands here for each of its lives. */
  PAGES(Group.PAGES, Head::pages),
  /** Of each view: place in {@link #PAGES}. */
  PAGE(Group.PAGES, Head::views, Head::pages),
  /** Of each page: its birth in milliseconds, less that of the page before; signed. */
  BORN(Group.IDENTITY, Head::pages),
  /** Of each page: the sequence of its first view. */
  FIRST_SEQUENCE(Group.IDENTITY, Head::pages),
  /**
   * Of each view, page by page and each page's in order of time: its sequence, less the one before
   * it and 1; signed. Views of one second are in the order of the part.
   */
  SEQUENCE(Group.IDENTITY, Head::views),
  /** Of each view with an arrival that does not begin a visit: rows since the one before. */
  LATER_ROW(Group.IDENTITY, Head::later, Head::rows),
  LATER_ARRIVAL(Group.IDENTITY, Head::later, Head::arrivals),
  /** Of each event: rows since the one before. */
  EVENT_ROW(Group.VISITS, Head::events, Head::rows),
  /** Ids of the pages on which events happened; an empty text where that is not known. */
  EVENT_PAGES(Group.PAGES, Head::eventPages),
  /** Of each event: place in {@link #EVENT_PAGES}. */
  EVENT_PAGE(Group.PAGES, Head::events, Head::eventPages),
  /** Ids of events; one that was deleted and begun anew stands here for each of its lives. */
  EVENT_NAMES(Group.EVENTS, Head::eventNames),
  /** Of each event: place in {@link #EVENT_NAMES}. */
  EVENT_NAME(Group.EVENTS, Head::events, Head::eventNames),
  /** Of each different property: its name and its value. */
  PROPERTIES(Group.EVENTS, head -> 2 * head.properties()),
  /** Of each event: how many properties it has. */
  PROPERTY_COUNT(Group.EVENTS, Head::events, head -> Event.MAX_PROPERTIES + 1),
  /** Of each property of each event: place in {@link #PROPERTIES}. */
  PROPERTY(Group.EVENTS, Head::propertyUses, Head::properties),
  /** The same as of pages and views. */
  EVENT_BORN(Group.IDENTITY, Head::eventNames),
  EVENT_FIRST_SEQUENCE(Group.IDENTITY, Head::eventNames),
  EVENT_SEQUENCE(Group.IDENTITY, Head::events),
  /** Of each event that is not interactive: events since the one before. */
  PASSIVE_EVENT(Group.VISITS, Head::passive, Head::events),
  /** Of each view with engagement: views since the one before. */
  ENGAGED_VIEW(Group.ENGAGEMENT, Head::engaged, Head::views),
  /** Of each view with engagement: seconds for which its page was visible. */
  ENGAGED_SECONDS(Group.ENGAGEMENT, Head::engaged, head -> Engagement.MAX_SECONDS + 1),
  /** Of each view with engagement: how far down its page was scrolled, in percent. */
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

  /** Whether a part has the column: one without events has none of theirs, and so on. */
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

  /** What a column is made of. */
  enum Kind {
    NUMBERS,
    LONGS,
    TEXTS
  }
}
