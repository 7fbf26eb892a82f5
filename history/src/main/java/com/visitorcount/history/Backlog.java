package com.visitorcount.history;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the hourly job still has to do.
 *
 * @param dueDays days of sites that are due to be closed
 * @param waitingSince when the longest-waiting one became due, or when a run last attempted it;
 *     null if none is due
 * @param somethingSetAside whether something could not be read and nobody has dealt with it yet
 */
public record Backlog(int dueDays, @Nullable Instant waitingSince, boolean somethingSetAside) {
  static Backlog of(Items items, Instant now) {
    requireNonNull(now, "now");
    ArrivalHour hour = ArrivalHour.of(now);
    // a table that no job ever worked on has no list, and reading the list would create one
    if (items.query(Keys.WORK, Keys.ALL_SITES_LISTED, Keys.ALL_SITES_LISTED, true).isEmpty()) {
      return new Backlog(0, null, false);
    }
    WorkList.Contents listed = new WorkList(items).read(hour);
    List<WorkList.Entry> due =
        WorkList.due(listed.days(), hour).stream().filter(entry -> !entry.isClosed()).toList();
    Instant since =
        due.stream().map(WorkList.Entry::waitingSince).min(Instant::compareTo).orElse(null);
    return new Backlog(due.size(), since, listed.somethingSetAside());
  }
}
