package com.visitorcount.rollup;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * An alert to the owner about a site.
 *
 * @param from start of the period that it is about
 * @param to end of that period
 * @param visitors number of visitors
 * @param usual the usual number: the median of the same period one to four weeks before
 * @param more further information; empty or a sentence
 * @param dashboard address of the site's dashboard
 */
record Alert(
    String site,
    Kind kind,
    Instant from,
    Instant to,
    long visitors,
    long usual,
    String more,
    String dashboard) {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);

  /** Kinds of alerts. A site gets at most one of each kind in twelve hours. */
  enum Kind {
    SPIKE("spike"),
    DROP("drop"),
    SILENCE("silence");

    private final String label;

    Kind(String label) {
      this.label = label;
    }

    /** Its name in messages and keys. */
    String label() {
      return label;
    }
  }

  Alert {
    requireNonNull(site, "site");
    requireNonNull(kind, "kind");
    requireNonNull(from, "from");
    requireNonNull(to, "to");
    requireNonNull(more, "more");
    requireNonNull(dashboard, "dashboard");
  }

  /** The alert as text for people. */
  String text() {
    String time = time(from) + " and " + time(to) + " UTC";
    String text =
        switch (kind) {
          case SPIKE ->
              "%s had %,d visitors between %s. Usually there are %,d."
                  .formatted(site, visitors, time, usual);
          case DROP ->
              "%s had only %,d visitors between %s. Usually there are %,d."
                  .formatted(site, visitors, time, usual);
          case SILENCE ->
              ("%s has had no visitor since %s UTC. Usually there are %,d in that time. Is the tag still"
                      + " on its pages?")
                  .formatted(site, time(from), usual);
        };
    return (text + " " + more).strip() + "\n" + dashboard;
  }

  private static String time(Instant instant) {
    return TIME.format(LocalDateTime.ofInstant(instant, ZoneOffset.UTC));
  }
}
