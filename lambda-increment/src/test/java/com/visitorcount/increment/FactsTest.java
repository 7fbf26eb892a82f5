package com.visitorcount.increment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

import com.visitorcount.counter.InMemoryCounters;
import com.visitorcount.http.HttpRequest;
import com.visitorcount.http.HttpResponse;
import com.visitorcount.page.PageId;
import com.visitorcount.view.Campaign;
import com.visitorcount.view.Facts;
import com.visitorcount.view.View;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The facts that a request gives its view. */
final class FactsTest {
  private static final Instant NOW = Instant.parse("2026-11-25T10:15:30Z");
  private static final String URL = ",\"url\":\"https://example.com/a\"}";

  private final InMemoryCounters counters = new InMemoryCounters();

  @Test
  void answer_trackersView_hasAllFactsAndTheVisitor() {
    View view =
        view(
            "{\"url\":\"https://example.com/a?utm_source=letter&utm_campaign=Spring+2026\","
                + "\"referrer\":\"https://news.example/front\",\"id\":\"v1\","
                + "\"tz\":\"Asia/Calcutta\",\"w\":5}",
            "example.com/a",
            Map.of());

    assertThat(view.facts())
        .isEqualTo(
            new Facts(
                true,
                "news.example",
                new Campaign("letter", "", "Spring 2026", "", ""),
                "IN",
                "Firefox",
                "Linux",
                "Laptop"));
    assertThat(view.at()).isEqualTo(NOW);
    assertThat(view.id().value()).isEqualTo("v1");
    assertThat(view.visitor()).isNotNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"page\":\"main_page\"}", ""})
  void answer_ownersCall_hasAVisitorAndIsAnEntry(String body) {
    View view = view(body, "main_page", Map.of());

    assertThat(view.facts())
        .isEqualTo(new Facts(true, "", Campaign.NONE, "", "Firefox", "Linux", "Desktop"));
    assertThat(view.visitor()).isNotNull();
  }

  @ParameterizedTest
  @CsvSource({
    "'', true, ''",
    "https://example.com, false, ''",
    "https://www.example.com/b, false, ''",
    "http://EXAMPLE.com:80/b, false, ''",
    "https://blog.example.com/, true, blog.example.com",
    "https://example.com.evil.test/, true, example.com.evil.test",
    "https://evil.test/example.com, true, evil.test",
    "android-app://com.google.android.gm/, true, com.google.android.gm",
    "javascript:0, true, ''",
    "null, true, ''"
  })
  void answer_referrer_isOfAnotherSiteOrNone_caseB24(
      String referrer, boolean entry, String expected) {
    Facts facts =
        view("{\"referrer\":\"" + referrer + "\"" + URL, "example.com/a", Map.of()).facts();

    assertThat(facts.entry()).isEqualTo(entry);
    assertThat(facts.referrer()).isEqualTo(expected);
  }

  /** With data-page, the page has no host, and the site is the URL's. */
  @Test
  void answer_pageBesideUrl_isNoEntryFromItsOwnSite() {
    String body =
        "{\"page\":\"main_page\",\"url\":\"https://example.com/a\",\"referrer\":\"https://example.com\"}";

    assertThat(view(body, "main_page", Map.of()).facts().entry()).isFalse();
    assertThat(view(body.replace("main_page", "x.test/"), "x.test/", Map.of()).facts().entry())
        .isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "0, Mobile",
    "1, Mobile",
    "2, Tablet",
    "3, Tablet",
    "4, Laptop",
    "5, Laptop",
    "6, Desktop",
    "2147483647, Desktop",
    "-1, Desktop",
    "1.5, Desktop",
    "2147483648, Desktop",
    "'\"1\"', Desktop",
    "null, Desktop",
    "[], Desktop"
  })
  void answer_width_isTheDevice_orElseTheAgentsOwn(String width, String device) {
    String body = "{\"w\":" + width + URL;

    assertThat(view(body, "example.com/a", Map.of()).facts().device()).isEqualTo(device);
  }

  /**
   * A television's window is as wide as a desktop's, and apps on tablets claim to be on a phone.
   */
  @ParameterizedTest
  @CsvSource({"SMART-TV, 7, TV", "SMART-TV, '', TV", "Android Mobile, 3, Tablet"})
  void answer_width_isTheDevice_exceptOfATelevision_caseC10(String told, String w, String device) {
    String agent = "Mozilla/5.0 (" + told + ") AppleWebKit/537.36 Chrome/131.0.0.0";
    String body = w.isEmpty() ? "{\"id\":\"v\"" : "{\"w\":" + w;

    assertThat(view(body + URL, "example.com/a", Map.of("user-agent", agent)).facts().device())
        .isEqualTo(device);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "true", "null", "[]", "{}", "1.5"})
  void answer_wrongTypeOfAnOptionalMember_isIgnored(String value) {
    String body =
        "{\"page\":\"a\",\"url\":?,\"referrer\":?,\"tz\":?,\"w\":\"x\"}".replace("?", value);

    assertThat(view(body, "a", Map.of()).facts())
        .isEqualTo(new Facts(true, "", Campaign.NONE, "", "Firefox", "Linux", "Desktop"));
  }

  @ParameterizedTest
  @CsvSource({
    "CloudFront-Viewer-Country, AT, AT",
    "CloudFront-Viewer-Country, us, US",
    "CloudFront-Viewer-Country, XX, DE",
    "CloudFront-Viewer-Country, T1, DE",
    "CloudFront-Viewer-Country, ZZ, DE",
    "CloudFront-Viewer-Country, '', DE",
    "CloudFront-Viewer-Country, USA, DE",
    "CloudFront-Viewer-Country, <b>, DE",
    "'', AT, DE",
    "CF-IPCountry, AT, DE"
  })
  void answer_country_isOfTheTrustedHeaderOrElseOfTheTimeZone_caseB32(
      String trusted, String value, String country) {
    post(
        "{\"tz\":\"Europe/Berlin\"" + URL,
        Map.of("cloudfront-viewer-country", value),
        Map.of("TRUSTED_COUNTRY_HEADER", trusted));

    assertThat(counters.latest(PageId.of("example.com/a")).facts().country()).isEqualTo(country);
  }

  @ParameterizedTest
  @CsvSource({"2031-01-01T00:00:00Z", "2026-11-25T04:15:30Z"})
  void answer_clientsClock_isNotAsked_caseB10(String clients) {
    View view = view("{\"t\":\"" + clients + "\"" + URL, "example.com/a", Map.of("date", clients));

    assertThat(view.at()).isEqualTo(NOW);
  }

  @Test
  void answer_image_hasWhatItsRequestTells() {
    Settings settings =
        Settings.from(
            IncrementEndpointTest.variables(Map.of("TRUSTED_COUNTRY_HEADER", "CF-IPCountry")));
    HttpRequest request =
        new HttpRequest(
            "r",
            "GET",
            "/hit.svg",
            "page=example.com/a",
            Map.of("user-agent", Agents.CHROME, "cf-ipcountry", "AT"),
            null,
            false,
            "192.0.2.1");

    new CountingImageEndpoint(settings, counters, visitors(settings), clock())
        .answer(request, mock());

    View view = counters.latest(PageId.of("example.com/a"));
    assertThat(view.facts())
        .isEqualTo(new Facts(true, "", Campaign.NONE, "AT", "Chrome", "Windows", "Desktop"));
    assertThat(view.id().value()).startsWith(view.visitor().hex() + "-");
  }

  private View view(String body, String page, Map<String, String> headers) {
    assertThat(post(body, headers, Map.of()).status()).isEqualTo(200);
    return counters.latest(PageId.of(page));
  }

  private HttpResponse post(
      String body, Map<String, String> headers, Map<String, String> variables) {
    Settings settings = Settings.from(IncrementEndpointTest.variables(variables));
    HttpRequest request =
        new HttpRequest(
            "r", "POST", "/", "", IncrementEndpointTest.browser(headers), body, false, "192.0.2.1");
    return new IncrementEndpoint(
            settings, new Intake(settings, counters, visitors(settings), clock()))
        .answer(request, mock());
  }

  private static Visitors visitors(Settings settings) {
    return new Visitors(settings.clientAddress(), day -> new byte[32]);
  }

  private static Clock clock() {
    return Clock.fixed(NOW, ZoneOffset.UTC);
  }
}
