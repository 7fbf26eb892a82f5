package com.visitorcount.read.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.visitorcount.http.HttpRequest;
import com.visitorcount.http.ProblemException;
import com.visitorcount.http.ProblemType;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class StatisticsAccessTest {
  /** SHA-256 of the token, by sha256sum. */
  private static final String OPENSESAME =
      "d9fb92e3bbe65be1f1aad4a82eef4567f7a1ebe2cd110c8049b9698be7a70c88";

  @ParameterizedTest
  @ValueSource(strings = {"Bearer opensesame", "bearer opensesame", "BEARER   opensesame "})
  void require_rightToken_passes(String authorization) {
    assertThatCode(() -> StatisticsAccess.of(false, OPENSESAME, "").require(request(authorization)))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Bearer",
        "Bearer ",
        "opensesame",
        "Basic opensesame",
        "Bearer open sesame",
        "Bearer opensesam",
        "Bearer opensesamee",
        "Bearer OPENSESAME",
        "Bearer \u0000",
        "Bearer d9fb92e3bbe65be1f1aad4a82eef4567f7a1ebe2cd110c8049b9698be7a70c88"
      })
  void require_anythingElse_isUnauthorizedAndSaysHow(String authorization) {
    assertUnauthorized(StatisticsAccess.of(false, OPENSESAME, ""), request(authorization));
  }

  @Test
  void require_noAuthorization_isUnauthorized() {
    assertUnauthorized(StatisticsAccess.of(false, OPENSESAME, ""), request(Map.of()));
  }

  @Test
  void require_noTokenIsRight_isUnauthorized() {
    assertUnauthorized(StatisticsAccess.of(false, "", ""), request("Bearer opensesame"));
    assertUnauthorized(StatisticsAccess.of(false, "", ""), request(Map.of()));
  }

  @Test
  void require_publicStatistics_passWithAnyTokenAndNone() {
    assertThatCode(() -> StatisticsAccess.of(true, OPENSESAME, "").require(request(Map.of())))
        .doesNotThrowAnyException();
    assertThatCode(() -> StatisticsAccess.of(true, "", "").require(request("Bearer wrong")))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(strings = {"opensesame", "ABCDEF", " "})
  void of_noSha256_isRefused(String text) {
    assertThatThrownBy(() -> StatisticsAccess.of(false, text, ""))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static void assertUnauthorized(StatisticsAccess access, HttpRequest request) {
    assertThatThrownBy(() -> access.require(request))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> {
              assertThat(e.problem().type()).isEqualTo(ProblemType.UNAUTHORIZED);
              assertThat(e.problem().headers())
                  .containsEntry("www-authenticate", "Bearer realm=\"VisitorCount\"");
            });
  }

  private static HttpRequest request(String authorization) {
    return request(Map.of("authorization", authorization));
  }

  private static HttpRequest request(Map<String, String> headers) {
    return new HttpRequest("r", "GET", "/api/v1/verify", "", headers, null, false, "192.0.2.1");
  }
}
