package com.visitorcount.read.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.visitorcount.counter.InMemoryCounters;
import com.visitorcount.history.HistoryTable;
import com.visitorcount.history.InMemoryHistory;
import com.visitorcount.history.row.Row;
import com.visitorcount.http.Endpoint;
import com.visitorcount.http.HttpRequest;
import com.visitorcount.http.RequestRecord;
import com.visitorcount.page.PageId;
import com.visitorcount.page.PageRules;
import com.visitorcount.page.SiteAliases;
import com.visitorcount.view.Campaign;
import com.visitorcount.view.Facts;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Which sources a list shows (case C12), what answers say about an unknown zone (C14), and aliases.
 */
final class ListedSourcesTest {
  private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

  private final HistoryTable table = InMemoryHistory.table();

  ListedSourcesTest() {
    assertThat(
            table
                .chunks()
                .store(List.of(row(1, "semalt.com"), row(2, "l.facebook.com"), row(3, "")), NOW)
                .unstored())
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "breakdown property=visit:source Facebook|Direct_/_None",
        "breakdown property=visit:channel Organic_Social|Direct",
        "breakdown property=visit:referrer l.facebook.com|Direct_/_None",
        "breakdown property=visit:source&filters=visit:source==Spam Spam",
        "breakdown property=visit:referrer&filters=visit:source==Spam semalt.com",
        "breakdown property=visit:channel&filters=visit:referrer==semalt.com Spam",
        "breakdown property=visit:source&filters=visit:channel==Spam|Direct Direct_/_None|Spam",
        "breakdown property=visit:source&filters=visit:source!=Facebook Direct_/_None"
      })
  void breakdown_ofSpam_isShownOnlyToWhoAsksForIt(String name, String query, String values)
      throws Exception {
    String key = query.replaceFirst("property=visit:([a-z]+).*", "$1");

    assertThat(
            new ObjectMapper().readTree(answer(name, query)).get("results").findValuesAsText(key))
        .containsExactlyInAnyOrder(values.replace('_', ' ').split("\\|", -1));
  }

  @ParameterizedTest
  @CsvSource({
    "aggregate, timezone=America/New_Town&utc_offset=-03:00, -03:00",
    "timeseries, timezone=America/New_Town&utc_offset=-03:00, -03:00",
    "breakdown, property=event:page&timezone=America/New_Town&utc_offset=%2B00:00, UTC",
    "aggregate, timezone=Europe/Berlin&utc_offset=%2B01:00, ''"
  })
  void answer_ofAnUnknownZone_saysWhatStandsForIt(String name, String query, String timezone)
      throws Exception {
    assertThat(new ObjectMapper().readTree(answer(name, query)).path("timezone").asText())
        .isEqualTo(timezone);
  }

  @Test
  void everyAnswer_ofAnAlias_isThatOfItsSite() {
    PageRules rules =
        new PageRules(Set.of(), SiteAliases.of(List.of("www.example.com=example.com")));
    String query = "&period=day&property=event:page";

    for (String name : List.of("aggregate", "timeseries", "breakdown", "realtime")) {
      String path = "/api/v1/stats/" + name;
      assertThat(answer(rules, path, "site_id=www.example.com" + query))
          .isEqualTo(answer(rules, path, "site_id=example.com" + query))
          .isNotEqualTo(answer(PageRules.NONE, path, "site_id=www.example.com" + query));
    }
    assertThat(answer(rules, "/api/v1/verify", "page=www.example.com/"))
        .isEqualTo(answer(rules, "/api/v1/verify", "page=example.com/"));
  }

  private String answer(String name, String query) {
    return answer(
        PageRules.NONE, "/api/v1/stats/" + name, "site_id=example.com&period=day&" + query);
  }

  private String answer(PageRules rules, String path, String query) {
    Endpoint endpoint =
        StatisticsApi.endpoints(
                StatisticsAccess.of(true, "", ""),
                "",
                rules,
                new InMemoryCounters(),
                table,
                Clock.fixed(NOW, ZoneOffset.UTC))
            .get(path);
    HttpRequest request =
        new HttpRequest("r", "GET", path, query, Map.of(), null, false, "192.0.2.1");
    return Objects.requireNonNull(endpoint).answer(request, mock(RequestRecord.class)).body();
  }

  private static Row row(int sequence, String referrer) {
    return new Row(
        PageId.ofKey("example.com/"),
        1,
        sequence,
        NOW.getEpochSecond() - 60 + sequence,
        new Facts(true, referrer, Campaign.NONE, "DE", "Firefox", "Linux", "Laptop"),
        "v" + sequence);
  }
}
