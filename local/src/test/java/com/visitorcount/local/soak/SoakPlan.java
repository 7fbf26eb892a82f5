package com.visitorcount.local.soak;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The plan of a run.
 *
 * @param root the repository's folder
 * @param folder for the product's data and the run's output; emptied at the start
 * @param duration of the traffic
 * @param kills how often the product is killed, at even intervals
 * @param hour how long an hour of the product's clock takes
 * @param sampling interval between samples of memory, threads and handles
 * @param writers concurrent clients
 * @param pages number of pages that they view
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

  /** The folder for the product's data. */
  Path data() {
    return folder.resolve("data");
  }

  /** When the product is killed, from the start. */
  List<Duration> timesOfKills() {
    List<Duration> times = new ArrayList<>();
    for (int kill = 1; kill <= kills; kill++) {
      times.add(duration.multipliedBy(kill).dividedBy(kills + 1L));
    }
    return times;
  }
}
