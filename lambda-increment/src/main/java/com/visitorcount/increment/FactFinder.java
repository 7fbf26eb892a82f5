package com.visitorcount.increment;

import static java.util.Objects.requireNonNullElse;

import com.visitorcount.http.HttpRequest;
import com.visitorcount.page.PageId;
import com.visitorcount.page.SiteAliases;
import com.visitorcount.view.Facts;

/** Finds the facts of a view in what its client reports and in the request's headers. */
final class FactFinder {
  private static final String TV = "TV";

  private final String countryHeader;
  private final SiteAliases aliases;
  private final UserAgents agents;

  /**
   * @param countryHeader lower-case name of the header with the visitor's country; empty for none
   * @param aliases hosts that belong to other sites
   */
  FactFinder(String countryHeader, SiteAliases aliases, UserAgents agents) {
    this.countryHeader = countryHeader;
    this.aliases = aliases;
    this.agents = agents;
  }

  Facts facts(HttpRequest request, PageId page, ClientHints hints) {
    UserAgent agent = agents.of(request.userAgent());
    SiteHost referrer = SiteHost.of(hints.referrer());
    boolean entry =
        !referrer.sameSiteAs(new SiteHost(page.site()), aliases)
            && !referrer.sameSiteAs(SiteHost.of(hints.url()), aliases);
    return new Facts(
        entry,
        entry ? referrer.name() : "",
        CampaignQuery.of(hints.url()),
        country(request, hints),
        agent.browser(),
        agent.os(),
        device(agent, hints));
  }

  /**
   * The width is more reliable than the user agent, except for televisions, which are as wide as
   * desktops.
   */
  private static String device(UserAgent agent, ClientHints hints) {
    return hints.device().isEmpty() || agent.device().equals(TV) ? agent.device() : hints.device();
  }

  private String country(HttpRequest request, ClientHints hints) {
    String header = countryHeader.isEmpty() ? null : request.header(countryHeader);
    String country = Country.ofCode(requireNonNullElse(header, ""));
    return country.isEmpty() ? Country.ofTimeZone(hints.timeZone()) : country;
  }
}
