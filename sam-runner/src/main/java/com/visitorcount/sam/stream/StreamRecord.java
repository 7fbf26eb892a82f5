package com.visitorcount.sam.stream;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.visitorcount.sam.database.TableWrite;
import com.visitorcount.sam.template.Arn;
import com.visitorcount.sam.template.TableResource;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A record of a table's stream, as a function receives it. */
final class StreamRecord {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final byte[] HEAD = "{\"Records\":[".getBytes(StandardCharsets.UTF_8);
  private static final byte[] TAIL = "]}".getBytes(StandardCharsets.UTF_8);

  private final String sequenceNumber;
  private final Instant at;
  private final int keyHash;
  private final boolean wanted;
  private final byte[] json;

  private StreamRecord(
      String sequenceNumber, Instant at, int keyHash, boolean wanted, byte[] json) {
    this.sequenceNumber = sequenceNumber;
    this.at = at;
    this.keyHash = keyHash;
    this.wanted = wanted;
    this.json = json;
  }

  static StreamRecord of(TableWrite write, TableResource table, RecordFilter filter) {
    JsonNode keys = keys(write, table);
    ObjectNode change = JSON.createObjectNode();
    change.put("ApproximateCreationDateTime", write.at().getEpochSecond());
    change.set("Keys", keys);
    if (write.after() != null) {
      change.set("NewImage", write.after());
    }
    if (write.before() != null) {
      change.set("OldImage", write.before());
    }
    change.put("SequenceNumber", write.sequenceNumber());
    change.put("SizeBytes", size(write.before()) + size(write.after()) + size(keys));
    change.put("StreamViewType", "NEW_AND_OLD_IMAGES");

    ObjectNode record = JSON.createObjectNode();
    record.put("eventID", UUID.randomUUID().toString().replace("-", ""));
    record.put("eventName", name(write));
    record.put("eventVersion", "1.1");
    record.put("eventSource", "aws:dynamodb");
    record.put("awsRegion", Arn.REGION);
    record.set("dynamodb", change);
    if (write.expired()) {
      record
          .putObject("userIdentity")
          .put("type", "Service")
          .put("principalId", "dynamodb.amazonaws.com");
    }
    record.put("eventSourceARN", Arn.ofStream(write.table()));
    try {
      byte[] json = JSON.writeValueAsBytes(record);
      return new StreamRecord(
          write.sequenceNumber(),
          write.at(),
          keys.iterator().next().hashCode(),
          filter.matches(record),
          json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A tree of texts is always JSON", e);
    }
  }

  private static JsonNode keys(TableWrite write, TableResource table) {
    JsonNode item = write.after() == null ? write.before() : write.after();
    ObjectNode keys = JSON.createObjectNode();
    for (TableResource.Key key : table.keys()) {
      keys.set(key.attribute(), Objects.requireNonNull(item).get(key.attribute()));
    }
    return keys;
  }

  private static String name(TableWrite write) {
    if (write.after() == null) {
      return "REMOVE";
    }
    return write.before() == null ? "INSERT" : "MODIFY";
  }

  /** About the size that DynamoDB reports: the bytes of the texts, without its overhead. */
  private static int size(@Nullable JsonNode image) {
    return image == null ? 0 : image.toString().getBytes(StandardCharsets.UTF_8).length;
  }

  /** The event with these records for a function. */
  static byte[] event(List<StreamRecord> records) {
    ByteArrayOutputStream event = new ByteArrayOutputStream();
    event.writeBytes(HEAD);
    for (int i = 0; i < records.size(); i++) {
      if (i > 0) {
        event.write(',');
      }
      event.writeBytes(records.get(i).json);
    }
    event.writeBytes(TAIL);
    return event.toByteArray();
  }

  String sequenceNumber() {
    return sequenceNumber;
  }

  /** When the write happened. */
  Instant at() {
    return at;
  }

  /** The same for records with the same partition key, and otherwise only by chance. */
  int keyHash() {
    return keyHash;
  }

  /** Whether the filter passes it to the function. */
  boolean isWanted() {
    return wanted;
  }

  int bytes() {
    return json.length;
  }
}
