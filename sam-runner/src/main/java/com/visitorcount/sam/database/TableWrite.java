package com.visitorcount.sam.database;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A write that changed an item.
 *
 * @param sequenceNumber increases with each write, as a number and as a text
 * @param before the item's attributes in DynamoDB's JSON; null: the item did not exist
 * @param after the same after the write; null: the item was deleted
 * @param expired whether it was deleted by its time to live
 */
public record TableWrite(
    String table,
    String sequenceNumber,
    Instant at,
    @Nullable JsonNode before,
    @Nullable JsonNode after,
    boolean expired) {
  public TableWrite {
    requireNonNull(table, "table");
    requireNonNull(sequenceNumber, "sequenceNumber");
    requireNonNull(at, "at");
    if (before == null && after == null) {
      throw new IllegalArgumentException("A write has an item before it or after it");
    }
  }

  /** The same write at the time of the item's latest view, if it has one. */
  public TableWrite atItsView() {
    JsonNode millis = after == null ? null : after.at("/last/M/t/N");
    return millis == null || millis.isMissingNode()
        ? this
        : new TableWrite(
            table, sequenceNumber, Instant.ofEpochMilli(millis.asLong()), before, after, expired);
  }
}
