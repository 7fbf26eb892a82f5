package com.visitorcount.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class QueryParametersTest {
  @ParameterizedTest
  @CsvSource({
    "page=a, a",
    "page=%2Fa%2Cb, '/a,b'",
    "page=%252F, %2F",
    "page=a+b, a b",
    "page=a%2Bb, a+b",
    "page=, ''",
    "page, ''",
    "x=1&page=a, a",
    "page=a=b, a=b",
    "p%61ge=a, a",
    "page=%, %",
    "page=%zz, %zz",
    "page=%4, %4",
    "page=%E8%AE%BA, 论",
    "page=论, 论",
    "page=%C3%A9é, éé",
    "&&page=a&, a"
  })
  void first_anyEncoding_isDecodedOnce(String query, String expected) {
    assertThat(QueryParameters.parse(query).first("page")).isEqualTo(expected);
  }

  @Test
  void first_absent_isNull() {
    assertThat(QueryParameters.parse("").first("page")).isNull();
    assertThat(QueryParameters.parse("Page=a").first("page")).isNull();
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "none",
      value = {
        "A=x, x",
        "a=x&A=y, x",
        "A=&a=+&a=y, y",
        "%41=x, x",
        "b=x, none",
        "a=, none",
        "aa=x&=y, none",
        "'', none"
      })
  void firstIgnoringCase_nameInAnyCase_isItsFirstTextThatIsNotBlank(String query, String expected) {
    assertThat(QueryParameters.parse(query).firstIgnoringCase("a")).isEqualTo(expected);
  }

  @Test
  void all_repeated_isInOrderAndNotSplitAtCommas() {
    assertThat(QueryParameters.parse("page=/b,c&x=1&page=/a").all("page"))
        .containsExactly("/b,c", "/a");
  }

  @Test
  void parse_randomText_neverFails() {
    SplittableRandom random = new SplittableRandom(5);
    String alphabet = "%%%%&&==++0123456789abcdefABCDEFxyz/?#\u0000é论\uD83D\uDE00\uD800";
    for (int i = 0; i < 50_000; i++) {
      StringBuilder query = new StringBuilder();
      for (int j = random.nextInt(20); j > 0; j--) {
        query.append(alphabet.charAt(random.nextInt(alphabet.length())));
      }
      QueryParameters parameters = QueryParameters.parse("page=a&" + query);

      assertThat(parameters.first("page")).isEqualTo("a");
    }
  }
}
