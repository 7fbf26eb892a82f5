package com.visitorcount.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class GzipCodingTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "gzip",
        "gzip, deflate, br, zstd",
        "br;q=1.0, GZIP;q=0.5",
        "br , gzip ; q=0.001 ",
        "*",
        "*;q=0, gzip",
        "identity;q=0.5, *;q=0.1",
        "x,gzip;q=1"
      })
  void isAcceptedBy_whoNamesItOrAny_isTrue(String acceptEncoding) {
    assertThat(GzipCoding.isAcceptedBy(request(Map.of("accept-encoding", acceptEncoding))))
        .isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "br",
        "identity",
        "gzip;q=0",
        "gzip;q=0.0",
        "gzip;q=0, *",
        "*, gzip;q=0.000",
        "*;q=0",
        "x-gzip2",
        "gzip2",
        "gzip;level=1"
      })
  void isAcceptedBy_whoNamesOthersOrRefusesIt_isFalse(String acceptEncoding) {
    assertThat(GzipCoding.isAcceptedBy(request(Map.of("accept-encoding", acceptEncoding))))
        .isFalse();
  }

  @Test
  void isAcceptedBy_whoSaysNothing_isFalse() {
    assertThat(GzipCoding.isAcceptedBy(request(Map.of()))).isFalse();
  }

  private static HttpRequest request(Map<String, String> headers) {
    return new HttpRequest("r", "GET", "/", "", headers, null, false, "192.0.2.1");
  }
}
