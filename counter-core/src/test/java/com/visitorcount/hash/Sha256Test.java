package com.visitorcount.hash;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

final class Sha256Test {
  /** The example of FIPS 180-4. */
  private static final String OF_ABC =
      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

  @Test
  void of_text_isTheStandardsExample() {
    assertThat(HexFormat.of().formatHex(Sha256.of("abc"))).isEqualTo(OF_ABC);
  }

  @Test
  void of_parts_isThatOfTheirSum() {
    assertThat(Sha256.of(List.of("a".getBytes(UTF_8), "bc".getBytes(UTF_8))))
        .isEqualTo(Sha256.of("abc"));
  }

  /** Test case 2 of RFC 4231. */
  @Test
  void hmac_isTheStandardsExample() {
    byte[] hash = Sha256.hmac("Jefe".getBytes(UTF_8), "what do ya want for nothing?");

    assertThat(HexFormat.of().formatHex(hash))
        .isEqualTo("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
  }
}
