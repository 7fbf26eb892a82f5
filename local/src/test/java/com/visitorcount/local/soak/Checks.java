package com.visitorcount.local.soak;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Compares what the product reports, when nothing is in progress, with what the clients know. */
final class Checks {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int RETRIES = 20;
  private static final Duration TIMEOUT = Duration.ofMinutes(5);

  private final HttpClient http = HttpClient.newHttpClient();
  private final Product product;
  private final Ledger ledger;
  private final List<String> faults = new ArrayList<>();
  private final Map<String, BigInteger> viewsOfSites = new TreeMap<>();
  private final Map<String, BigInteger> eventsOfSites = new TreeMap<>();
  private BigInteger views = BigInteger.ZERO;
  private long engaged;
  private BigInteger crowded = BigInteger.ZERO;
  private int pages;

  private Checks(Product product, Ledger ledger) {
    this.product = product;
    this.ledger = ledger;
  }

  /**
   * The result of a check.
   *
   * @param faults empty if all is well
   * @param pages pages with views
   * @param views in all counters, including events
   * @param engaged pages with engagement
   * @param crowded in the counter of the page that exceeds the guard's guarantee
   */
  record Result(
      List<String> faults, int pages, BigInteger views, BigInteger crowded, long engaged) {}

  /**
   * Checks counters, history and statistics.
   *
   * @param start before the first view, by the product's clock
   * @param now by the product's clock
   */
  static Result check(Product product, Ledger ledger, Instant start, Instant now) {
    Checks checks = new Checks(product, ledger);
    checks.pages();
    checks.statistics(day(start), day(now));
    return new Result(
        List.copyOf(checks.faults), checks.pages, checks.views, checks.crowded, checks.engaged);
  }

  private static LocalDate day(Instant time) {
    return LocalDate.ofInstant(time, ZoneOffset.UTC);
  }

  private void pages() {
    for (PageAccount page : ledger.accounts()) {
      JsonNode account =
          json(product.read().resolve("/api/v1/verify?page=" + encoded(page.page())));
      BigInteger counter = account.path("counter").bigIntegerValue();
      page.fault(counter).ifPresent(faults::add);
      if (counter.signum() == 0) {
        continue;
      }
      boolean complete =
          account.path("adds_up").asBoolean()
              && account.path("rows").bigIntegerValue().equals(counter)
              && account.path("lost").asLong(-1) == 0
              && account.path("pending").asLong(-1) == 0
              && account.path("before_history").asLong(-1) == 0
              && account.path("before_history_known").asBoolean()
              && account.path("surplus").asLong(-1) == 0;
      if (!complete) {
        faults.add("history is incomplete: " + account);
      }
      if (page == ledger.crowded()) {
        crowded = counter;
      }
      pages++;
      views = views.add(counter);
      boolean isEvent = page.page().contains("!");
      (isEvent ? eventsOfSites : viewsOfSites).merge(site(page.page()), counter, BigInteger::add);
    }
  }

  private static String site(String page) {
    return page.matches("[^/!]+[/!].*") ? page.split("[/!]", 2)[0] : "default";
  }

  private void statistics(LocalDate from, LocalDate to) {
    viewsOfSites.forEach(
        (site, counted) -> {
          String query =
              "?period=custom&date=%s,%s&site_id=%s&metrics=pageviews,events,time_on_page,scroll_depth"
                  .formatted(from, to, site);
          BigInteger events = eventsOfSites.getOrDefault(site, BigInteger.ZERO);
          JsonNode aggregate = statistics("aggregate" + query);
          compare(site + " in all", counted, aggregate.at("/pageviews/value").bigIntegerValue());
          compare(
              site + " with events",
              counted.add(events),
              aggregate.at("/events/value").bigIntegerValue());
          compare(site + " by days", counted, sum("pageviews", statistics("timeseries" + query)));
          JsonNode pages = statistics("breakdown" + query + "&property=event:page&limit=1000");
          compare(site + " by pages", counted, sum("pageviews", pages));
          compare(
              site + " by goals",
              events,
              sum("events", statistics("breakdown" + query + "&property=event:goal")));
          engagement(site, pages);
        });
  }

  /** All messages are equal, so adding them instead of taking the largest would be noticed. */
  private void engagement(String site, JsonNode pages) {
    for (JsonNode page : pages) {
      int seconds = page.path("time_on_page").asInt();
      int percent = page.path("scroll_depth").asInt();
      boolean isAsSaid = seconds == Traffic.ENGAGED_SECONDS && percent == Traffic.SCROLL_PERCENT;
      if (isAsSaid) {
        engaged++;
      } else if (seconds != 0 || percent != 0) {
        faults.add("engagement on %s is not what was said: %s".formatted(site, page));
      }
    }
  }

  private JsonNode statistics(String question) {
    return json(product.read().resolve("/api/v1/stats/" + question)).path("results");
  }

  private static BigInteger sum(String metric, JsonNode results) {
    BigInteger sum = BigInteger.ZERO;
    for (JsonNode result : results) {
      sum = sum.add(result.path(metric).bigIntegerValue());
    }
    return sum;
  }

  private void compare(String what, BigInteger counted, BigInteger told) {
    if (!counted.equals(told)) {
      faults.add("statistics of %s: %s, counters: %s".formatted(what, told, counted));
    }
  }

  private JsonNode json(URI address) {
    try {
      return JSON.readTree(text(address));
    } catch (IOException e) {
      throw new IllegalStateException(address + " does not answer with JSON", e);
    }
  }

  private String text(URI address) {
    try {
      HttpRequest request = HttpRequest.newBuilder(address).timeout(TIMEOUT).build();
      HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
      // on a busy machine a call to dynalite may take longer than a function waits
      for (int retry = 0; answer.statusCode() == 503 && retry < RETRIES; retry++) {
        answer = http.send(request, BodyHandlers.ofString());
      }
      if (answer.statusCode() != 200) {
        throw new IllegalStateException(address + " answers " + answer.body());
      }
      return answer.body();
    } catch (IOException e) {
      throw new IllegalStateException(address + " does not answer", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted", e);
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, UTF_8);
  }
}
