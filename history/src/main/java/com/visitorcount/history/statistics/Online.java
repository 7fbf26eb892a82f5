package com.visitorcount.history.statistics;

import java.util.List;

/**
 * What goes on just now.
 *
 * @param visitors visitors of the last five minutes
 * @param viewsByMinute views of each of the last 30 minutes, the oldest first
 * @param pages pages by their visitors of the last five minutes
 */
public record Online(int visitors, List<Integer> viewsByMinute, List<Breakdown.Entry> pages) {
  public Online {
    viewsByMinute = List.copyOf(viewsByMinute);
    pages = List.copyOf(pages);
  }
}
