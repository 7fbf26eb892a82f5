package com.visitorcount.increment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class UserAgentsTest {
  private final UserAgents agents = new UserAgents();

  @Test
  void of_sameAgain_isRemembered() {
    UserAgent first = agents.of(Agents.FIREFOX);

    // an equal text in another object
    assertThat(agents.of(new String(Agents.FIREFOX.toCharArray()))).isSameAs(first);
    assertThat(first).isEqualTo(UserAgent.of(Agents.FIREFOX));
  }

  @Test
  void of_manyDifferentOnes_forgetsThoseAskedForLongestAgo() {
    UserAgent often = agents.of(Agents.FIREFOX);
    UserAgent once = agents.of(Agents.CHROME);
    for (int i = 0; i < 10 * UserAgents.CAPACITY; i++) {
      agents.of(Agents.BOT + i);
      assertThat(agents.of(Agents.FIREFOX)).isSameAs(often);
    }

    assertThat(agents.size()).isEqualTo(UserAgents.CAPACITY);
    assertThat(agents.of(Agents.CHROME)).isEqualTo(once).isNotSameAs(once);
  }

  @Test
  void of_anyLength_isReadAndRememberedByItsStart() {
    UserAgent first = agents.of(Agents.FIREFOX + "x".repeat(64 * 1_024));

    assertThat(first.browser()).isEqualTo("Firefox");
    assertThat(agents.of(Agents.FIREFOX + "x".repeat(32 * 1_024) + "bot")).isSameAs(first);
    assertThat(agents.of("x".repeat(UserAgents.MAX_CHARS) + Agents.FIREFOX).browser()).isEmpty();
  }

  @Test
  void of_manyThreads_answersAsOne() {
    List<String> texts =
        IntStream.range(0, 2 * UserAgents.CAPACITY)
            .mapToObj(i -> (i % 2 == 0 ? Agents.CHROME : Agents.BOT) + i)
            .toList();

    assertThat(
            IntStream.range(0, 20_000)
                .parallel()
                .mapToObj(i -> texts.get(i * 7 % texts.size()))
                .filter(text -> !agents.of(text).equals(UserAgent.of(text))))
        .isEmpty();
    assertThat(agents.size()).isEqualTo(UserAgents.CAPACITY);
  }
}
