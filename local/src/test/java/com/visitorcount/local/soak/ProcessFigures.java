package com.visitorcount.local.soak;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * What Linux reports about a process; -1 for anything unknown, and on other systems.
 *
 * @param residentBytes memory
 * @param handles open files and sockets
 */
record ProcessFigures(long residentBytes, long threads, long handles) {
  private static final long BYTES_PER_KILOBYTE = 1_024;

  static ProcessFigures of(ProcessHandle process) {
    Path folder = Path.of("/proc", Long.toString(process.pid()));
    long resident = -1;
    long threads = -1;
    try (Stream<Path> handles = Files.list(folder.resolve("fd"))) {
      for (String line : Files.readAllLines(folder.resolve("status"))) {
        String[] words = line.split("\\s+", -1);
        if (words[0].equals("VmRSS:")) {
          resident = Long.parseLong(words[1]) * BYTES_PER_KILOBYTE;
        } else if (words[0].equals("Threads:")) {
          threads = Long.parseLong(words[1]);
        }
      }
      return new ProcessFigures(resident, threads, handles.count());
    } catch (IOException e) {
      return new ProcessFigures(resident, threads, -1);
    }
  }
}
