package com.visitorcount.increment;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.visitorcount.http.HttpRequest;
import com.visitorcount.http.JsonBody;
import com.visitorcount.http.ProblemException;
import com.visitorcount.http.ProblemType;
import com.visitorcount.page.PageRules;
import com.visitorcount.view.ViewId;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads what Plausible's trackers and servers report. Members have long or one-letter names. The
 * site comes from {@code domain}, whatever the host of {@code url}, so that one site can have
 * several hosts.
 */
final class PlausibleEvents {
  /** Most sites in one report. */
  static final int MAX_SITES = 5;

  private static final String VIEW = "pageview";

  /** The name of events that report how long the page was viewed, and how much of it. */
  private static final String ENGAGEMENT = "engagement";

  private static final Pattern URL =
      Pattern.compile(
          "(?<scheme>[A-Za-z][A-Za-z0-9+.-]*):(?://(?<host>[^/?#]*))?(?<path>[^?#]*)"
              + "(?<query>\\?[^#]*)?(?:#(?<fragment>.*))?",
          Pattern.DOTALL);

  private static final Pattern HOST = Pattern.compile("[^/?#!@\\s]+");

  private final PageRules rules;

  PlausibleEvents(PageRules rules) {
    this.rules = requireNonNull(rules, "rules");
  }

  /**
   * The view, event or message about engagement in a request, once for each of its sites.
   *
   * @throws ProblemException if the body is invalid, or lacks a name or a URL
   * @throws com.visitorcount.page.InvalidPageException if a page in it is invalid
   */
  List<ViewRequest> read(HttpRequest request) {
    ObjectNode body = JsonBody.read(request);
    String name = body == null ? "" : text(body, "n", "name");
    if (body == null || name.isBlank()) {
      throw new ProblemException(
          ProblemType.INVALID_EVENT, "The event must have a name, as in {\"name\":\"pageview\"}.");
    }
    String url = text(body, "u", "url");
    Matcher parts = URL.matcher(url);
    if (!parts.matches()) {
      throw new ProblemException(
          ProblemType.INVALID_PAGE, "The event must have the url of its page.");
    }
    ClientHints hints =
        new ClientHints(
            url, text(body, "r", "referrer"), "", ClientHints.deviceOfPixels(body.path("w")));
    ViewId id = new ViewId(request.id());
    Map<String, String> properties = EventProperties.of(properties(body));
    return sites(body, parts).stream()
        .map(site -> rules.viewed(site + path(parts, isHashMode(body))))
        .map(
            page ->
                switch (name) {
                  case VIEW -> new ViewRequest(page, id, hints, null);
                  case ENGAGEMENT ->
                      new ViewRequest(
                          page, id, hints, null, ViewRequest.engagement(body, "e", "sd"));
                  default ->
                      ViewRequest.ofEvent(name, page, properties, isInteractive(body), id, hints);
                })
        .toList();
  }

  private static boolean isInteractive(ObjectNode body) {
    return (body.has("i") ? body.path("i") : body.path("interactive")).asBoolean(true);
  }

  private static List<String> sites(ObjectNode body, Matcher url) {
    String domain = text(body, "d", "domain");
    String host = url.group("host");
    String sites = domain.isBlank() && host != null ? host : domain;
    List<String> all = Arrays.stream(sites.split(",", -1)).map(String::strip).distinct().toList();
    if (all.size() > MAX_SITES || !all.stream().allMatch(HOST.asMatchPredicate())) {
      throw new ProblemException(
          ProblemType.INVALID_PAGE,
          "The domain must be the host name of a site, or at most "
              + MAX_SITES
              + " of them separated by commas.");
    }
    return all;
  }

  /** Routes in the fragment become paths, as in our own tracker. */
  private static String path(Matcher url, boolean hashMode) {
    String fragment = url.group("fragment");
    String query = url.group("query");
    String path = "/" + url.group("path");
    return hashMode && fragment != null
        ? path + "/" + fragment
        : path + (query == null ? "" : query);
  }

  private static boolean isHashMode(ObjectNode body) {
    JsonNode mode = body.has("h") ? body.path("h") : body.path("hashMode");
    return mode.asBoolean() || mode.asInt() == 1;
  }

  private static JsonNode properties(ObjectNode body) {
    for (String member : List.of("p", "props", "m", "meta")) {
      JsonNode value = body.path(member);
      JsonNode properties = value.isTextual() ? JsonBody.nested(value.textValue()) : value;
      if (properties.isObject()) {
        return properties;
      }
    }
    return body.path("p");
  }

  private static String text(ObjectNode body, String letter, String word) {
    JsonNode value = body.hasNonNull(letter) ? body.path(letter) : body.path(word);
    return value.isTextual() ? value.textValue() : "";
  }
}
