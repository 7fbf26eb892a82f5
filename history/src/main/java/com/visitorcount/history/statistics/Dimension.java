package com.visitorcount.history.statistics;

import com.visitorcount.view.Facts;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What views and events are told apart by. Each has exactly one value in each dimension, so those
 * of all values are all there are; the value is empty where it is not known, or not there.
 */
public enum Dimension {
  /**
   * The page as its site names it: {@code /blog/first-post}, or a bare name on the site that has no
   * host. Of an event, the page on which it happened.
   */
  PAGE("page"),
  /** The page of the first view of the visit. */
  ENTRY_PAGE("entry_page"),
  /** The page of the last view of the visit. */
  EXIT_PAGE("exit_page"),
  /**
   * What led to the view's visit: the source of its campaign or else its referrer, under the name
   * that people know, as in {@code Google}.
   */
  SOURCE("source2"),
  /** The kind of what led to the view's visit, as in {@code Organic Search}; never empty. */
  CHANNEL("channel"),
  /** The host from which the view's visit came. */
  REFERRER("referrer"),
  /** {@code utm_source} of the view's visit. */
  UTM_SOURCE("utm_source"),
  /** {@code utm_medium} of the view's visit. */
  UTM_MEDIUM("utm_medium"),
  /** {@code utm_campaign} of the view's visit. */
  UTM_CAMPAIGN("utm_campaign"),
  /** {@code utm_term} of the view's visit. */
  UTM_TERM("utm_term"),
  /** {@code utm_content} of the view's visit. */
  UTM_CONTENT("utm_content"),
  /** ISO 3166-1 alpha-2, upper case. */
  COUNTRY("country"),
  /** Name of the browser, without version. */
  BROWSER("browser"),
  /** Name of the operating system, without version. */
  OS("os"),
  /** Class of the device: {@link Facts#device()}. */
  DEVICE("device"),
  /** Hour of the day, {@code 00} to {@code 23}, in the zone of the question. */
  HOUR("hour"),
  /** The name of an event; of a view, {@value #PAGEVIEW}. */
  EVENT("event"),
  /** The name of an event; of a view, {@value #VISIT} and its page. Summaries do not have it. */
  GOAL("goal"),
  /** What an event says of one of its properties. Summaries do not have it. */
  PROPERTY("property"),
  /**
   * The names of an event's properties, in their order, with a line feed between them: no name has
   * one. Summaries do not have it.
   */
  PROPERTY_NAMES("property_names");

  /** The value that views have where events have their names. */
  public static final String PAGEVIEW = "pageview";

  /** What stands before the page of a view where it is a goal. */
  public static final String VISIT = "Visit ";

  private static final Set<Dimension> SUMMED =
      EnumSet.complementOf(EnumSet.of(GOAL, PROPERTY, PROPERTY_NAMES));

  private final String key;

  Dimension(String key) {
    this.key = key;
  }

  /**
   * The name by which summaries are stored. It must stay, unless the values of a row become others:
   * then a new name makes summaries of old values answer nothing.
   */
  String key() {
    return key;
  }

  /** The dimensions that summaries have. */
  static Set<Dimension> summed() {
    return SUMMED;
  }

  /** The value that all views have in it, null if they have several. */
  @Nullable String ofAllViews() {
    return switch (this) {
      case EVENT -> PAGEVIEW;
      case PROPERTY, PROPERTY_NAMES -> "";
      default -> null;
    };
  }

  /** Whether only events have values in it that tell them apart. */
  public boolean isOfEvents() {
    return this == EVENT || this == PROPERTY || this == PROPERTY_NAMES;
  }

  /** Whether its values are pages. */
  public boolean isPage() {
    return this == PAGE || this == ENTRY_PAGE || this == EXIT_PAGE;
  }

  /**
   * Whether a value stands for referrer spam, which lists leave out unless a filter asks for it.
   */
  public boolean isSpam(String value) {
    return switch (this) {
      case SOURCE, CHANNEL -> value.equals(Sources.SPAM);
      case REFERRER -> Sources.nameOf(value).equals(Sources.SPAM);
      default -> false;
    };
  }
}
