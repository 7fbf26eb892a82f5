package com.visitorcount.increment;

import static org.assertj.core.api.Assertions.assertThat;

import com.visitorcount.http.ClientAddress;
import com.visitorcount.http.HttpRequest;
import com.visitorcount.page.PageId;
import com.visitorcount.visitor.Salts;
import com.visitorcount.visitor.VisitorToken;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class VisitorsTest {
  private static final Instant NOW = Instant.parse("2026-11-25T10:15:30Z");
  private static final PageId PAGE = PageId.of("example.com/a");
  private static final Salts SALTS =
      day -> ByteBuffer.allocate(32).putLong(day.toEpochDay()).array();

  @Test
  void visitor_onePersonOnFivePaths_isOne_caseB33() {
    Set<VisitorToken> tokens = new HashSet<>();
    for (int i = 0; i < 5; i++) {
      tokens.add(visitor("", "192.0.2.1", Map.of(), PageId.of("example.com/" + i), NOW));
    }

    assertThat(tokens).hasSize(1);
    assertThat(tokens)
        .doesNotContain(visitor("", "192.0.2.1", Map.of(), PageId.of("other.test/0"), NOW));
  }

  @ParameterizedTest
  @CsvSource({
    "2026-11-25T00:00:00Z, 2026-11-25T23:59:59.999Z, true",
    "2026-11-25T23:59:00Z, 2026-11-26T00:01:00Z, false",
    "2026-11-25T23:59:59.999Z, 2026-11-26T00:00:00Z, false"
  })
  void visitor_acrossMidnight_isAnother_caseB33(Instant one, Instant other, boolean same) {
    boolean equal =
        visitor("", "192.0.2.1", Map.of(), PAGE, one)
            .equals(visitor("", "192.0.2.1", Map.of(), PAGE, other));

    assertThat(equal).isEqualTo(same);
  }

  @Test
  void visitor_forgedHeaderWithoutSetting_changesNothing_caseB18() {
    Set<VisitorToken> tokens = new HashSet<>();
    for (int i = 1; i <= 100; i++) {
      tokens.add(visitor("", "192.0.2.1", Map.of("x-forwarded-for", "10.0.0." + i), PAGE, NOW));
    }
    Map<String, String> shared = Map.of("x-forwarded-for", "10.0.0.1");

    assertThat(tokens).hasSize(1);
    assertThat(visitor("", "192.0.2.2", shared, PAGE, NOW)).isNotIn(tokens);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "x-forwarded-for|198.51.100.7|198.51.100.7",
        "x-forwarded-for|10.0.0.1, 198.51.100.7|198.51.100.7",
        "x-forwarded-for|10.0.0.1,10.0.0.2 , 198.51.100.7 |198.51.100.7",
        "x-forwarded-for|198.51.100.7:1234|198.51.100.7",
        "x-forwarded-for|2001:db8::1|2001:db8::1",
        "x-forwarded-for|2001:DB8::1|2001:db8::1",
        "x-forwarded-for|[2001:db8::1]:443|2001:db8::1",
        "x-forwarded-for|[2001:db8::1]|2001:db8::1",
        "cloudfront-viewer-address|198.51.100.7:46532|198.51.100.7",
        "cloudfront-viewer-address|2001:db8::1:46532|2001:db8::1",
        "cloudfront-viewer-address|[2001:db8::1]:46532|2001:db8::1",
        "cf-connecting-ip|198.51.100.7|198.51.100.7",
        // text that is not an address is ignored
        "x-forwarded-for|unknown|192.0.2.1",
        "x-forwarded-for|198.51.100.7, |192.0.2.1",
        "x-forwarded-for|''|192.0.2.1",
        "x-forwarded-for|[|192.0.2.1",
        "x-forwarded-for|:|192.0.2.1",
        "x-forwarded-for|_hidden:80|192.0.2.1",
        "other|198.51.100.7|192.0.2.1"
      })
  void clientAddress_trustedHeader_isItsLastEntry_caseB18(
      String header, String value, String address) {
    String trusted = header.equals("other") ? "x-forwarded-for" : header;

    assertThat(new ClientAddress(trusted).of(request("192.0.2.1", Map.of(header, value))))
        .isEqualTo(address);
  }

  private static VisitorToken visitor(
      String trustedHeader, String sourceIp, Map<String, String> headers, PageId page, Instant at) {
    return new Visitors(new ClientAddress(trustedHeader), SALTS)
        .visitor(request(sourceIp, headers), page, at);
  }

  private static HttpRequest request(String sourceIp, Map<String, String> headers) {
    return new HttpRequest("r", "POST", "/", "", headers, null, false, sourceIp);
  }
}
