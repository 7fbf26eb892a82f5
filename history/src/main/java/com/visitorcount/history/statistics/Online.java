package com.visitorcount.history.statistics;

import java.util.List;

/**
 * Current activity.
 *
 * @param visitors visitors of the last five minutes
 * @param viewsByMinute views in each of the last 30 minutes, oldest first
 * @param pages pages by visitors of the last five minutes
 */
public record Online(int visitors, List<Integer> viewsByMinute, List<Breakdown.Entry> pages) {
  public Online {
    viewsByMinute = List.copyOf(viewsByMinute);
    pages = List.copyOf(pages);
  }
}
