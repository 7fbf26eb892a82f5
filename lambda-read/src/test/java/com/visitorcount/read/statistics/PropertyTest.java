package com.visitorcount.read.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import com.visitorcount.history.statistics.Dimension;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class PropertyTest {
  /** These have names of their own; hours have only a panel of the dashboard. */
  private static final Set<Dimension> OTHERS =
      EnumSet.of(
          Dimension.HOUR,
          Dimension.EVENT,
          Dimension.GOAL,
          Dimension.PROPERTY,
          Dimension.PROPERTY_NAMES);

  @Test
  void of_eachDimension_isAPropertyOfItsName() {
    assertThat(EnumSet.complementOf(EnumSet.copyOf(OTHERS)))
        .allSatisfy(
            dimension -> {
              String of = dimension == Dimension.PAGE ? "event:" : "visit:";
              String name = of + dimension.name().toLowerCase(Locale.ROOT);

              assertThat(Property.of(name).dimension()).isEqualTo(dimension);
            });
  }

  @Test
  void of_eventsAndGoals_haveNamesOfTheirOwn() {
    assertThat(
            Stream.of("event:name", "event:goal", "event:props", "event:props:plan")
                .map(name -> Property.of(name).dimension()))
        .containsExactly(
            Dimension.EVENT, Dimension.EVENT, Dimension.PROPERTY_NAMES, Dimension.PROPERTY);
  }
}
