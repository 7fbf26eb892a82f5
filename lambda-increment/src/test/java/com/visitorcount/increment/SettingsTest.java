package com.visitorcount.increment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SettingsTest {
  @Test
  void from_allVariables_areRead() {
    Settings settings =
        Settings.from(IncrementEndpointTest.variables(Map.of("KEPT_QUERY_PARAMETERS", "id,lang")));

    assertThat(settings.table()).isEqualTo("VisitorCount");
    assertThat(settings.pages().keptQueryParameters()).containsExactlyInAnyOrder("id", "lang");
    assertThat(settings.telemetry().namespace()).isEqualTo("VisitorCount");
  }

  @ParameterizedTest
  @ValueSource(strings = {"www.example.com", "a=b=c", "a.example=b.example,b.example=c.example"})
  void from_aliasThatIsNone_isAFault(String aliases) {
    Map<String, String> variables =
        IncrementEndpointTest.variables(Map.of("SITE_ALIASES", aliases));
    assertThatThrownBy(() -> Settings.from(variables))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("SITE_ALIASES");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "1001", "1.5", "many", ""})
  void from_rateThatIsNone_isAFault(String rate) {
    Map<String, String> variables =
        IncrementEndpointTest.variables(Map.of("CLIENT_REQUESTS_PER_SECOND", rate));
    assertThatThrownBy(() -> Settings.from(variables))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("CLIENT_REQUESTS_PER_SECOND");
  }

  @Test
  void from_rate_isRead() {
    assertThat(Settings.from(IncrementEndpointTest.variables(Map.of())).requestsPerSecond())
        .isZero();
    assertThat(
            Settings.from(
                    IncrementEndpointTest.variables(Map.of("CLIENT_REQUESTS_PER_SECOND", "20")))
                .requestsPerSecond())
        .isEqualTo(20);
  }

  @Test
  void from_nothing_namesAllThatIsMissing() {
    assertThatThrownBy(() -> Settings.from(Map.of()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContainingAll(
            "TABLE_NAME",
            "ALLOWED_ORIGINS",
            "POWERTOOLS_METRICS_NAMESPACE",
            "POWERTOOLS_SERVICE_NAME");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "example.com",
        "https://example.com/",
        "https://example.com/a",
        "https://",
        "/a",
        "https://example.com?x=1",
        "null"
      })
  void from_originThatIsNone_isAFault(String origin) {
    // browsers never send a trailing slash
    assertThatThrownBy(
            () -> Settings.from(IncrementEndpointTest.variables(Map.of("ALLOWED_ORIGINS", origin))))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("ALLOWED_ORIGINS");
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://example.com", "a b", "example.com/blog"})
  void from_siteThatIsNoHost_isAFault(String site) {
    assertThatThrownBy(() -> Settings.from(IncrementEndpointTest.variables(Map.of("SITES", site))))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("SITES");
  }

  @Test
  void from_countingImage_isOffUnlessTrue() {
    assertThat(Settings.from(IncrementEndpointTest.variables(Map.of())).countingImage()).isFalse();
    assertThat(countingImage("false").countingImage()).isFalse();
    assertThat(countingImage("true").countingImage()).isTrue();
    assertThatThrownBy(() -> countingImage("yes"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("COUNTING_IMAGE must be true or false");
  }

  @Test
  void from_trustedHeaders_areNoneUnlessNamed() {
    Settings none = Settings.from(IncrementEndpointTest.variables(Map.of()));
    Settings named =
        Settings.from(
            IncrementEndpointTest.variables(
                Map.of(
                    "TRUSTED_COUNTRY_HEADER", "CloudFront-Viewer-Country",
                    "EXCLUDED_IPS", "192.0.2.1, 2001:DB8::1")));

    assertThat(none.countryHeader()).isEmpty();
    assertThat(none.excludedAddresses()).isEmpty();
    assertThat(named.countryHeader()).isEqualTo("cloudfront-viewer-country");
    assertThat(named.excludedAddresses()).containsExactlyInAnyOrder("192.0.2.1", "2001:db8::1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"X-Forwarded-For, X-Real-IP", "a:b", "é", "a b"})
  void from_trustedHeaderThatIsNone_isAFault(String header) {
    assertThatThrownBy(
            () ->
                Settings.from(
                    IncrementEndpointTest.variables(
                        Map.of("TRUSTED_IP_HEADER", header, "TRUSTED_COUNTRY_HEADER", header))))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContainingAll("TRUSTED_IP_HEADER", "TRUSTED_COUNTRY_HEADER");
  }

  private static Settings countingImage(String value) {
    return Settings.from(IncrementEndpointTest.variables(Map.of("COUNTING_IMAGE", value)));
  }
}
