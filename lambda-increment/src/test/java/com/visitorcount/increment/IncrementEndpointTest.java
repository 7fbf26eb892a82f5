package com.visitorcount.increment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoMoreInteractions;

import com.visitorcount.counter.InMemoryCounters;
import com.visitorcount.counter.StoreUnavailableException;
import com.visitorcount.http.HttpRequest;
import com.visitorcount.http.HttpResponse;
import com.visitorcount.http.Metric;
import com.visitorcount.http.ProblemException;
import com.visitorcount.http.ProblemType;
import com.visitorcount.http.RequestRecord;
import com.visitorcount.page.InvalidPageException;
import com.visitorcount.page.PageId;
import com.visitorcount.view.Engagement;
import com.visitorcount.view.Event;
import java.math.BigInteger;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class IncrementEndpointTest {
  private static final byte[] SALT = new byte[32];
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-25T10:15:30Z"), ZoneOffset.UTC);

  private final InMemoryCounters counters = new InMemoryCounters();
  private final RequestRecord record = mock();
  private int requests;

  @Test
  void answer_page_isCountedAndItsCountReturned() {
    HttpResponse response = post("{\"page\":\"main_page\"}");

    assertThat(response.status()).isEqualTo(200);
    assertThat(response.headers())
        .containsEntry("content-type", "application/json")
        .containsEntry("cache-control", "no-store");
    assertThat(response.body()).isEqualTo("{\"page\":\"main_page\",\"count\":1}");
    assertThat(post("{\"page\":\"main_page\"}").body())
        .isEqualTo("{\"page\":\"main_page\",\"count\":2}");
    verify(record, times(2)).count(Metric.VIEWS);
    verify(record).count(Metric.NEW_PAGES);
    verify(record, times(2)).note("page", "main_page");
  }

  @Test
  void answer_noBody_countsTheDefaultPage() {
    assertThat(post(null).body()).isEqualTo("{\"page\":\"main_page\",\"count\":1}");
    assertThat(post("").body()).isEqualTo("{\"page\":\"main_page\",\"count\":2}");
  }

  @Test
  void answer_url_countsItsPage() {
    assertThat(
            post("{\"url\":\"https://Example.com/a/?utm_source=x#y\",\"referrer\":\"\",\"tz\":1}")
                .body())
        .isEqualTo("{\"page\":\"example.com/a\",\"count\":1}");
  }

  @Test
  void answer_pageAndUrl_countsThePage() {
    assertThat(post("{\"page\":\"a\",\"url\":\"https://example.com/b\"}").body())
        .isEqualTo("{\"page\":\"a\",\"count\":1}");
  }

  @Test
  void answer_sameViewIdAgain_isADuplicateWithTheCount() {
    post("{\"page\":\"a\",\"id\":\"v1\"}");

    assertThat(post("{\"page\":\"a\",\"id\":\"v1\"}").body())
        .isEqualTo("{\"page\":\"a\",\"count\":1}");
    verify(record).count(Metric.DUPLICATE_VIEWS);
  }

  @Test
  void answer_event_isCountedBesideThePages() {
    String event =
        """
        {"event":" signup ","url":"https://example.com/pricing/?utm_source=x","id":"v1",\
        "referrer":"https://news.example/","props":{"plan":"pro","seats":5,"trial":true}}\
        """;

    assertThat(post(event).body()).isEqualTo("{\"event\":\"example.com!signup\",\"count\":1}");
    assertThat(post(event).body()).isEqualTo("{\"event\":\"example.com!signup\",\"count\":1}");

    PageId signup = PageId.of("example.com!signup");
    assertThat(counters.read(signup)).isOne();
    assertThat(counters.read(PageId.of("example.com/pricing"))).isZero();
    assertThat(counters.latest(signup).event())
        .isEqualTo(
            new Event("example.com/pricing", Map.of("plan", "pro", "seats", "5", "trial", "true")));
    verify(record).count(Metric.VIEWS);
    verify(record).count(Metric.DUPLICATE_VIEWS);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"event\":\"a b\"|default!a b|''",
        "\"event\":\"a\",\"page\":\"main_page\"|default!a|main_page",
        "\"event\":\"a\",\"page\":\"example.com/b\"|example.com!a|example.com/b",
        "\"event\":\"a\",\"url\":\"https://www.example.com/b\"|example.com!a|example.com/b",
        "\"event\":\"a\",\"page\":\"c/d\",\"url\":\"https://example.com/b\"|example.com!a|example.com/c/d",
        "\"event\":\"a\",\"page\":\"main_page\",\"url\":\"https://example.com/b\"|default!a|main_page",
        "\"event\":\"a\",\"url\":\"https://example.com/b\",\"props\":[1]|example.com!a|example.com/b"
      })
  void answer_event_belongsToTheSiteOfItsPage(String body, String event, String page) {
    IncrementEndpoint endpoint =
        endpoint(Map.of("SITES", "example.com", "SITE_ALIASES", "www.example.com=example.com"));

    HttpResponse response =
        endpoint.answer(request("POST", "/", "{" + body + "}", Map.of()), record);

    assertThat(response.body()).isEqualTo("{\"event\":\"" + event + "\",\"count\":1}");
    assertThat(counters.latest(PageId.of(event)).event()).isEqualTo(new Event(page, Map.of()));
  }

  @Test
  void answer_engagement_isToldOfItsPageAndCountsNothing() {
    String view = "{\"url\":\"https://example.com/a\"";
    post(view + "}");

    HttpResponse response = post(view + ",\"engaged\":12345,\"scroll\":80}");

    assertThat(response.body()).isEqualTo("{\"page\":\"example.com/a\"}");
    assertThat(counters.read(PageId.of("example.com/a"))).isOne();
    assertThat(counters.told(PageId.of("example.com/a"))).isEqualTo(new Engagement(12, 80));
    assertProblem(() -> post(view + ",\"engaged\":-1}"), ProblemType.INVALID_VIEW);
    assertProblem(() -> post(view + ",\"engaged\":\"x\"}"), ProblemType.INVALID_VIEW);
  }

  @Test
  void answer_eventToBeDropped_is202AndNotCounted() {
    String body = "{\"event\":\"signup\",\"url\":\"https://example.com/a\"}";

    HttpResponse response =
        endpoint("*", "")
            .answer(request("POST", "/", body, Map.of("user-agent", "curl/8")), record);

    assertThat(response.status()).isEqualTo(202);
    assertThat(response.body()).isEqualTo("{\"event\":\"example.com!signup\",\"dropped\":\"bot\"}");
    assertThat(counters.read(PageId.of("example.com!signup"))).isZero();
  }

  @Test
  void answer_eventOfASiteThatIsNotCounted_isRefused() {
    String body = "{\"event\":\"signup\",\"page\":\"other.test/a\"}";

    assertProblem(
        () -> endpoint("*", "example.com").answer(request("POST", "/", body, Map.of()), record),
        ProblemType.SITE_NOT_CONFIGURED);
  }

  /** Otherwise it would be an event without a name, a page or any details. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"page\":\"example.com!signup\"}",
        "{\"page\":\"example.com!signup\",\"url\":\"https://example.com/\"}",
        "{\"page\":\"example.com!a/b\",\"url\":\"https://example.com/\"}",
        "{\"page\":\"default!signup\"}",
        "{\"page\":\"example.com!e\u0301\"}",
        "{\"page\":\"example.com!signup\",\"event\":\"signup\"}"
      })
  void answer_pageThatIsAnEvent_isRefused(String body) {
    assertThatThrownBy(() -> post(body))
        .isInstanceOf(InvalidPageException.class)
        .hasMessageContaining("{\"event\":\"signup\"}");
    assertThat(counters.read(PageId.of("example.com!signup"))).isZero();
  }

  /** Names without a site, together with the URL of a page on example.com. */
  @ParameterizedTest
  @CsvSource({
    // the site is configured
    "'', example.com, download/manual.pdf, example.com/download/manual.pdf",
    "'', example.com, /download/manual.pdf, example.com/download/manual.pdf",
    "'', example.com, My files/a.pdf, example.com/My files/a.pdf",
    "'', example.com, a.b/c, example.com/a.b/c",
    "'', example.com, //a, example.com/a",
    "'', example.com, a/b?x=c/d, example.com/a/b",
    "'', 'example.com,blog.test', blog.test/a, blog.test/a",
    "'', 'example.com,blog.test', BLOG.test:443/a, blog.test/a",
    "'', 'example.com,blog.test', www.blog.test/a, blog.test/a",
    "'', example.com, example.com/a, example.com/a",
    "'', example.com, default/a, /a",
    "'', example.com, main_page, main_page",
    "'', example.com, main_page?a/b, main_page",
    "'', example.com, https://example.com/a, example.com/a",
    "'', example.com, hello!world, hello!world",
    // any host is a site
    "*, '', download/manual.pdf, example.com/download/manual.pdf",
    "*, '', /download/manual.pdf, example.com/download/manual.pdf",
    "*, '', blog.test/a, blog.test/a",
    "*, '', localhost:8080/a, localhost:8080/a",
    "*, '', default/a, /a",
    "*, '', main_page, main_page"
  })
  void answer_nameBesideAUrl_isOfThatPagesSite(
      String origins, String sites, String name, String page) {
    IncrementEndpoint endpoint =
        endpoint(
            Map.of(
                "ALLOWED_ORIGINS",
                origins.isEmpty() ? "https://example.com" : origins,
                "SITES",
                sites,
                "SITE_ALIASES",
                "www.blog.test=blog.test"));
    String body = "{\"page\":\"" + name + "\",\"url\":\"https://example.com/open?x#y\"}";

    HttpResponse response = endpoint.answer(request("POST", "/", body, Map.of()), record);

    assertThat(response.body()).isEqualTo("{\"page\":\"" + page + "\",\"count\":1}");
  }

  /** A file has no site, and neither does the owner's own call. */
  @ParameterizedTest
  @ValueSource(strings = {"", "file:///home/x.html", "about:blank", "https://", "x"})
  void answer_nameWithoutASiteBesideIt_isWhatItIs(String url) {
    String body = "{\"page\":\"/about\",\"url\":\"" + url + "\"}";

    assertThat(post(body).body()).isEqualTo("{\"page\":\"/about\",\"count\":1}");
  }

  /** Cases B19 and B31: answered with the reason, but not counted. */
  @ParameterizedTest
  @CsvSource({
    "user-agent, curl/8.5.0, bot",
    "user-agent, '', bot",
    "user-agent, 'Mozilla/5.0 (compatible; Googlebot/2.1)', bot",
    "sec-purpose, prefetch;prerender, prefetch",
    "x-moz, prefetch, prefetch",
    "x-forwarded-for, 203.0.113.9, excluded"
  })
  void answer_trackersViewToBeDropped_is202AndNotCounted(
      String header, String value, String reason) {
    IncrementEndpoint endpoint =
        endpoint(
            Map.of(
                "TRUSTED_IP_HEADER",
                "X-Forwarded-For",
                "EXCLUDED_IPS",
                "2001:db8::1, 203.0.113.9"));
    for (String page : List.of("", "\"page\":\"example.com/a\",")) {
      String body = "{" + page + "\"url\":\"https://example.com/a\",\"id\":\"v1\"}";

      HttpResponse response =
          endpoint.answer(request("POST", "/", body, Map.of(header, value)), record);

      assertThat(response.status()).isEqualTo(202);
      assertThat(response.body())
          .isEqualTo("{\"page\":\"example.com/a\",\"dropped\":\"" + reason + "\"}");
      assertThat(response.headers())
          .containsEntry("visitorcount-dropped", reason)
          .containsEntry("content-type", "application/json")
          .containsEntry("cache-control", "no-store");
    }
    assertThat(counters.read(PageId.of("example.com/a"))).isZero();
    verify(record, times(2)).count(Metric.DROPPED_VIEWS);
    verify(record, times(2)).note("dropped", reason);
    verify(record, times(2)).note("page", "example.com/a");
    verifyNoMoreInteractions(record);
  }

  @ParameterizedTest
  @CsvSource({
    "user-agent, curl/8.5.0",
    "user-agent, ''",
    "user-agent, 'Mozilla/5.0 (compatible; Googlebot/2.1)'",
    "purpose, prefetch",
    "x-forwarded-for, 203.0.113.9"
  })
  void answer_ownersOwnCall_countsWhoeverAsks(String header, String value) {
    IncrementEndpoint endpoint =
        endpoint(Map.of("TRUSTED_IP_HEADER", "X-Forwarded-For", "EXCLUDED_IPS", "203.0.113.9"));
    String[] bodies = {"{\"page\":\"main_page\"}", "{\"page\":\"main_page\",\"url\":\"\"}", null};
    for (String body : bodies) {
      HttpResponse response =
          endpoint.answer(request("POST", "/", body, Map.of(header, value)), record);

      assertThat(response.status()).isEqualTo(200);
      assertThat(response.headers()).doesNotContainKey("visitorcount-dropped");
    }
    assertThat(counters.read(PageId.of("main_page"))).isEqualTo(3);
    verify(record, never()).count(Metric.DROPPED_VIEWS);
  }

  @Test
  void answer_dropOnASiteThatIsNotCounted_isRefusedFirst() {
    HttpRequest request =
        request("POST", "/", "{\"url\":\"https://other.test/\"}", Map.of("user-agent", "curl/8"));

    assertProblem(
        () -> endpoint("*", "example.com").answer(request, record),
        ProblemType.SITE_NOT_CONFIGURED);
    verify(record, never()).count(Metric.DROPPED_VIEWS);
  }

  @Test
  void answer_saltsAreDown_countsNothing() {
    Settings settings = Settings.from(variables(Map.of()));
    Visitors visitors =
        new Visitors(
            settings.clientAddress(),
            day -> {
              throw new StoreUnavailableException("no salt");
            });
    IncrementEndpoint endpoint =
        new IncrementEndpoint(settings, new Intake(settings, counters, visitors, CLOCK));
    HttpRequest request = request("POST", "/", "{\"page\":\"a\"}", Map.of());

    assertThatThrownBy(() -> endpoint.answer(request, record))
        .isInstanceOf(StoreUnavailableException.class);
    assertThat(counters.read(PageId.of("a"))).isZero();
  }

  @Test
  void answer_countBeyondEveryMachineNumber_isExact() {
    counters.set(PageId.of("a"), new BigInteger("99999999999999999999999999999999999998"));

    assertThat(post("{\"page\":\"a\"}").body())
        .isEqualTo("{\"page\":\"a\",\"count\":99999999999999999999999999999999999999}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}|INVALID_PAGE",
        "{\"other\":1}|INVALID_PAGE",
        "{\"page\":null}|INVALID_PAGE",
        "{\"page\":1}|INVALID_PAGE",
        "{\"page\":{}}|INVALID_PAGE",
        "{\"page\":[\"a\"]}|INVALID_PAGE",
        "{\"url\":\"/a\"}|INVALID_PAGE",
        "{\"url\":\"file:///a\"}|INVALID_PAGE",
        "{\"url\":\"about:blank\"}|INVALID_PAGE",
        "{\"page\":\"a\",\"id\":\"\"}|INVALID_VIEW",
        "{\"page\":\"a\",\"id\":7}|INVALID_VIEW",
        "{\"page\":\"a\",\"id\":\"a b\"}|INVALID_VIEW",
        "{\"event\":\"\"}|INVALID_EVENT",
        "{\"event\":7}|INVALID_EVENT",
        "{\"event\":null,\"page\":\"a\"}|INVALID_EVENT",
        "{\"event\":\"a\\nb\"}|INVALID_EVENT",
        "{\"event\":\"a\",\"id\":\"\"}|INVALID_VIEW",
        "{\"event\":\"a\",\"url\":\"file:///a\"}|INVALID_PAGE",
        "[]|MALFORMED_REQUEST",
        "x|MALFORMED_REQUEST"
      })
  void answer_wrongBody_isAProblemAndCountsNothing(String body, ProblemType type) {
    assertProblem(() -> post(body), type);
    assertThat(counters.read(PageId.of("a"))).isZero();
    assertThat(counters.read(PageId.of("main_page"))).isZero();
  }

  @Test
  void answer_noPageButReferer_isAProblem_caseB23() {
    HttpRequest request = request("POST", "/", "{}", Map.of("referer", "https://site.example/"));

    assertProblem(() -> endpoint("*", "").answer(request, record), ProblemType.INVALID_PAGE);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "#salt", "a\\u0000b", "exa mple/a", "https://"})
  void answer_textThatIsNoPage_isRefused(String page) {
    assertThatThrownBy(() -> post("{\"page\":\"" + page + "\"}"))
        .isInstanceOf(InvalidPageException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "HEAD", "PUT", "DELETE", "OPTIONS", "PATCH", "XYZ1", "post", ""})
  void answer_otherMethod_is405WithAllow(String method) {
    assertThatThrownBy(() -> endpoint("*", "").answer(request(method, "/", null, Map.of()), record))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> {
              assertThat(e.problem().type()).isEqualTo(ProblemType.METHOD_NOT_ALLOWED);
              assertThat(e.problem().headers()).containsEntry("allow", "POST");
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/a", "//", "/api/event", "/%2F"})
  void answer_otherPath_is404(String path) {
    assertProblem(
        () -> endpoint("*", "").answer(request("POST", path, null, Map.of()), record),
        ProblemType.NOT_FOUND);
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "none",
      value = {
        "*, https://anywhere.test, true",
        "*, null, true",
        "*, none, true",
        "https://example.com, https://example.com, true",
        "https://example.com, https://EXAMPLE.com, true",
        "https://example.com, none, true",
        "'https://a.test, https://b.test:8443', https://b.test:8443, true",
        "https://example.com, http://example.com, false",
        "https://example.com, https://www.example.com, false",
        "https://example.com, https://example.com.evil.test, false",
        "https://example.com, https://example.com:8443, false",
        "https://example.com, null, false",
        "https://example.com, '', false"
      })
  void answer_origin_isCheckedHereToo(String allowed, String origin, boolean counts) {
    Map<String, String> headers = origin == null ? Map.of() : Map.of("origin", origin);
    HttpRequest request = request("POST", "/", "{\"page\":\"a\"}", headers);

    if (counts) {
      assertThat(endpoint(allowed, "").answer(request, record).status()).isEqualTo(200);
    } else {
      assertProblem(
          () -> endpoint(allowed, "").answer(request, record), ProblemType.ORIGIN_NOT_ALLOWED);
      assertThat(counters.read(PageId.of("a"))).isZero();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "*, '', anything.test/a, true",
    "*, example.com, example.com/a, true",
    "*, example.com, other.test/a, false",
    "*, example.com, main_page, true",
    "*, example.com, /about, true",
    "https://example.com, '', example.com/a, true",
    "https://example.com, '', EXAMPLE.com:443/a, true",
    "https://example.com, '', other.test/a, false",
    "https://example.com, '', www.example.com/a, false",
    "https://example.com:8443, '', example.com:8443/a, true",
    "https://example.com:8443, '', example.com/a, false",
    "https://example.com, 'blog.test, shop.test', blog.test/a, true",
    "https://example.com, 'blog.test, shop.test', example.com/a, false",
    "https://bücher.de, '', xn--bcher-kva.de/a, true"
  })
  void answer_site_mustBeConfigured(String origins, String sites, String page, boolean counts) {
    HttpRequest request = request("POST", "/", "{\"page\":\"" + page + "\"}", Map.of());

    if (counts) {
      assertThat(endpoint(origins, sites).answer(request, record).status()).isEqualTo(200);
    } else {
      assertProblem(
          () -> endpoint(origins, sites).answer(request, record), ProblemType.SITE_NOT_CONFIGURED);
      assertThat(counters.read(PageId.of(page))).isZero();
    }
  }

  @Test
  void answer_cookie_isIgnored_caseB15() {
    HttpRequest request =
        request("POST", "/", "{\"page\":\"a\"}", Map.of("cookie", "a=b", "origin", "null"));

    HttpResponse response = endpoint("*", "").answer(request, record);

    assertThat(response.status()).isEqualTo(200);
    assertThat(response.headers()).doesNotContainKeys("set-cookie", "access-control-allow-origin");
  }

  @Test
  void answer_keptQueryParameters_arePartOfThePage() {
    Settings settings = Settings.from(variables(Map.of("KEPT_QUERY_PARAMETERS", "id, lang")));
    IncrementEndpoint endpoint =
        new IncrementEndpoint(settings, new Intake(settings, counters, visitors(settings), CLOCK));

    assertThat(
            endpoint
                .answer(
                    request("POST", "/", "{\"page\":\"/p?lang=de&x=1&id=7\"}", Map.of()), record)
                .body())
        .isEqualTo("{\"page\":\"/p?id=7&lang=de\",\"count\":1}");
  }

  @Test
  void answer_aliasOfASite_countsForTheSite() {
    IncrementEndpoint endpoint =
        endpoint(
            Map.of(
                "ALLOWED_ORIGINS", "https://example.com,https://www.example.com",
                "SITE_ALIASES", "www.example.com=example.com"));

    for (String url : List.of("https://www.example.com/a", "https://example.com/a")) {
      endpoint.answer(request("POST", "/", "{\"url\":\"" + url + "\"}", Map.of()), record);
    }

    assertThat(counters.read(PageId.of("example.com/a"))).isEqualTo(2);
    assertThat(counters.read(PageId.of("www.example.com/a"))).isZero();
  }

  /** The twin: without the setting they are two sites. */
  @Test
  void answer_hostThatIsNoAlias_isASiteOfItsOwn() {
    endpoint("*", "")
        .answer(request("POST", "/", "{\"url\":\"https://www.example.com/a\"}", Map.of()), record);

    assertThat(counters.read(PageId.of("www.example.com/a"))).isOne();
  }

  @Test
  void answer_siteNamedByItsAlias_isCounted() {
    IncrementEndpoint endpoint =
        endpoint(Map.of("SITES", "www.example.com", "SITE_ALIASES", "www.example.com=example.com"));

    for (String page : List.of("www.example.com/a", "example.com/a")) {
      assertThat(
              endpoint
                  .answer(request("POST", "/", "{\"page\":\"" + page + "\"}", Map.of()), record)
                  .body())
          .startsWith("{\"page\":\"example.com/a\",\"count\":");
    }
  }

  @Test
  void answer_closedCount_isCountedAndNotTold() {
    assertThat(
            endpoint(Map.of("PUBLIC_COUNTS", "none"))
                .answer(request("POST", "/", "{\"page\":\"a\"}", Map.of()), record)
                .body())
        .isEqualTo("{\"page\":\"a\"}");
    assertThat(counters.read(PageId.of("a"))).isOne();
  }

  private HttpResponse post(String body) {
    return endpoint("*", "").answer(request("POST", "/", body, Map.of()), record);
  }

  private IncrementEndpoint endpoint(String origins, String sites) {
    return endpoint(Map.of("ALLOWED_ORIGINS", origins, "SITES", sites));
  }

  private IncrementEndpoint endpoint(Map<String, String> variables) {
    Settings settings = Settings.from(variables(variables));
    return new IncrementEndpoint(
        settings, new Intake(settings, counters, visitors(settings), CLOCK));
  }

  private static Visitors visitors(Settings settings) {
    return new Visitors(settings.clientAddress(), day -> SALT);
  }

  private HttpRequest request(
      String method, String path, String body, Map<String, String> headers) {
    return new HttpRequest(
        "request-" + requests++, method, path, "", browser(headers), body, false, "192.0.2.1");
  }

  /** A browser's headers, unless others are given. */
  static Map<String, String> browser(Map<String, String> headers) {
    Map<String, String> all = new HashMap<>(Map.of("user-agent", Agents.FIREFOX));
    all.putAll(headers);
    return all;
  }

  static Map<String, String> variables(Map<String, String> more) {
    Map<String, String> variables = new HashMap<>();
    variables.put("TABLE_NAME", "VisitorCount");
    variables.put("ALLOWED_ORIGINS", "*");
    variables.put("POWERTOOLS_METRICS_NAMESPACE", "VisitorCount");
    variables.put("POWERTOOLS_SERVICE_NAME", "VisitorCount");
    variables.putAll(more);
    return variables;
  }

  private static void assertProblem(Runnable call, ProblemType type) {
    assertThatThrownBy(call::run)
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> {
              assertThat(e.problem().type()).isEqualTo(type);
              assertThat(e.problem().detail()).isNotBlank();
            });
  }
}
