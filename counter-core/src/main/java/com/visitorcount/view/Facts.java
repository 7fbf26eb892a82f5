package com.visitorcount.view;

import static java.util.Objects.requireNonNull;

/**
 * What is coarsely known of a view. No fact tells who the visitor is; each is empty where it is not
 * known.
 *
 * @param entry whether the visitor came to the site with this view, and not from another page of it
 * @param referrer host of the other site that the visitor came from
 * @param country ISO 3166-1 alpha-2, upper case
 * @param browser name without version
 * @param os operating system, name without version
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
  /** Nothing is known. */
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
