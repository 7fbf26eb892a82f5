package com.visitorcount.increment;

import static org.assertj.core.api.Assertions.assertThat;

import com.visitorcount.counter.StoredViews;
import com.visitorcount.page.PageId;
import com.visitorcount.view.Campaign;
import com.visitorcount.view.Facts;
import com.visitorcount.view.View;
import com.visitorcount.view.ViewId;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Names are stored as their first bytes, and every known one is read back complete. */
final class StoredNamesTest {
  static Stream<String> names() {
    return Stream.concat(UserAgent.browsers(), UserAgent.systems());
  }

  @ParameterizedTest
  @MethodSource("names")
  void storedName_readBack_isTheSame(String name) {
    Facts facts = new Facts(true, "", Campaign.NONE, "", name, name, "");
    View view =
        new View(
            PageId.of("a"), new ViewId("v1"), Instant.parse("2026-11-25T10:15:30Z"), facts, null);

    assertThat(StoredViews.readBack(view)).isEqualTo(facts);
  }
}
