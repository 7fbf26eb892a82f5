package com.visitorcount.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.mock;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ProxyOnlyTest {
  /** {@code printf %s secret | sha256sum}. */
  private static final String SHA_256_OF_SECRET =
      "2bb80d537b1da3e38bd30361aa855686bde0eacd7162fef6a25fe97bf527a25b";

  private static final Endpoint OK =
      (request, record) -> HttpResponse.json(200, JsonNodeFactory.instance.objectNode());

  private final RequestRecord record = mock();

  @Test
  void answer_withTheSecret_isTheEndpoints() {
    Endpoint endpoint = ProxyOnly.of(OK, SecretHash.of(SHA_256_OF_SECRET));

    assertThat(endpoint.answer(request(Map.of("x-origin-verify", "secret")), record).status())
        .isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Secret", "secret ", "secret,secret", "secre", SHA_256_OF_SECRET})
  void answer_withAnother_is403AndTellsNothing(String sent) {
    assertRefused(Map.of("x-origin-verify", sent));
  }

  @Test
  void answer_withoutTheHeader_is403() {
    assertRefused(Map.of("x-origin", "secret"));
  }

  private void assertRefused(Map<String, String> headers) {
    Endpoint endpoint = ProxyOnly.of(OK, SecretHash.of(SHA_256_OF_SECRET));

    assertThatThrownBy(() -> endpoint.answer(request(headers), record))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> {
              HttpResponse response = endpoint.problem(e.problem(), request(headers));
              assertThat(response.status()).isEqualTo(403);
              assertThat(response.body())
                  .contains("urn:problem-type:visitorcount:not-through-proxy")
                  .doesNotContainIgnoringCase("secret")
                  .doesNotContain("x-origin-verify");
            });
  }

  @Test
  void answer_whereThereIsNoSecret_takesAnyRequest() {
    Endpoint endpoint = ProxyOnly.of(OK, ProxyOnly.secret(new Environment(Map.of())));

    assertThat(endpoint).isSameAs(OK);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "none",
        "2bb8",
        "2BB80D537B1DA3E38BD30361AA855686BDE0EACD7162FEF6A25FE97BF527A25B"
      })
  void secret_thatIsNoHash_isAFaultOfTheEnvironment(String hash) {
    Environment environment = new Environment(Map.of("ORIGIN_SECRET_SHA256", hash));

    assertThat(ProxyOnly.secret(environment).isNone()).isTrue();
    assertThatThrownBy(environment::requireFaultless)
        .hasMessageContaining("ORIGIN_SECRET_SHA256 is no SHA-256 in lower-case hexadecimal");
  }

  @Test
  void hash_ofNothing_isMatchedByNothing() {
    assertThat(SecretHash.of("").matches("")).isFalse();
    assertThat(SecretHash.of("").matches("secret")).isFalse();
  }

  private static HttpRequest request(Map<String, String> headers) {
    return new HttpRequest("1", "GET", "/", "", headers, null, false, "192.0.2.1");
  }
}
