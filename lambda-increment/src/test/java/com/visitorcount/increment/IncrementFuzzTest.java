package com.visitorcount.increment;

import static org.assertj.core.api.Assertions.assertThat;

import com.visitorcount.counter.InMemoryCounters;
import com.visitorcount.http.FunctionFuzz;
import com.visitorcount.http.FunctionFuzz.Sample;
import com.visitorcount.http.HttpFunction;
import com.visitorcount.http.JsonRecords;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** Random requests to the increment function. Captures standard output. */
@Isolated
final class IncrementFuzzTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-25T10:15:30Z"), ZoneOffset.UTC);

  @Test
  void views_almostRight_areCountedOrRefused() {
    SortedMap<Integer, Integer> statuses =
        fuzz(
            1,
            new Sample("POST", "/", "", "{\"page\":\"main_page\"}"),
            new Sample("POST", "/", "", null),
            new Sample(
                "POST",
                "/",
                "",
                """
                {"url":"https://example.com/a/b%20c?utm_source=x&UTM_medium=y%2Bz&id=7#top",
                "referrer":"https://www.news.example/x?y=z","id":"0a1b2c3d","tz":"Europe/Berlin",
                "w":5}\
                """),
            new Sample(
                "POST",
                "/",
                "",
                """
                {"event":"Outbound Link: Click","url":"https://example.com/a","id":"0a1b2c3e",
                "page":"download/manual.pdf","props":{"url":"other.example/x","n":1,"b":true}}\
                """),
            new Sample(
                "POST",
                "/api/event",
                "",
                """
                {"n":"signup","u":"https://example.com/a?x#/b","d":"example.com,www.example.com",
                "r":"https://www.news.example/","p":"{\\"plan\\":\\"pro\\"}","h":1,"w":1280,"v":3}\
                """));

    assertThat(statuses).containsKeys(200, 202, 400, 403, 404, 405);
    assertThat(statuses.get(200)).isGreaterThan(statuses.get(400) / 4);
  }

  @Test
  void images_almostRight_areImages() {
    String query = "page=example.com/a&label=views&color=teal&style=flat-square&compact=true";
    SortedMap<Integer, Integer> statuses =
        fuzz(
            2,
            new Sample("GET", "/hit.svg", query, null),
            new Sample("GET", "/hit.gif", query, null));

    assertThat(statuses).containsKeys(200, 404, 405);
  }

  private static SortedMap<Integer, Integer> fuzz(long seed, Sample... samples) {
    Settings settings =
        Settings.from(
            IncrementEndpointTest.variables(
                Map.of(
                    "ALLOWED_ORIGINS", "https://example.com",
                    "SITES", "example.com,xn--nxasmq6b",
                    "KEPT_QUERY_PARAMETERS", "id",
                    "COUNTING_IMAGE", "true",
                    "TRUSTED_IP_HEADER", "X-Forwarded-For",
                    "TRUSTED_COUNTRY_HEADER", "X-Country")));
    HttpFunction function =
        new HttpFunction(
            IncrementHandler.endpoint(settings, new InMemoryCounters(), day -> new byte[32], CLOCK),
            settings.telemetry(),
            () -> 0,
            new JsonRecords(CLOCK));
    FunctionFuzz fuzz = new FunctionFuzz(function, seed, samples);
    fuzz.runRepetitions();
    SortedMap<Integer, Integer> statuses = fuzz.run();
    System.out.println("increment function, answers by status: " + statuses);
    return statuses;
  }
}
