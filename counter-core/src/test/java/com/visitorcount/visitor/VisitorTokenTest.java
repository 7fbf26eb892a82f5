package com.visitorcount.visitor;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class VisitorTokenTest {
  private static final byte[] SALT = "salt of the day".getBytes(UTF_8);

  /**
   * By {@code printf 'example.com\n192.0.2.1\nx' | openssl dgst -sha256 -hmac 'salt of the day'}.
   */
  @Test
  void of_knownInput_isTheStartOfItsHmac() {
    assertThat(VisitorToken.of(SALT, "example.com", "192.0.2.1", "x").hex())
        .isEqualTo("2eee9518df34dfea");
  }

  @Test
  void of_anythingElse_isAnotherVisitor() {
    VisitorToken token = VisitorToken.of(SALT, "example.com", "192.0.2.1", "x");

    assertThat(VisitorToken.of(SALT, "example.com", "192.0.2.1", "x")).isEqualTo(token);
    assertThat(VisitorToken.of(new byte[32], "example.com", "192.0.2.1", "x")).isNotEqualTo(token);
    assertThat(VisitorToken.of(SALT, "example.org", "192.0.2.1", "x")).isNotEqualTo(token);
    assertThat(VisitorToken.of(SALT, "example.com", "192.0.2.2", "x")).isNotEqualTo(token);
    assertThat(VisitorToken.of(SALT, "example.com", "192.0.2.1", "")).isNotEqualTo(token);
  }
}
