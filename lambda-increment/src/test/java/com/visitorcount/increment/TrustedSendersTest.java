package com.visitorcount.increment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.mock;

import com.visitorcount.http.Endpoint;
import com.visitorcount.http.HttpRequest;
import com.visitorcount.http.HttpResponse;
import com.visitorcount.http.ProblemException;
import com.visitorcount.http.ProblemType;
import com.visitorcount.http.RequestRecord;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TrustedSendersTest {
  /** SHA-256 of the text {@code token}. */
  private static final String SHA_256 =
      "3c469e9d6c5875d37a43f353d4f88e61fcf812c66eee3457465a40b0da4153e0";

  private static final String SERVER = "198.51.100.1";

  private final AtomicReference<HttpRequest> seen = new AtomicReference<>();
  private final RequestRecord record = mock();

  @ParameterizedTest
  @CsvSource({
    "203.0.113.7, 203.0.113.7",
    "'203.0.113.7, 198.51.100.1', 203.0.113.7",
    "' 2001:DB8::7 ,198.51.100.1,10.0.0.1', 2001:db8::7"
  })
  void answer_token_takesTheFirstAddressForTheVisitors(String forwarded, String visitor) {
    answer(
        Map.of(
            "authorization", "Bearer token", "x-forwarded-for", forwarded, "x-real-ip", "1.1.1.1"));

    assertThat(settings().clientAddress().of(seen.get())).isEqualTo(visitor);
    assertThat(seen.get().sourceIp()).isEqualTo(visitor);
    assertThat(seen.get().headers()).doesNotContainKeys("x-real-ip", "x-country");
    assertThat(seen.get().userAgent()).isEqualTo(Agents.FIREFOX);
  }

  @Test
  void answer_noToken_believesNothing() {
    for (String authorization : new String[] {"", "Basic dG9rZW4=", "token"}) {
      answer(Map.of("authorization", authorization, "x-forwarded-for", "203.0.113.7"));

      assertThat(seen.get().sourceIp()).isEqualTo(SERVER);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"Bearer Token", "bearer token2", "Bearer 3c469e9d"})
  void answer_otherToken_is401(String authorization) {
    assertProblem(
        Map.of("authorization", authorization, "x-forwarded-for", "203.0.113.7"),
        ProblemType.UNAUTHORIZED);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "unknown", ",203.0.113.7", "203.0.113.7:443 x", "a.example"})
  void answer_tokenWithoutAnAddress_isAProblem(String forwarded) {
    assertProblem(
        Map.of("authorization", "Bearer token", "x-forwarded-for", forwarded),
        ProblemType.INVALID_VIEW);
    assertProblem(Map.of("authorization", "Bearer token"), ProblemType.INVALID_VIEW);
  }

  @Test
  void of_noToken_isTheEndpointItself() {
    Settings settings = Settings.from(IncrementEndpointTest.variables(Map.of()));
    Endpoint endpoint = (request, unused) -> HttpResponse.plainText(200, "");

    assertThat(TrustedSenders.of(endpoint, settings.senderToken(), settings.proxyHeaders()))
        .isSameAs(endpoint);
  }

  @Test
  void from_tokenThatIsNoHash_isAFault() {
    Map<String, String> variables =
        IncrementEndpointTest.variables(Map.of("SENDER_TOKEN_SHA256", "token"));

    assertThatThrownBy(() -> Settings.from(variables))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("SENDER_TOKEN_SHA256");
  }

  private static Settings settings() {
    return Settings.from(
        IncrementEndpointTest.variables(
            Map.of(
                "SENDER_TOKEN_SHA256", SHA_256,
                "TRUSTED_IP_HEADER", "X-Real-IP",
                "TRUSTED_COUNTRY_HEADER", "X-Country")));
  }

  private void answer(Map<String, String> more) {
    Map<String, String> headers =
        new HashMap<>(Map.of("user-agent", Agents.FIREFOX, "x-country", "US"));
    headers.putAll(more);
    Endpoint endpoint =
        (request, unused) -> {
          seen.set(request);
          return HttpResponse.plainText(200, "");
        };
    TrustedSenders.of(endpoint, settings().senderToken(), settings().proxyHeaders())
        .answer(
            new HttpRequest("r1", "POST", "/api/event", "", headers, "{}", false, SERVER), record);
  }

  private void assertProblem(Map<String, String> headers, ProblemType type) {
    assertThatThrownBy(() -> answer(headers))
        .isInstanceOfSatisfying(
            ProblemException.class, e -> assertThat(e.problem().type()).isEqualTo(type));
  }
}
