package com.visitorcount.increment;

import static java.util.Objects.requireNonNullElse;

import com.visitorcount.http.QueryParameters;
import com.visitorcount.view.Campaign;
import java.util.regex.Pattern;

/** Reads the campaign from the query of a URL. */
final class CampaignQuery {
  /** Anything that could break a line or control a terminal. */
  private static final Pattern CONTROL =
      Pattern.compile("[\\p{Cntrl}\\x{80}-\\x{9f}\\u2028\\u2029]");

  private CampaignQuery() {}

  /**
   * The five {@code utm_} parameters, ignoring the case of names; the first that is not blank
   * counts.
   */
  static Campaign of(String url) {
    String address = url.substring(0, end(url, '#'));
    int query = end(address, '?');
    if (query == address.length()) {
      return Campaign.NONE;
    }
    QueryParameters parameters = QueryParameters.parse(address.substring(query + 1));
    return new Campaign(
        text(parameters, "utm_source"),
        text(parameters, "utm_medium"),
        text(parameters, "utm_campaign"),
        text(parameters, "utm_term"),
        text(parameters, "utm_content"));
  }

  private static int end(String text, char mark) {
    int i = text.indexOf(mark);
    return i < 0 ? text.length() : i;
  }

  private static String text(QueryParameters parameters, String name) {
    String value = requireNonNullElse(parameters.firstIgnoringCase(name), "");
    return value.isEmpty() ? "" : CONTROL.matcher(value).replaceAll(" ").strip();
  }
}
