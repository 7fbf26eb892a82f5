package com.visitorcount.sam.template;

import java.util.List;
import java.util.Optional;

/**
 * A DynamoDB table as the template describes it.
 *
 * @param name name of the table, which may include a parameter's prefix
 * @param keys the partition key, then the sort key if there is one
 * @param streamed whether it has a stream, of new and old images
 * @param expiryAttribute the attribute with an item's expiry time in seconds since the epoch
 * @param limits its maximum throughput; empty if the template sets none
 */
public record TableResource(
    String name,
    List<Key> keys,
    boolean streamed,
    Optional<String> expiryAttribute,
    Optional<Limits> limits) {
  public TableResource {
    keys = List.copyOf(keys);
  }

  /**
   * One attribute of the key.
   *
   * @param keyType {@code HASH} or {@code RANGE}
   * @param attributeType {@code S}, {@code N} or {@code B}
   */
  public record Key(String attribute, String keyType, String attributeType) {}

  /** Request units per second. */
  public record Limits(int read, int write) {}
}
