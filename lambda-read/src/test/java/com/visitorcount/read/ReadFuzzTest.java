package com.visitorcount.read;

import static org.assertj.core.api.Assertions.assertThat;

import com.visitorcount.counter.InMemoryCounters;
import com.visitorcount.history.HistoryTable;
import com.visitorcount.history.InMemoryHistory;
import com.visitorcount.history.row.Row;
import com.visitorcount.history.row.Traffic;
import com.visitorcount.http.FunctionFuzz;
import com.visitorcount.http.FunctionFuzz.Sample;
import com.visitorcount.http.HttpFunction;
import com.visitorcount.http.PowertoolsRecords;
import com.visitorcount.page.PageId;
import com.visitorcount.web.WebFiles;
import java.math.BigInteger;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** Random requests to the read function. Captures standard output. */
@Isolated
final class ReadFuzzTest {
  private static final Instant NOW = Instant.parse("2026-11-25T10:15:30Z");
  private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
  private static final String SHARE = "site_id=example.com&share=0123456789abcdef0123456789abcdef&";

  private final InMemoryCounters counters = new InMemoryCounters();
  private final HistoryTable history = InMemoryHistory.table();

  @Test
  void counts_almostRight_areReadOrRefused() {
    SortedMap<Integer, Integer> statuses =
        fuzz(
            true,
            get("/", "page=example.com/a"),
            get("/", "page=/about&page=example.com/a&page=main_page"),
            get("/", ""));

    assertThat(statuses).containsKeys(200, 400, 404, 405);
  }

  @Test
  void badges_almostRight_areImages() {
    assertThat(
            fuzz(
                true,
                get(
                    "/badge.svg",
                    "page=example.com/a&label=Leser&color=%23fff&style=flat&compact=true")))
        .containsKeys(200, 404, 405);
  }

  @Test
  void files_almostRight_areFilesOrNotThere() {
    assertThat(
            fuzz(
                true,
                get("/v.js", ""),
                get("/visitor-count.js", ""),
                get("/dashboard", "site=example.com"),
                get("/dashboard/", "site=example.com&period=30d")))
        .containsKeys(200, 308, 404, 405);
  }

  @Test
  void statistics_almostRight_areAnsweredOrRefused() {
    List<Row> rows = new ArrayList<>(new Traffic("example.com", 1).day(day(1), 40));
    rows.addAll(new Traffic("example.com", 2).day(day(0), 20));
    history.chunks().store(rows, NOW);
    String common =
        "site_id=example.com&period=custom&date=2026-11-20,2026-11-25&timezone=Asia/Kathmandu"
            + "&metrics=visitors,visits,pageviews,views_per_visit,bounce_rate,visit_duration"
            + "&filters=event:page==/**;visit:country!=DE|US&compare=previous_period&format=csv";

    assertThat(
            fuzz(
                true,
                get("/api/v1/stats/aggregate", common),
                get("/api/v1/stats/timeseries", common + "&interval=date"),
                get("/api/v1/stats/timeseries", "site_id=example.com&period=30d&interval=hour"),
                get("/api/v1/stats/breakdown", common + "&property=event:page&limit=9&page=2"),
                get(
                    "/api/v1/stats/breakdown",
                    "site_id=example.com&property=visit:source&search=a"),
                get("/api/v1/stats/realtime", "site_id=example.com"),
                get("/api/v1/stats/realtime/visitors", "site_id=example.com"),
                get("/api/v1/sites", ""),
                get("/api/v1/verify", "page=example.com/a")))
        .containsKeys(200, 400, 404, 405);
  }

  @Test
  void closedStatistics_almostRight_areRefused() {
    assertThat(
            fuzz(
                false,
                get("/api/v1/stats/aggregate", SHARE + "period=day"),
                get("/api/v1/stats/breakdown", SHARE + "property=event:page"),
                get("/api/v1/stats/realtime", SHARE),
                get("/api/v1/sites", SHARE),
                get("/api/v1/verify", "page=example.com/a")))
        .containsKeys(401, 404, 405, 429);
  }

  private static LocalDate day(int ago) {
    return LocalDate.ofInstant(NOW, ZoneOffset.UTC).minusDays(ago);
  }

  private static Sample get(String path, String query) {
    return new Sample("GET", path, query, null);
  }

  private SortedMap<Integer, Integer> fuzz(boolean isPublic, Sample... samples) {
    counters.set(PageId.of("example.com/a"), new BigInteger("9".repeat(38)));
    Map<String, String> variables = new HashMap<>(BadgeEndpointTest.variables());
    variables.put("PUBLIC_STATISTICS", Boolean.toString(isPublic));
    variables.put("STATISTICS_SHARE_SECRET", "a secret of sixteen");
    Settings settings = Settings.from(variables);
    HttpFunction function =
        new HttpFunction(
            ReadHandler.endpoint(settings, counters, history, new WebFiles(), CLOCK),
            settings.telemetry(),
            () -> 0,
            new PowertoolsRecords());
    FunctionFuzz fuzz = new FunctionFuzz(function, 3, samples);
    fuzz.runRepetitions();
    SortedMap<Integer, Integer> statuses = fuzz.run();
    System.out.println("read function, answers by status: " + statuses);
    return statuses;
  }
}
