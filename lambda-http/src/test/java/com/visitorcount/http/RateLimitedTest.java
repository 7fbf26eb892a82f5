package com.visitorcount.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.mock;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RateLimitedTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-25T10:00:00Z"), ZoneOffset.UTC);
  private static final Endpoint OK =
      (request, record) -> HttpResponse.json(200, JsonNodeFactory.instance.objectNode());

  private final RequestRecord record = mock();

  @Test
  void answer_tooOften_is429WithWholeSeconds() {
    Endpoint endpoint = RateLimited.of(OK, new ClientAddress(""), 2, CLOCK);

    assertThat(answered(endpoint, i -> request("192.0.2.1", Map.of()), 10)).isEqualTo(10);
    assertThatThrownBy(() -> endpoint.answer(request("192.0.2.1", Map.of()), record))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> {
              HttpResponse response = endpoint.problem(e.problem(), request("", Map.of()));
              assertThat(response.status()).isEqualTo(429);
              assertThat(response.headers())
                  .containsEntry("retry-after", "1")
                  .containsEntry("content-type", "application/problem+json");
              assertThat(response.body())
                  .contains("urn:problem-type:visitorcount:too-many-requests")
                  .doesNotContain("192.0.2.1");
            });
  }

  /**
   * Case B18: a client that forges the header is still one client, and takes nobody else's share.
   */
  @Test
  void answer_forgedForwardedFor_changesNothing() {
    Endpoint endpoint = RateLimited.of(OK, new ClientAddress(""), 2, CLOCK);

    assertThat(
            answered(
                endpoint, i -> request("192.0.2.1", Map.of("x-forwarded-for", "10.0.0." + i)), 100))
        .isEqualTo(10);
    assertThat(
            answered(
                endpoint, i -> request("192.0.2.2", Map.of("x-forwarded-for", "10.0.0.1")), 100))
        .isEqualTo(10);
  }

  /** The twin: if the owner wrongly trusts a header, anyone can appear as any number of clients. */
  @Test
  void answer_forgedHeaderThatIsTrusted_isBelieved() {
    Endpoint endpoint = RateLimited.of(OK, new ClientAddress("x-forwarded-for"), 2, CLOCK);

    assertThat(
            answered(
                endpoint, i -> request("192.0.2.1", Map.of("x-forwarded-for", "10.0.0." + i)), 100))
        .isEqualTo(100);
  }

  @Test
  void answer_zero_isNoLimit() {
    assertThat(RateLimited.of(OK, new ClientAddress(""), 0, CLOCK)).isSameAs(OK);
  }

  @ParameterizedTest
  @CsvSource({
    "2001:db8:0:1::1, 2001:db8:0:1:ffff::2, true",
    "2001:db8:0:1::1, 2001:DB8::1:0:0:0:3, true",
    "2001:db8:0:1::1, 2001:db8:0:2::1, false",
    "192.0.2.1, 192.0.2.1, true",
    "192.0.2.1, 192.0.2.2, false",
    "::zz, ::zz, true",
    "::zz, ::zy, false"
  })
  void networkOf_addresses_areOneClientOrTwo(String one, String other, boolean same) {
    ClientAddress address = new ClientAddress("");

    String network = address.networkOf(request(one, Map.of()));

    assertThat(network.equals(address.networkOf(request(other, Map.of())))).isEqualTo(same);
  }

  private int answered(Endpoint endpoint, IntFunction<HttpRequest> request, int times) {
    int answered = 0;
    for (int i = 0; i < times; i++) {
      try {
        endpoint.answer(request.apply(i), record);
        answered++;
      } catch (ProblemException e) {
        assertThat(e.problem().type()).isEqualTo(ProblemType.TOO_MANY_REQUESTS);
      }
    }
    return answered;
  }

  private static HttpRequest request(String sourceIp, Map<String, String> headers) {
    return new HttpRequest("r", "POST", "/", "", headers, null, false, sourceIp);
  }
}
