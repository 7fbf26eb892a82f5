package com.visitorcount.local.soak;

import static org.assertj.core.api.Assertions.assertThat;

import com.visitorcount.local.soak.PageAccount.Kind;
import java.math.BigInteger;
import org.junit.jupiter.api.Test;

final class PageAccountTest {
  @Test
  void begin_whileAnOldViewIsUnderWay_isRefusedBeforeTheGuardMayForgetIt() {
    PageAccount page = new PageAccount("a", Kind.PROMISED);
    long oldest = page.begin().orElseThrow();
    for (int i = 1; i < PageAccount.UNDER_WAY; i++) {
      page.acknowledge(page.begin().orElseThrow());
    }

    assertThat(page.begin()).isEmpty();

    page.acknowledge(oldest);
    assertThat(page.begin()).hasValue(PageAccount.UNDER_WAY);
  }

  @Test
  void fault_ofACounterThatIsOff_isOneForEachKindOfPage() {
    assertThat(offBy(Kind.PROMISED, -1)).isTrue();
    assertThat(offBy(Kind.PROMISED, 0)).isFalse();
    assertThat(offBy(Kind.PROMISED, 1)).isTrue();
    assertThat(offBy(Kind.CROWDED, -1)).isTrue();
    assertThat(offBy(Kind.CROWDED, 1)).isFalse();
    assertThat(offBy(Kind.IMAGE, -1)).isTrue();
    assertThat(offBy(Kind.IMAGE, 1)).isTrue();
  }

  @Test
  void fault_ofAnImageThatMayHaveCounted_isNone() {
    PageAccount page = new PageAccount("a", Kind.IMAGE);
    page.acknowledge(page.begin().orElseThrow());
    page.giveUp(page.begin().orElseThrow());

    assertThat(page.fault(BigInteger.ONE)).isEmpty();
    assertThat(page.fault(BigInteger.TWO)).isEmpty();
    assertThat(page.fault(BigInteger.valueOf(3))).isPresent();
  }

  private static boolean offBy(Kind kind, int difference) {
    PageAccount page = new PageAccount("a", kind);
    for (int i = 0; i < 5; i++) {
      page.acknowledge(page.begin().orElseThrow());
    }
    return page.fault(BigInteger.valueOf(5 + difference)).isPresent();
  }
}
