package com.visitorcount.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.mock;

import com.visitorcount.counter.InMemoryCounters;
import com.visitorcount.history.HistoryTable;
import com.visitorcount.history.InMemoryHistory;
import com.visitorcount.history.row.Row;
import com.visitorcount.http.Endpoint;
import com.visitorcount.http.HttpRequest;
import com.visitorcount.http.HttpResponse;
import com.visitorcount.http.ProblemException;
import com.visitorcount.http.ProblemType;
import com.visitorcount.http.RequestRecord;
import com.visitorcount.page.PageId;
import com.visitorcount.view.Facts;
import com.visitorcount.web.WebFiles;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class GoatCounterEndpointTest {
  private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");
  private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
  private static final Map<String, String> FROM_SITE = Map.of("origin", "https://example.com");

  private final InMemoryCounters counters = new InMemoryCounters();
  private final HistoryTable history = InMemoryHistory.table();
  private final RequestRecord record = mock();

  @BeforeEach
  void someViews() {
    counters.set(PageId.of("example.com/blog"), BigInteger.valueOf(1_234));
    counters.set(PageId.of("example.com/test.html"), BigInteger.TEN);
    counters.set(PageId.of("example.com/"), BigInteger.TWO);
    counters.set(PageId.of("example.com!signup"), BigInteger.valueOf(7));
    store(1, "2026-11-10T10:00:00Z", "v1");
    store(2, "2026-11-20T10:00:00Z", "v1");
    history.compaction().run(Instant.parse("2026-11-24T00:10:00Z"), () -> false);
    store(3, "2026-11-25T10:00:00Z", "v1");
    store(4, "2026-11-25T10:10:00Z", "v1");
  }

  @ParameterizedTest
  @CsvSource({
    "/counter//blog.json",
    "/counter/%2Fblog.json",
    "/counter/%2fblog%2f.json",
    "/counter/blog.json",
    "/counter/example.com/blog.json",
    "/counter/example.com%2Fblog.json",
    "/counter/http%3A%2F%2Fexample.com%2Fblog.json"
  })
  void json_page_isItsCounts(String path) {
    HttpResponse response = get(path, "", FROM_SITE);

    assertThat(response.status()).isEqualTo(200);
    assertThat(response.body()).isEqualTo("{\"count\":\"1,234\",\"count_unique\":\"3\"}");
    assertThat(response.headers())
        .containsEntry("content-type", "application/json")
        .containsEntry("cache-control", "public, max-age=300")
        .containsEntry("vary", "origin, referer");
  }

  @ParameterizedTest
  @CsvSource({
    "/counter//test.html.json, 10",
    "/counter//.json, 2",
    "/counter/example.com!signup.json, 7",
    "/counter/TOTAL.json, 4"
  })
  void json_otherNames_areFound(String path, String count) {
    assertThat(get(path, "", FROM_SITE).body()).startsWith("{\"count\":\"" + count + "\"");
  }

  @Test
  void site_isThatOfTheReferrerOrTheOneNamed() {
    assertThat(get("/counter//blog.json", "", Map.of("referer", "https://example.com/x")).body())
        .contains("1,234");
    assertThat(get("/counter//blog.json", "site=example.com", Map.of()).body()).contains("1,234");
    assertThat(get("/counter//blog.json", "", Map.of("origin", "null")).status()).isEqualTo(404);
  }

  @Test
  void pageNeverViewed_isNotFoundAndZero() {
    HttpResponse response = get("/counter//nowhere.json", "", FROM_SITE);

    assertThat(response.status()).isEqualTo(404);
    assertThat(response.body()).isEqualTo("{\"count\":\"0\",\"count_unique\":\"0\"}");
  }

  @ParameterizedTest
  @CsvSource({
    "start=week, 3, 2",
    "start=month, 4, 3",
    "start=2026-11-20, 3, 2",
    "start=2026-11-10&end=2026-11-20, 2, 2",
    "end=2026-11-10, 1, 1",
    "start=2026-11-21&end=2026-11-20, 0, 0",
    "start=&end=, '1,234', 3"
  })
  void days_areThoseAskedFor(String query, String views, String visitors) {
    String body = "{\"count\":\"%s\",\"count_unique\":\"%s\"}".formatted(views, visitors);

    assertThat(get("/counter//blog.json", query, FROM_SITE).body()).isEqualTo(body);
    if (!views.contains(",")) {
      assertThat(get("/counter/TOTAL.json", query, FROM_SITE).body()).isEqualTo(body);
    }
  }

  @Test
  void svgAndHtml_showTheNumberUnderTheNamesOfTheirParts() {
    String svg = get("/counter//blog.svg", "", FROM_SITE).body();
    String html = get("/counter/TOTAL.html", "no_branding=1", FROM_SITE).body();

    assertThat(svg)
        .contains("height=\"80\"", "id=\"gcvc-views\"", ">1,234<", ">Views for this page<")
        .contains("aria-label=\"Views for this page: 1,234\"", "id=\"gcvc-by\"");
    assertThat(html)
        .contains("<span id=\"gcvc-for\">Views for this site</span>", "height:60px", ">4</span>")
        .doesNotContain("gcvc-by");
    assertThat(get("/counter//blog.html", "", FROM_SITE).headers())
        .containsEntry(
            "content-security-policy", "default-src 'none'; style-src 'unsafe-inline'; sandbox");
  }

  @ParameterizedTest
  @ValueSource(strings = {"svg", "html"})
  void style_staysInItsElement(String form) {
    String hostile = "%3C/style%3E%3Cscript%3Ealert(1)%3C/script%3Ediv%20%3E%20b{color:red}";

    assertThat(get("/counter//blog." + form, "style=" + hostile, FROM_SITE).body())
        .contains("{color:red}</style>")
        .doesNotContain("<script", "</script");
  }

  @Test
  void png_isTheNumberInPixels() throws Exception {
    BufferedImage image = png("/counter//blog.png", "");
    BufferedImage total = png("/counter/TOTAL.png", "no_branding=1");

    assertThat(image.getWidth()).isEqualTo(200);
    assertThat(image.getHeight()).isEqualTo(80);
    assertThat(total.getHeight()).isEqualTo(60);
    assertThat(row(total, 60 / 2 - 14)).as("top of a 4").isEqualTo("####");
  }

  private static String row(BufferedImage image, int y) {
    StringBuilder row = new StringBuilder();
    for (int x = 4; x < image.getWidth() - 4; x++) {
      row.append((image.getRGB(x, y) & 0xffffff) == 0xffffff ? ' ' : '#');
    }
    return row.toString().strip();
  }

  private BufferedImage png(String path, String query) throws Exception {
    HttpResponse response = get(path, query, FROM_SITE);
    assertThat(response.headers()).containsEntry("content-type", "image/png");
    return ImageIO.read(new ByteArrayInputStream(Base64.getDecoder().decode(response.body())));
  }

  @ParameterizedTest
  @CsvSource({
    "/counter/, '', NOT_FOUND",
    "/counter/x, '', NOT_FOUND",
    "/counter//blog.xml, '', NOT_FOUND",
    "/counter/.json, '', NOT_FOUND",
    "/counter//blog.json, start=yesterday, INVALID_QUERY",
    "/counter//blog.json, end=week, INVALID_QUERY",
    "/counter//blog.json, start=+999999999-01-01, INVALID_QUERY",
    "/counter//blog.json, end=9999-12-31, INVALID_QUERY",
    "/counter//blog.json, site=a/b, INVALID_QUERY",
    "/counter/example.com!signup.json, start=week, INVALID_QUERY"
  })
  void whatIsNone_isAProblem(String path, String query, ProblemType problem) {
    assertThatThrownBy(() -> get(path, query, FROM_SITE))
        .isInstanceOfSatisfying(
            ProblemException.class, e -> assertThat(e.problem().type()).isEqualTo(problem));
  }

  private HttpResponse get(String path, String query, Map<String, String> headers) {
    Settings settings = Settings.from(new HashMap<>(BadgeEndpointTest.variables()));
    Endpoint endpoint = ReadHandler.endpoint(settings, counters, history, new WebFiles(), CLOCK);
    return endpoint.answer(
        new HttpRequest("r", "GET", path, query, headers, null, false, "192.0.2.1"), record);
  }

  private void store(long sequence, String at, String visitor) {
    Instant time = Instant.parse(at);
    Row row =
        new Row(
            PageId.of("example.com/blog"),
            NOW.toEpochMilli(),
            sequence,
            time.getEpochSecond(),
            Facts.NONE,
            visitor);
    assertThat(history.chunks().store(List.of(row), time.plusSeconds(10)).unstored()).isEmpty();
  }
}
