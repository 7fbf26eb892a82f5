package com.visitorcount.local.soak;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * What is to be done.
 *
 * @param root the repository's folder
 * @param folder for the product's data and for what the run leaves; emptied at the start
 * @param duration of the traffic
 * @param kills how often the product is killed, at even distances
 * @param hour how long an hour of the product's clock takes
 * @param sampling how often memory, threads and handles are looked at
 * @param writers clients at once
 * @param pages how many pages they view
 * @param heapMegabytes the product's limit
 */
record SoakPlan(
    Path root,
    Path folder,
    Duration duration,
    int kills,
    Duration hour,
    Duration sampling,
    int writers,
    int pages,
    int heapMegabytes) {

  /** The folder that the product is given for its data. */
  Path data() {
    return folder.resolve("data");
  }

  /** When the product is killed, since the start. */
  List<Duration> timesOfKills() {
    List<Duration> times = new ArrayList<>();
    for (int kill = 1; kill <= kills; kill++) {
      times.add(duration.multipliedBy(kill).dividedBy(kills + 1L));
    }
    return times;
  }
}
