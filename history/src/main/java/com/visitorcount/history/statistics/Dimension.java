package com.visitorcount.history.statistics;

import com.visitorcount.view.Facts;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What views and events are grouped or filtered by. Each has exactly one value in each dimension,
 * so the values partition them; the value is empty if it is unknown or absent.
 */
public enum Dimension {
  /**
   * The page without its site: {@code /blog/first-post}, or a bare name on the site that has no
   * host. For an event, the page on which it happened.
   */
  PAGE("page"),
  /** The page of the first view of the visit. */
  ENTRY_PAGE("entry_page"),
  /** The page of the last view of the visit. */
  EXIT_PAGE("exit_page"),
  /**
   * What led to the view's visit: the source of its campaign or else its referrer, by its common
   * name, such as {@code Google}.
   */
  SOURCE("source2"),
  /** The marketing channel of the view's visit, such as {@code Organic Search}; never empty. */
  CHANNEL("channel"),
  /** The host that the view's visit came from. */
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
  /** Hour of the day, {@code 00} to {@code 23}, in the question's time zone. */
  HOUR("hour"),
  /** The name of an event; {@value #PAGEVIEW} for a view. */
  EVENT("event"),
  /** The name of an event; {@value #VISIT} and the page for a view. Not in summaries. */
  GOAL("goal"),
  /** An event's value of a property. Not in summaries. */
  PROPERTY("property"),
  /**
   * The names of an event's properties, sorted and separated by line feeds, which no name contains.
   * Not in summaries.
   */
  PROPERTY_NAMES("property_names");

  /** The value that views have in {@link #EVENT}. */
  public static final String PAGEVIEW = "pageview";

  /** Prefix of a page that is a goal. */
  public static final String VISIT = "Visit ";

  private static final Set<Dimension> SUMMED =
      EnumSet.complementOf(EnumSet.of(GOAL, PROPERTY, PROPERTY_NAMES));

  private final String key;

  Dimension(String key) {
    this.key = key;
  }

  /**
   * The key of the dimension in stored summaries. It must not change unless the values of a row do:
   * then a new key makes sure that summaries with old values are not used.
   */
  String key() {
    return key;
  }

  /** The dimensions that summaries have. */
  static Set<Dimension> summed() {
    return SUMMED;
  }

  /** The single value that all views have, null if they have several. */
  @Nullable String ofAllViews() {
    return switch (this) {
      case EVENT -> PAGEVIEW;
      case PROPERTY, PROPERTY_NAMES -> "";
      default -> null;
    };
  }

  /** Whether only events have different values. */
  public boolean isOfEvents() {
    return this == EVENT || this == PROPERTY || this == PROPERTY_NAMES;
  }

  /** Whether its values are pages. */
  public boolean isPage() {
    return this == PAGE || this == ENTRY_PAGE || this == EXIT_PAGE;
  }

  /** Whether a value is referrer spam, which lists leave out unless a filter asks for it. */
  public boolean isSpam(String value) {
    return switch (this) {
      case SOURCE, CHANNEL -> value.equals(Sources.SPAM);
      case REFERRER -> Sources.nameOf(value).equals(Sources.SPAM);
      default -> false;
    };
  }
}
