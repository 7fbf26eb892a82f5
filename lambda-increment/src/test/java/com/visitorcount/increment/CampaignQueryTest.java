package com.visitorcount.increment;

import static org.assertj.core.api.Assertions.assertThat;

import com.visitorcount.view.Campaign;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class CampaignQueryTest {
  @Test
  void of_allFive_areRead() {
    assertThat(
            CampaignQuery.of(
                "https://example.com/a?x=1&utm_source=a&utm_medium=b&utm_campaign=c&utm_term=d"
                    + "&utm_content=e#utm_source=z"))
        .isEqualTo(new Campaign("a", "b", "c", "d", "e"));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "utm_source=Android%20App, Android App",
        "utm_source=hello%2Bworld, hello+world",
        "utm_source=Li%C5%A1%C3%A1ck%C3%A9+p%C5%99edplatn%C3%A9, Lišácké předplatné",
        "utm_source=%2520, %20",
        "utm_source=Do%20you%20have%20%22gaps%22, Do you have \"gaps\"",
        "UTM_Source=x, x",
        "utm_source=News-Letter, News-Letter",
        "utm_source=a&utm_source=b, a",
        "UTM_SOURCE=a&utm_source=b, a",
        "utm_source=&utm_source=b, b",
        "utm_source=%20&UTM_SOURCE=b, b",
        "utm_source=%E4%B, `\uFFFD%B`",
        "utm_source=100%, 100%",
        "utm_source=a=b, a=b",
        "%75tm_source=x, x",
        "utm_source=a%0D%0Ab%00c, a  b c",
        "utm_source=%1B[31m, [31m",
        "utm_source=%E2%80%A8x, x"
      })
  void of_source_isDecodedOnce_caseB25(String query, String source) {
    assertThat(CampaignQuery.of("https://example.com/?" + query).source()).isEqualTo(source);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "https://example.com/",
        "https://example.com/?",
        "https://example.com/?utm_source",
        "https://example.com/?utm_source=",
        "https://example.com/?utm_source=+%20",
        "https://example.com/?xutm_source=x&utm_source2=x&utm-source=x",
        "https://example.com/#?utm_source=x",
        "https://example.com/utm_source=x"
      })
  void of_noCampaign_isNone_caseB25(String url) {
    assertThat(CampaignQuery.of(url)).isEqualTo(Campaign.NONE);
  }
}
