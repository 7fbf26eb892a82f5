package com.visitorcount.view;

import static java.util.Objects.requireNonNull;

/**
 * Coarse facts about a view. None identifies the visitor; each is empty if unknown.
 *
 * @param entry whether the visitor came to the site with this view, not from another page of it
 * @param referrer host of the other site that the visitor came from
 * @param country ISO 3166-1 alpha-2, upper case
 * @param browser name without version
 * @param os name of the operating system, without version
 * @param device {@code Mobile}, {@code Tablet}, {@code Laptop}, {@code Desktop} or {@code TV}
 */
public record Facts(
    boolean entry,
    String referrer,
    Campaign campaign,
    String country,
    String browser,
    String os,
    String device) {
  /** No facts. */
  public static final Facts NONE = new Facts(false, "", Campaign.NONE, "", "", "", "");

  public Facts {
    requireNonNull(referrer, "referrer");
    requireNonNull(campaign, "campaign");
    requireNonNull(country, "country");
    requireNonNull(browser, "browser");
    requireNonNull(os, "os");
    requireNonNull(device, "device");
  }
}
