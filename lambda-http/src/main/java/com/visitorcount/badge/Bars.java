package com.visitorcount.badge;

import java.util.List;

/**
 * Numbers by day as a small bar chart, latest on the right.
 *
 * @param values one for each day, not negative
 */
public record Bars(List<Long> values) {
  /** Most days. */
  public static final int MAX_DAYS = 30;

  private static final int BAR_PX = 2;
  private static final int STEP_PX = 3;
  private static final int PADDING_PX = 4;

  /**
   * @throws IllegalArgumentException for no days, too many days, or a negative number
   */
  public Bars {
    values = List.copyOf(values);
    if (values.isEmpty()
        || values.size() > MAX_DAYS
        || values.stream().anyMatch(value -> value < 0)) {
      throw new IllegalArgumentException("bars of 1 to " + MAX_DAYS + " days, none negative");
    }
  }

  long sum() {
    return values.stream().mapToLong(Long::longValue).sum();
  }

  long max() {
    return values.stream().mapToLong(Long::longValue).max().orElseThrow();
  }

  /** Width including the padding after it. */
  int widthPx() {
    return values.size() * STEP_PX + PADDING_PX;
  }

  /**
   * The chart as an SVG element: one path, with a bar at least half a pixel high for each day.
   *
   * @param baseline y of the bottom of the bars
   */
  String svg(int x, int baseline, int heightPx, Colour ink) {
    StringBuilder path = new StringBuilder();
    long max = Math.max(1, max());
    for (int i = 0; i < values.size(); i++) {
      // in tenths, as precise as anyone can see
      long tenths = Math.max(5, Math.round(values.get(i) * 10.0 * heightPx / max));
      path.append(
          "M%d %dv-%sh%dv%sz".formatted(x + i * STEP_PX, baseline, px(tenths), BAR_PX, px(tenths)));
    }
    return "<path aria-hidden=\"true\" fill=\"%s\" d=\"%s\"/>".formatted(ink.hex(), path);
  }

  private static String px(long tenths) {
    return tenths % 10 == 0 ? Long.toString(tenths / 10) : tenths / 10 + "." + tenths % 10;
  }
}
