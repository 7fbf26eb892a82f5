package com.visitorcount.local.soak;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.management.UnixOperatingSystemMXBean;
import com.visitorcount.local.LocalStack;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.time.Instant;

/**
 * What the product's process reports about itself.
 *
 * @param timeMillis by its own clock, since the epoch
 * @param heapBytes in use after the latest collection of each part of the heap
 * @param otherBytes metaspace, compiled code and direct buffers
 * @param handles open files and sockets; -1 if the system does not tell
 * @param failedBatches batches of the stream that were given up
 * @param disturbances calls of functions that were doubled or lost, or whose answers were lost
 * @param longestSettleMillis the longest time until the stream was handled
 */
record Figures(
    long timeMillis,
    long heapBytes,
    long otherBytes,
    int threads,
    long handles,
    int failedBatches,
    int disturbances,
    long longestSettleMillis) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Figures of this process. */
  static Figures now(Instant time, LocalStack stack, int disturbances, long longestSettleMillis) {
    long heap = 0;
    long other = 0;
    for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
      MemoryUsage collected = pool.getCollectionUsage();
      if (pool.getType() == MemoryType.HEAP) {
        heap += collected == null ? pool.getUsage().getUsed() : collected.getUsed();
      } else {
        other += pool.getUsage().getUsed();
      }
    }
    for (BufferPoolMXBean buffers : ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class)) {
      other += buffers.getMemoryUsed();
    }
    return new Figures(
        time.toEpochMilli(),
        heap,
        other,
        ManagementFactory.getThreadMXBean().getThreadCount(),
        openHandles(),
        stack.runner().failedBatches().size(),
        disturbances,
        longestSettleMillis);
  }

  private static long openHandles() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
        ? unix.getOpenFileDescriptorCount()
        : -1;
  }

  /** One line. */
  String toJson() {
    try {
      return JSON.writeValueAsString(this);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  static Figures parse(String json) {
    try {
      return JSON.readValue(json, Figures.class);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(json, e);
    }
  }

  Instant time() {
    return Instant.ofEpochMilli(timeMillis);
  }
}
