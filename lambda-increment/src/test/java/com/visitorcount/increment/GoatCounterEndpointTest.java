package com.visitorcount.increment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import com.visitorcount.counter.Counted;
import com.visitorcount.counter.Counters;
import com.visitorcount.counter.InMemoryCounters;
import com.visitorcount.http.HttpRequest;
import com.visitorcount.http.HttpResponse;
import com.visitorcount.http.ProblemException;
import com.visitorcount.http.ProblemType;
import com.visitorcount.http.RequestRecord;
import com.visitorcount.page.InvalidPageException;
import com.visitorcount.page.PageId;
import com.visitorcount.view.View;
import java.math.BigInteger;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.mockito.ArgumentCaptor;

/**
 * Requests as GoatCounter's documentation describes them, and as its script of 21 August 2026 sends
 * them: a beacon with everything in the query, or an image.
 */
final class GoatCounterEndpointTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-25T12:00:00Z"), ZoneOffset.UTC);
  private static final String SCRIPT =
      "p=%2Fblog%3Fx%3D1&r=https%3A%2F%2Fwww.google.com%2F&t=Title&s=1440&b=0"
          + "&q=%3Futm_source%3Dnews%26utm_medium%3Dmail&rnd=k3x9a";

  private final InMemoryCounters stored = new InMemoryCounters();
  private final RequestRecord record = mock();
  private int id;

  @ParameterizedTest
  @ValueSource(strings = {"GET", "POST"})
  void view_isCountedAndAnsweredByAPixel(String method) {
    HttpResponse response = send(method, SCRIPT, Map.of("origin", "https://example.com"));

    assertThat(response.status()).isEqualTo(200);
    assertThat(response.headers())
        .containsEntry("content-type", "image/gif")
        .containsEntry("cache-control", "no-cache, no-store, max-age=0");
    assertThat(stored.read(PageId.of("example.com/blog"))).isOne();
  }

  @Test
  void view_hasWhatTheScriptTells() {
    Counters counters = mock();
    when(counters.add(any())).thenReturn(new Counted(BigInteger.ONE, false));
    send(counters, "POST", SCRIPT, Map.of("origin", "https://example.com"), Map.of());

    ArgumentCaptor<View> view = ArgumentCaptor.captor();
    verify(counters).add(view.capture());
    assertThat(view.getValue().page()).isEqualTo(PageId.of("example.com/blog"));
    assertThat(view.getValue().facts().referrer()).isEqualTo("www.google.com");
    assertThat(view.getValue().facts().campaign().source()).isEqualTo("news");
    assertThat(view.getValue().facts().campaign().medium()).isEqualTo("mail");
    assertThat(view.getValue().facts().device()).isEqualTo("Laptop");
    assertThat(view.getValue().event()).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"e=true", "e=1", "e=on", "e=TRUE"})
  void event_isCountedAsOne(String flag) {
    send(
        "POST",
        "p=sign+up&" + flag,
        Map.of("origin", "https://example.com", "referer", "https://example.com/pricing"));

    assertThat(stored.read(PageId.of("example.com!sign up"))).isOne();
  }

  @ParameterizedTest
  @CsvSource({
    "p=/a, https://example.com/x/y, example.com/a",
    "p=a, https://example.com, example.com/a",
    "p=//evil.example/a, https://example.com/, example.com/evil.example/a",
    "p=/, http://localhost:8080/, localhost:8080/",
    "p=/a&e=false, https://example.com/, example.com/a"
  })
  void image_isOfTheSiteThatShowsIt(String query, String referrer, String page) {
    send("GET", query, Map.of("referer", referrer));

    assertThat(stored.read(PageId.of(page))).isOne();
  }

  @Test
  void siteUnknown_isTheDefaultSite() {
    send("GET", "p=/a", Map.of());
    send("POST", "p=/a", Map.of("origin", "null"));

    assertThat(stored.read(PageId.of("/a"))).isEqualTo(2);
  }

  @ParameterizedTest
  @CsvSource({"b=150, likeAPersons", "b=153, likeAPersons", "b=0, curl/8.5.0", "b=, ''"})
  void bot_isNotCounted(String flag, String agent) {
    Counters counters = mock();
    Map<String, String> headers = new HashMap<>();
    headers.put("user-agent", agent.equals("likeAPersons") ? Agents.CHROME : agent);
    HttpResponse response = send(counters, "GET", "p=/a&" + flag, headers, Map.of());

    assertThat(response.headers())
        .containsEntry("visitorcount-dropped", "bot")
        .containsEntry("content-type", "image/gif");
    verify(counters, never()).add(any());
  }

  @ParameterizedTest
  @CsvSource({
    "'', INVALID_PAGE",
    "p=, INVALID_PAGE",
    "p=+&e=1, INVALID_EVENT",
    "p=/a&e=maybe, INVALID_QUERY",
    "p=/a&b=7, INVALID_QUERY",
    "p=/a&b=-1, INVALID_QUERY",
    "p=/a&b=many, INVALID_QUERY"
  })
  void parameterThatIsNone_isAProblem(String query, ProblemType problem) {
    assertThatThrownBy(() -> send("GET", query, Map.of()))
        .isInstanceOfSatisfying(
            ProblemException.class, e -> assertThat(e.problem().type()).isEqualTo(problem));
  }

  @Test
  void pathThatIsNone_isAnInvalidPage() {
    assertThatThrownBy(() -> send("GET", "p=/a%00b", Map.of()))
        .isInstanceOf(InvalidPageException.class);
    assertThatThrownBy(() -> send("GET", "p=/" + "a".repeat(600), Map.of()))
        .isInstanceOf(InvalidPageException.class);
  }

  @Test
  void originOrSiteNotAllowed_isRefused() {
    assertProblem(
        "POST",
        Map.of("origin", "https://evil.example"),
        Map.of("ALLOWED_ORIGINS", "https://example.com"),
        ProblemType.ORIGIN_NOT_ALLOWED);
    assertProblem(
        "GET",
        Map.of("referer", "https://evil.example/"),
        Map.of("ALLOWED_ORIGINS", "https://example.com"),
        ProblemType.SITE_NOT_CONFIGURED);
    assertProblem("PUT", Map.of(), Map.of(), ProblemType.METHOD_NOT_ALLOWED);
  }

  private void assertProblem(
      String method,
      Map<String, String> headers,
      Map<String, String> variables,
      ProblemType problem) {
    assertThatThrownBy(() -> send(stored, method, "p=/a", headers, variables))
        .isInstanceOfSatisfying(
            ProblemException.class, e -> assertThat(e.problem().type()).isEqualTo(problem));
  }

  private HttpResponse send(String method, String query, Map<String, String> headers) {
    return send(stored, method, query, headers, Map.of());
  }

  private HttpResponse send(
      Counters counters,
      String method,
      String query,
      Map<String, String> headers,
      Map<String, String> variables) {
    Map<String, String> all = new HashMap<>();
    all.put("TABLE_NAME", "VisitorCount");
    all.put("ALLOWED_ORIGINS", "*");
    all.put("POWERTOOLS_METRICS_NAMESPACE", "VisitorCount");
    all.put("POWERTOOLS_SERVICE_NAME", "VisitorCount");
    all.putAll(variables);
    Settings settings = Settings.from(all);
    Map<String, String> sent = new HashMap<>(headers);
    sent.putIfAbsent("user-agent", Agents.CHROME);
    return IncrementHandler.endpoint(settings, counters, day -> new byte[32], CLOCK)
        .answer(
            new HttpRequest("r" + id++, method, "/count", query, sent, null, false, "192.0.2.1"),
            record);
  }
}
