package com.visitorcount.history;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the hourly job has not done yet.
 *
 * @param dueDays days of sites that could be closed by now
 * @param waitingSince since when the one that waits longest could be, or when a run last began with
 *     it; null if none waits
 * @param somethingSetAside whether something could not be read, and nobody has looked after it yet
 */
public record Backlog(int dueDays, @Nullable Instant waitingSince, boolean somethingSetAside) {
  static Backlog of(Items items, Instant now) {
    requireNonNull(now, "now");
    ArrivalHour hour = ArrivalHour.of(now);
    // of a table that was never worked on nothing is listed, and reading it would list it
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
