package com.visitorcount.history.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import com.visitorcount.view.Campaign;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Case C12. */
final class ReferrerSpamTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "semalt.com",
        "www.semalt.com",
        "buttons-for-website.com",
        "a.b.semalt.com",
        "darodar.com",
        "0-0.fr"
      })
  void of_domainOfTheList_isSpam(String host) {
    assertThat(Sources.nameOf(host)).isEqualTo("Spam");
    assertThat(Sources.nameOfTag(host)).isEqualTo("Spam");
    assertThat(Sources.nameOfTag("http://" + host + "/free")).isEqualTo("Spam");
    assertThat(Origin.of(host, Campaign.NONE)).isEqualTo(new Origin("Spam", "Spam"));
    assertThat(Origin.of(host, new Campaign("google", "cpc", "", "", "")).source())
        .isEqualTo("Spam");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "com", "notsemalt.com", "semalt.com.example", "xsemalt.com", "semalt", "0.fr"})
  void of_anotherDomain_isNone(String host) {
    assertThat(ReferrerSpam.is(host)).isFalse();
  }

  @Test
  void list_hasNothingThatOurOwnTableNames() {
    for (String line : Lines.of("sources.txt")) {
      for (String known : line.substring(line.indexOf(": ") + 1).strip().split(" ", -1)) {
        assertThat(ReferrerSpam.is(known.replace("*", "com"))).as(known).isFalse();
      }
    }
  }

  @Test
  void list_isOfDomainsInOneForm() {
    List<String> domains = Lines.of("spam.txt");

    assertThat(domains).hasSizeGreaterThan(2_000).isSorted().doesNotHaveDuplicates();
    assertThat(domains).allMatch(domain -> domain.matches("[a-z0-9-]+([.][a-z0-9-]+)+"));
  }
}
