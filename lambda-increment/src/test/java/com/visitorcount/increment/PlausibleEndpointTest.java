package com.visitorcount.increment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.clearInvocations;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;

import com.visitorcount.counter.InMemoryCounters;
import com.visitorcount.http.Endpoint;
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
import com.visitorcount.view.Facts;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PlausibleEndpointTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-25T10:15:30Z"), ZoneOffset.UTC);

  private final InMemoryCounters counters = new InMemoryCounters();
  private final RequestRecord record = mock();
  private final Map<String, String> variables =
      IncrementEndpointTest.variables(Map.of("SITES", "example.com,blog.test"));
  private int requests;

  @Test
  void answer_pageview_isAView() {
    HttpResponse response =
        post(
            """
            {"n":"pageview","u":"https://www.example.com/a/?utm_source=letter#top",\
            "d":"example.com","r":"https://news.example/x","w":1280}\
            """,
            Map.of());

    assertThat(response.status()).isEqualTo(202);
    assertThat(response.body()).isEqualTo("ok");
    assertThat(response.headers())
        .containsEntry("content-type", "text/plain; charset=utf-8")
        .doesNotContainKeys("x-plausible-dropped", "visitorcount-dropped");
    Facts facts = counters.latest(PageId.of("example.com/a")).facts();
    assertThat(facts.entry()).isTrue();
    assertThat(facts.referrer()).isEqualTo("news.example");
    assertThat(facts.campaign().source()).isEqualTo("letter");
    assertThat(facts.device()).isEqualTo("Laptop");
    verify(record).count(Metric.VIEWS);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'n':'signup','u':'https://example.com/a','d':'example.com','p':{'plan':'pro'}}",
        "{'name':'signup','url':'https://example.com/a','domain':'example.com','props':{'plan':'pro'}}",
        "{'n':'signup','u':'https://example.com/a','d':'example.com','p':'{\\'plan\\':\\'pro\\'}'}",
        "{'n':'signup','u':'https://example.com/a','d':'example.com','m':'{\\'plan\\':\\'pro\\'}'}",
        "{'name':'signup','url':'https://example.com/a','domain':'example.com','meta':{'plan':'pro'}}",
        "{'n':'signup','u':'https://example.com/a','d':null,'p':{'plan':'pro','x':{}}}"
      })
  void answer_anythingElse_isAnEvent(String body) {
    assertThat(post(body.replace('\'', '"'), Map.of()).status()).isEqualTo(202);

    PageId event = PageId.of("example.com!signup");
    assertThat(counters.read(event)).isOne();
    assertThat(counters.latest(event).event())
        .isEqualTo(new Event("example.com/a", Map.of("plan", "pro")));
    assertThat(counters.read(PageId.of("example.com/a"))).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "https://example.com/app?x#/about?y, 1, example.com/app/about",
    "https://example.com/app#/about, true, example.com/app/about",
    "https://example.com/app#/about, 0, example.com/app",
    "https://example.com/app#/about, false, example.com/app",
    "https://example.com, 1, example.com/",
    "app://localhost/start, 0, example.com/start",
    "https://staging.example.org:8443/a/../b/, 0, example.com/b",
    "mailto:x@example.com, 0, example.com/x@example.com"
  })
  void answer_url_isAPageOfTheDomain(String url, String hashMode, String page) {
    String body = "{\"n\":\"pageview\",\"u\":\"%s\",\"d\":\"example.com\",\"h\":%s}";

    post(body.formatted(url, hashMode), Map.of());

    assertThat(counters.read(PageId.of(page))).isOne();
  }

  @Test
  void answer_severalDomains_countOnceEach() {
    post("{\"n\":\"pageview\",\"u\":\"https://x/a\",\"d\":\"example.com, blog.test\"}", Map.of());

    assertThat(counters.read(PageId.of("example.com/a"))).isOne();
    assertThat(counters.read(PageId.of("blog.test/a"))).isOne();
  }

  @Test
  void answer_severalDomainsOneOfWhichIsNotCounted_countsNowhere() {
    assertThatThrownBy(
            () ->
                post(
                    "{\"n\":\"pageview\",\"u\":\"https://x/a\",\"d\":\"example.com,other.test\"}",
                    Map.of()))
        .isInstanceOf(ProblemException.class);

    assertThat(counters.read(PageId.of("example.com/a"))).isZero();
  }

  @Test
  void answer_longNames_areThoseOfServers() {
    post(
        "{\"name\":\"pageview\",\"url\":\"https://x/app#/about\",\"domain\":\"example.com\","
            + "\"referrer\":\"https://news.example/x\",\"hashMode\":true}",
        Map.of());

    assertThat(counters.latest(PageId.of("example.com/app/about")).facts().referrer())
        .isEqualTo("news.example");
  }

  @Test
  void answer_propertiesOfAView_revenueAndVersion_areIgnored() {
    String members =
        "\"u\":\"https://x/a\",\"d\":\"example.com\",\"p\":{\"plan\":\"pro\"},\"v\":34,"
            + "\"$\":{\"amount\":9,\"currency\":\"EUR\"},\"revenue\":\"9\"";
    post("{\"n\":\"pageview\"," + members + "}", Map.of());
    post("{\"n\":\"buy\"," + members + "}", Map.of());

    assertThat(counters.latest(PageId.of("example.com/a")).event()).isNull();
    assertThat(counters.latest(PageId.event("example.com", "buy")).event())
        .isEqualTo(new Event("example.com/a", Map.of("plan", "pro")));
  }

  @ParameterizedTest
  @CsvSource({"100, 100", "101, 0", "255, 0"})
  void answer_scrollBeyondThePage_isUnknown(int sent, int known) {
    PageId page = PageId.of("example.com/a");
    post("{\"n\":\"pageview\",\"u\":\"https://x/a\",\"d\":\"example.com\"}", Map.of());
    post(
        "{\"n\":\"engagement\",\"u\":\"https://x/a\",\"d\":\"example.com\",\"e\":9000,\"sd\":"
            + sent
            + "}",
        Map.of());

    assertThat(counters.told(page)).isEqualTo(new Engagement(9, known));
  }

  @Test
  void answer_whatIsDropped_saysSo() {
    HttpResponse response =
        post(
            "{\"n\":\"pageview\",\"u\":\"https://x/a\",\"d\":\"example.com,blog.test\"}",
            Map.of("user-agent", "python-requests/2"));

    assertThat(response.status()).isEqualTo(202);
    assertThat(response.body()).isEqualTo("ok");
    assertThat(response.headers())
        .containsEntry("x-plausible-dropped", "2")
        .containsEntry("visitorcount-dropped", "bot");
    assertThat(counters.read(PageId.of("example.com/a"))).isZero();
  }

  @Test
  void answer_engagement_isToldOfItsPageAndNotCounted() {
    PageId page = PageId.of("example.com/a");
    post("{\"n\":\"pageview\",\"u\":\"https://x/a\",\"d\":\"example.com\"}", Map.of());
    clearInvocations(record);
    HttpResponse response =
        post(
            "{\"n\":\"engagement\",\"u\":\"https://x/a\",\"d\":\"example.com\",\"e\":9000,\"sd\":40,\"v\":34}",
            Map.of());

    assertThat(response.status()).isEqualTo(202);
    verify(record, never()).count(Metric.VIEWS);
    assertThat(counters.read(page)).isOne();
    assertThat(counters.told(page)).isEqualTo(new Engagement(9, 40));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"i|false|false", "interactive|false|false", "i|true|true", "v|34|true"})
  void answer_event_endsABounceUnlessItIsNotInteractive(
      String member, String value, boolean isInteractive) {
    post(
        "{'n':'scrolled','u':'https://x/a','d':'example.com','%s':%s}"
            .formatted(member, value)
            .replace('\'', '"'),
        Map.of());

    assertThat(counters.latest(PageId.event("example.com", "scrolled")).event().isInteractive())
        .isEqualTo(isInteractive);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'n':'engagement','u':'https://x/a','d':'example.com','e':-1}|INVALID_VIEW",
        "{'n':'engagement','u':'https://x/a','d':'example.com','sd':'x'}|INVALID_VIEW",
        "|INVALID_EVENT",
        "{}|INVALID_EVENT",
        "{'n':''}|INVALID_EVENT",
        "{'n':7,'u':'https://example.com/'}|INVALID_EVENT",
        "{'n':'pageview'}|INVALID_PAGE",
        "{'n':'pageview','u':'/a','d':'example.com'}|INVALID_PAGE",
        "{'n':'pageview','u':'https:/a'}|INVALID_PAGE",
        "{'n':'pageview','u':'https://x/a','d':'a.b/c'}|INVALID_PAGE",
        "{'n':'pageview','u':'https://x/a','d':'a,b,c,d,e,f'}|INVALID_PAGE",
        "{'n':'pageview','u':'https://x/a','d':'example.com,'}|INVALID_PAGE",
        "{'n':'pageview','u':'https://x/a','d':'other.test'}|SITE_NOT_CONFIGURED",
        "[]|MALFORMED_REQUEST"
      })
  void answer_wrongBody_isAProblem(String body, ProblemType type) {
    assertThatThrownBy(() -> post(body == null ? null : body.replace('\'', '"'), Map.of()))
        .isInstanceOfSatisfying(
            ProblemException.class, e -> assertThat(e.problem().type()).isEqualTo(type));
  }

  @Test
  void answer_domainThatIsNoHost_isRefused() {
    assertThatThrownBy(
            () -> post("{\"n\":\"pageview\",\"u\":\"https://x/a\",\"d\":\"-a\"}", Map.of()))
        .isInstanceOf(InvalidPageException.class);
  }

  @Test
  void answer_foreignOriginOrOtherMethod_isRefused() {
    variables.put("ALLOWED_ORIGINS", "https://example.com");
    String body = "{\"n\":\"pageview\",\"u\":\"https://example.com/a\",\"d\":\"example.com\"}";

    assertThatThrownBy(() -> post(body, Map.of("origin", "https://other.test")))
        .isInstanceOf(ProblemException.class);
    assertThatThrownBy(() -> answer("GET", null, Map.of())).isInstanceOf(ProblemException.class);
    assertThat(counters.read(PageId.of("example.com/a"))).isZero();
  }

  private HttpResponse post(String body, Map<String, String> headers) {
    return answer("POST", body, headers);
  }

  private HttpResponse answer(String method, String body, Map<String, String> headers) {
    Endpoint function =
        IncrementHandler.endpoint(Settings.from(variables), counters, day -> new byte[32], CLOCK);
    return function.answer(
        new HttpRequest(
            "request-" + requests++,
            method,
            "/api/event",
            "",
            IncrementEndpointTest.browser(headers),
            body,
            false,
            "192.0.2.1"),
        record);
  }
}
