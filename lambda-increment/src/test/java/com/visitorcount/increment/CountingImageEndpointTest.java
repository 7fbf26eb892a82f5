package com.visitorcount.increment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.verifyNoMoreInteractions;

import com.visitorcount.counter.InMemoryCounters;
import com.visitorcount.http.HttpRequest;
import com.visitorcount.http.HttpResponse;
import com.visitorcount.http.Metric;
import com.visitorcount.http.Problem;
import com.visitorcount.http.ProblemException;
import com.visitorcount.http.ProblemType;
import com.visitorcount.http.RequestRecord;
import com.visitorcount.page.InvalidPageException;
import com.visitorcount.page.PageId;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CountingImageEndpointTest {
  private static final byte[] SALT = new byte[32];
  private static final String NEVER_KEPT = "no-cache, no-store, max-age=0";

  private final InMemoryCounters counters = new InMemoryCounters();
  private final RequestRecord record = mock();
  private Instant now = Instant.parse("2026-11-25T10:15:30Z");
  private int requests;

  @Test
  void answer_closedCount_isCountedAndNotShown() {
    Map<String, String> closed = Map.of("PUBLIC_COUNTS", "none");
    HttpResponse badge =
        endpoint(closed).answer(request("GET", "/hit.svg", "page=a", Map.of()), record);

    assertThat(badge.body()).contains(">views: not public<");
    assertThat(badge.headers()).containsEntry("cache-control", "no-cache, no-store, max-age=0");
    assertThat(counters.read(PageId.of("a"))).isOne();
  }

  @Test
  void answer_badge_countsAndShowsTheNewCount() {
    counters.set(PageId.of("example.com/a"), BigInteger.valueOf(1_233));

    HttpResponse response = get("/hit.svg", "page=example.com/a&label=readers&color=teal");

    assertThat(response.status()).isEqualTo(200);
    assertThat(response.headers())
        .containsEntry("content-type", "image/svg+xml; charset=utf-8")
        .containsEntry("content-security-policy", "default-src 'none'")
        .containsEntry("x-content-type-options", "nosniff")
        .containsEntry("cache-control", NEVER_KEPT)
        .doesNotContainKeys("etag", "visitorcount-dropped", "visitorcount-problem");
    assertThat(response.body()).contains("aria-label=\"readers: 1,234\"", "\"#0b6e5f\"");
    assertThat(get("/hit.svg", "page=example.com/a").body()).contains(">views: 1,235<");
    verify(record, times(2)).count(Metric.VIEWS);
    verify(record, times(2)).note("page", "example.com/a");
    verifyNoMoreInteractions(record);
  }

  @Test
  void answer_pixel_countsAndIsOneTransparentPixel() throws IOException {
    HttpResponse response = get("/hit.gif", "page=a");

    assertThat(response.headers())
        .containsEntry("content-type", "image/gif")
        .containsEntry("x-content-type-options", "nosniff")
        .containsEntry("cache-control", NEVER_KEPT);
    assertThat(response.base64()).isTrue();
    byte[] gif = Base64.getDecoder().decode(response.body());
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(gif));
    assertThat(gif).hasSize(43);
    assertThat(image.getWidth()).isEqualTo(1);
    assertThat(image.getHeight()).isEqualTo(1);
    assertThat(image.getRGB(0, 0) >>> 24).as("alpha").isZero();
    assertThat(counters.read(PageId.of("a"))).isOne();
  }

  @Test
  void answer_noPage_countsTheDefaultPage() {
    get("/hit.svg", "");
    get("/hit.gif", "label=x");

    assertThat(counters.read(PageId.of("main_page"))).isEqualTo(2);
  }

  /** Case B36: a README that loads the badge twice within a second. */
  @Test
  void answer_sameVisitorWithinTheWindow_countsOnce() {
    HttpRequest request =
        request("GET", "/hit.svg", "page=a", Map.of("user-agent", Agents.FIREFOX));
    HttpRequest other = request("GET", "/hit.svg", "page=a", Map.of("user-agent", Agents.CHROME));

    endpoint(Map.of()).answer(request, record);
    now = now.plusMillis(900);
    HttpResponse again = endpoint(Map.of()).answer(request, record);

    assertThat(again.body()).contains(">views: 1<");
    verify(record).count(Metric.VIEWS);
    verify(record).count(Metric.DUPLICATE_VIEWS);
    assertThat(endpoint(Map.of()).answer(other, record).body()).contains(">views: 2<");
    now = now.plusSeconds(2);
    assertThat(endpoint(Map.of()).answer(request, record).body()).contains(">views: 3<");
  }

  @ParameterizedTest
  @CsvSource({
    "sec-purpose, prefetch",
    "sec-purpose, prefetch;prerender",
    "sec-purpose, 'prefetch;anonymous-client-ip'",
    "purpose, prefetch",
    "purpose, Prefetch",
    "x-moz, prefetch",
    "x-purpose, preview",
    "x-purpose, ': preview'",
    "sec-purpose, prerender"
  })
  void answer_prefetch_isShownAndNotCounted_caseB19(String header, String value) {
    counters.set(PageId.of("a"), BigInteger.TEN);

    HttpResponse response =
        endpoint(Map.of())
            .answer(request("GET", "/hit.svg", "page=a", Map.of(header, value)), record);

    assertThat(response.status()).isEqualTo(200);
    assertThat(response.headers())
        .containsEntry("visitorcount-dropped", "prefetch")
        .containsEntry("cache-control", NEVER_KEPT);
    assertThat(response.body()).contains(">views: 10<");
    assertThat(counters.read(PageId.of("a"))).isEqualTo(10);
    verify(record).count(Metric.READS);
    verify(record).count(Metric.DROPPED_VIEWS);
    verify(record).note("page", "a");
    verify(record).note("dropped", "prefetch");
    verifyNoMoreInteractions(record);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "curl/8.5.0", Agents.BOT, "Slackbot-LinkExpanding 1.0"})
  void answer_bot_isShownAndNotCounted_caseB31(String userAgent) {
    counters.set(PageId.of("a"), BigInteger.TEN);

    HttpResponse response =
        endpoint(Map.of())
            .answer(request("GET", "/hit.svg", "page=a", Map.of("user-agent", userAgent)), record);

    assertThat(response.status()).isEqualTo(200);
    assertThat(response.headers()).containsEntry("visitorcount-dropped", "bot");
    assertThat(response.body()).contains(">views: 10<");
    assertThat(counters.read(PageId.of("a"))).isEqualTo(10);
    verify(record).count(Metric.DROPPED_VIEWS);
    verify(record).note("dropped", "bot");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "github-camo (a1b2c3d4)",
        "Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)"
      })
  void answer_imageProxy_isCountedForItsReader(String userAgent) {
    endpoint(Map.of())
        .answer(request("GET", "/hit.svg", "page=a", Map.of("user-agent", userAgent)), record);

    assertThat(counters.read(PageId.of("a"))).isOne();
  }

  @Test
  void answer_excludedAddress_isShownAndNotCounted() {
    HttpResponse response =
        endpoint(Map.of("EXCLUDED_IPS", "192.0.2.1"))
            .answer(request("GET", "/hit.gif", "page=a", Map.of()), record);

    assertThat(response.headers()).containsEntry("visitorcount-dropped", "excluded");
    assertThat(counters.read(PageId.of("a"))).isZero();
  }

  @ParameterizedTest
  @CsvSource({"sec-purpose, ''", "purpose, navigate", "x-moz, x", "sec-fetch-dest, image"})
  void answer_otherPurpose_isCounted(String header, String value) {
    endpoint(Map.of()).answer(request("GET", "/hit.svg", "page=a", Map.of(header, value)), record);

    assertThat(counters.read(PageId.of("a"))).isOne();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/hit.svg", "/hit.gif"})
  void answer_head_isNotCounted_caseB19(String path) {
    counters.set(PageId.of("a"), BigInteger.TEN);

    HttpResponse response =
        endpoint(Map.of()).answer(request("HEAD", path, "page=a", Map.of()), record);

    assertThat(response.status()).isEqualTo(200);
    assertThat(response.headers()).containsEntry("visitorcount-dropped", "prefetch");
    assertThat(counters.read(PageId.of("a"))).isEqualTo(10);
  }

  @Test
  void answer_twoLoadsOneAfterTheOther_areTwoViewsAndKeptByNoCache_caseB36() {
    HttpResponse first = get("/hit.svg", "page=a");
    now = now.plusSeconds(10);
    HttpResponse second =
        endpoint(Map.of())
            .answer(request("GET", "/hit.svg", "page=a", Map.of("if-none-match", "*")), record);

    assertThat(first.headers()).containsEntry("cache-control", NEVER_KEPT);
    assertThat(second.status()).isEqualTo(200);
    assertThat(second.body()).contains(">views: 2<");
  }

  @ParameterizedTest
  @ValueSource(strings = {"page=", "page=%23salt", "page=a%00b", "page=example.com!signup"})
  void answer_noPageThere_isRefused(String query) {
    assertThatThrownBy(() -> get("/hit.svg", query)).isInstanceOf(InvalidPageException.class);
  }

  @ParameterizedTest
  @CsvSource({"GET, ''", "HEAD, ''", "GET, prefetch"})
  void answer_siteNotConfigured_isRefused(String method, String purpose) {
    Map<String, String> variables = Map.of("ALLOWED_ORIGINS", "https://example.com");
    HttpRequest request =
        request(method, "/hit.svg", "page=other.test/a", Map.of("purpose", purpose));

    assertThatThrownBy(() -> endpoint(variables).answer(request, record))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> assertThat(e.problem().type()).isEqualTo(ProblemType.SITE_NOT_CONFIGURED));
    assertThat(counters.read(PageId.of("other.test/a"))).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST", "PUT", "OPTIONS", "get"})
  void answer_otherMethod_is405WithAllow(String method) {
    HttpRequest request = request(method, "/hit.svg", "page=a", Map.of());

    assertThatThrownBy(() -> endpoint(Map.of()).answer(request, record))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> {
              assertThat(e.problem().headers()).containsEntry("allow", "GET, HEAD");
              assertThat(endpoint(Map.of()).problem(e.problem(), request).status()).isEqualTo(405);
            });
    assertThat(counters.read(PageId.of("a"))).isZero();
  }

  @Test
  void answer_keptQueryParameters_arePartOfThePage() {
    endpoint(Map.of("KEPT_QUERY_PARAMETERS", "id"))
        .answer(request("GET", "/hit.gif", "page=/p%3Fid=7%26x=1", Map.of()), record);

    assertThat(counters.read(PageId.of("/p?id=7", Set.of("id")))).isOne();
  }

  @ParameterizedTest
  @EnumSource(
      value = ProblemType.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = "METHOD_NOT_ALLOWED")
  void problem_any_isAnImageThatNoCacheKeeps_caseB36(ProblemType type) {
    HttpResponse badge = problem(type, "/hit.svg");
    HttpResponse pixel = problem(type, "/hit.gif");

    assertThat(badge.headers()).containsEntry("content-type", "image/svg+xml; charset=utf-8");
    assertThat(pixel.headers()).containsEntry("content-type", "image/gif");
    for (HttpResponse response : new HttpResponse[] {badge, pixel}) {
      assertThat(response.status()).isEqualTo(200);
      assertThat(response.headers())
          .containsEntry("cache-control", NEVER_KEPT)
          .containsEntry("visitorcount-problem", type.slug());
    }
  }

  @Test
  void problem_siteNotConfigured_isWritten() {
    assertThat(problem(ProblemType.SITE_NOT_CONFIGURED, "/hit.svg").body())
        .contains("aria-label=\"views: unknown site\"");
  }

  private HttpResponse problem(ProblemType type, String path) {
    return endpoint(Map.of())
        .problem(Problem.of(type, "detail"), request("GET", path, "page=a", Map.of()));
  }

  private HttpResponse get(String path, String query) {
    // outside the window of the previous load
    now = now.plusSeconds(10);
    return endpoint(Map.of()).answer(request("GET", path, query, Map.of()), record);
  }

  private CountingImageEndpoint endpoint(Map<String, String> variables) {
    Settings settings = Settings.from(IncrementEndpointTest.variables(variables));
    Visitors visitors = new Visitors(settings.clientAddress(), day -> SALT);
    return new CountingImageEndpoint(
        settings, counters, visitors, Clock.fixed(now, ZoneOffset.UTC));
  }

  private HttpRequest request(
      String method, String path, String query, Map<String, String> headers) {
    return new HttpRequest(
        "request-" + requests++,
        method,
        path,
        query,
        IncrementEndpointTest.browser(headers),
        null,
        false,
        "192.0.2.1");
  }
}
