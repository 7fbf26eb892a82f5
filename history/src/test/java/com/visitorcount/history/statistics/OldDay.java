package com.visitorcount.history.statistics;

import java.time.LocalDate;
import java.util.Base64;

/** A day of example.com that an older version closed, as the bytes stored then. */
public final class OldDay {
  public static final LocalDate DAY = LocalDate.of(2026, 11, 5);
  private static final byte[] ROWS =
      Base64.getDecoder()
          .decode(
              "AX1RwW6DMAz9l5wtFqCjZedup/0B4hBYyKIGHIUgKk379zmBrQVNlSPz/HixY/uLWaHkyF4qJq+it0YmLfZP"
                  + "DDZhY1DtqFEYyWpgDbqBbqdARmGn3ejvYo8XOYT0hIepb6QLAYff/+i00lFQsZRKzPOcKERFVT4kxZtT"
                  + "Q8X23EqnC+4acq1tyYvJT/2wk5ikE61sEC+hiQeJ/uV7oU1iHXockl4+uN1+Cq+sv9XYPob6piydNnJp"
                  + "/PxK9Jt2ssMroXc9TPErrEcb5XGkxzI/HbMT51BwyA40RIJ5wSNYPJQl5yH9OuSMjENAgV1GvzFip9tC"
                  + "7rT4lyGFHA7wDEVYb1wtX3UBpfX3Dw==");
  private static final byte[] SUMMARY =
      Base64.getDecoder()
          .decode(
              "Aa2TTU+DQBCG/8ueSZ0F1KZnPy6mTc/GNMsypWhhCSyljam/3Rk+2loaDeqBmXcW9mHmZXkXmxirQkzGDqki"
                  + "tianwm+LRgamTDWSdh1RoDZpSPoawBEWt/zMsxCOuOIrWJuIc6HWSFkCB8nB43BD4e6ewoPSGBjzxjLO"
                  + "cWm2pB6NieptTyqzJmMRpyXfUaUtk5SEXikbZXakTULVerRsOe1CVVWjqKaMQhQv1PpOTN5FkJuqwJyl"
                  + "plmsmEjqXUyEoj0byj73WXWiJEEpoORyXXC9d5q9+a6PGQ/ChLiJNfYpehAFuZVFpqILJDmMtI3tOchr"
                  + "QQAtypWyg4H0ejjogB8wnQFTV6Y8NdxvgD4ciFIekR40bzph0oo8QGcwhZpqiv604aBpfxrUd4+DNh1c"
                  + "HnQ+f4XbW7/uig4w5vmXA9ZyYXnBQAnnBkp5NHAKjYEFGfjlmLQWwrj+l84tZOh3FjK25pY2WWiVZCqO"
                  + "0hO629I7Nz15tLPf7YmhNc+kFply/m0GfRomJRjGZfIPoJ593YD4mwEt5n9rar//BA==");

  private OldDay() {}

  /** Its 8 rows. */
  public static byte[] rows() {
    return ROWS.clone();
  }

  /** Its summary, of version 1. */
  public static byte[] summary() {
    return SUMMARY.clone();
  }
}
