package com.visitorcount.history.column;

import com.visitorcount.view.Event;

/**
 * The sizes of a part, which determine the lengths of its columns.
 *
 * @param epochDay its UTC day, in days since 1970-01-01
 * @param visitors number of visitors
 * @param anonymous number of views without a visitor
 * @param visits number of visits; each view without a visitor counts as one
 * @param longVisits number of visits with two or more views or events
 * @param rows number of views and events
 * @param countries number of distinct countries; the same for browsers, systems, devices, arrivals
 *     and pages
 * @param changed number of views whose country, browser, system or device differs from their
 *     visitor's first view
 * @param later number of views that have an arrival but do not begin a visit
 * @param events number of rows that are events
 * @param eventNames number of distinct events; one that was deleted and counted again counts twice
 * @param eventPages number of distinct pages that events happened on
 * @param properties number of distinct name-value pairs in the events' properties
 * @param propertyUses number of properties of all events together
 * @param passive number of events that are not interactive
 * @param engaged number of views with engagement
 */
record Head(
    int epochDay,
    int visitors,
    int anonymous,
    int visits,
    int longVisits,
    int rows,
    int countries,
    int browsers,
    int systems,
    int devices,
    int arrivals,
    int pages,
    int changed,
    int later,
    int events,
    int eventNames,
    int eventPages,
    int properties,
    int propertyUses,
    int passive,
    int engaged) {
  /** Most rows of a part, unless it has only one visitor. */
  static final int MAX_ROWS = 40_000;

  /** 31 December 9999. */
  private static final int LAST_DAY = 2_932_896;

  /**
   * @throws IllegalArgumentException if no part can have these sizes
   */
  Head {
    require(epochDay >= 0 && epochDay <= LAST_DAY);
    require(visitors >= 0 && anonymous >= 0 && visits >= 0 && longVisits >= 0 && rows >= 0);
    require(visits >= (long) visitors + anonymous);
    require(longVisits <= visits && rows >= (long) visits + longVisits);
    require(longVisits > 0 || rows == visits);
    require(countries >= 0 && countries <= rows && browsers >= 0 && browsers <= rows);
    require(systems >= 0 && systems <= rows && devices >= 0 && devices <= rows);
    require(arrivals >= 0 && arrivals <= rows && pages >= 0 && pages <= rows);
    require(changed >= 0 && changed <= rows && later >= 0 && later <= rows);
    require(events >= 0 && events <= rows && pages <= rows - events);
    require(eventNames >= 0 && eventNames <= events && eventPages >= 0 && eventPages <= events);
    require(propertyUses >= 0 && propertyUses <= (long) events * Event.MAX_PROPERTIES);
    require(properties >= 0 && properties <= propertyUses);
    require(passive >= 0 && passive <= events && engaged >= 0 && engaged <= rows - events);
  }

  private static void require(boolean fits) {
    if (!fits) {
      throw new IllegalArgumentException("the sizes of this part do not fit together");
    }
  }

  /**
   * @param withEvents whether the sizes of events follow; otherwise the part has no events
   * @param withEngagement whether the sizes of passive events and of engagement follow
   */
  static Head read(ByteReader in, boolean withEvents, boolean withEngagement) {
    Head head =
        new Head(
            in.varint(),
            in.varint(),
            in.varint(),
            in.varint(),
            in.varint(),
            in.varint(),
            in.varint(),
            in.varint(),
            in.varint(),
            in.varint(),
            in.varint(),
            in.varint(),
            in.varint(),
            in.varint(),
            withEvents ? in.varint() : 0,
            withEvents ? in.varint() : 0,
            withEvents ? in.varint() : 0,
            withEvents ? in.varint() : 0,
            withEvents ? in.varint() : 0,
            withEngagement ? in.varint() : 0,
            withEngagement ? in.varint() : 0);
    require(withEngagement == head.hasEngagement());
    require(withEngagement || withEvents == head.events > 0);
    boolean isOfOneVisitor = head.visitors == 1 && head.anonymous == 0;
    require(head.rows <= (isOfOneVisitor ? Visitor.MAX_VIEWS : MAX_ROWS));
    return head;
  }

  void write(ByteWriter out) {
    for (int size :
        new int[] {
          epochDay,
          visitors,
          anonymous,
          visits,
          longVisits,
          rows,
          countries,
          browsers,
          systems,
          devices,
          arrivals,
          pages,
          changed,
          later
        }) {
      out.varint(size);
    }
    if (events > 0 || hasEngagement()) {
      for (int size : new int[] {events, eventNames, eventPages, properties, propertyUses}) {
        out.varint(size);
      }
    }
    if (hasEngagement()) {
      out.varint(passive);
      out.varint(engaged);
    }
  }

  /** Whether there are views with engagement, or events that are not interactive. */
  boolean hasEngagement() {
    return passive > 0 || engaged > 0;
  }

  /** Rows that are views. */
  int views() {
    return rows - events;
  }

  /** Visitors, and views without one. */
  int holders() {
    return visitors + anonymous;
  }

  /** Rows that are neither the first nor the last of their visit. */
  int innerRows() {
    return rows - visits - longVisits;
  }
}
