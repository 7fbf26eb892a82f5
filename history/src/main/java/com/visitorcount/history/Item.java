package com.visitorcount.history;

import static java.util.Objects.requireNonNull;

import com.visitorcount.history.row.Row;
import com.visitorcount.history.row.RowCodec;
import com.visitorcount.history.row.Rows;
import java.util.List;
import software.amazon.awssdk.core.SdkBytes;

/**
 * An item of the table {@code VisitorHistory}.
 *
 * @param partition partition key
 * @param sort sort key
 * @param revision what a conditional write compares; empty if there are none
 * @param content empty if the key says everything
 * @param expires when DynamoDB may delete it, in seconds since the epoch; 0: never
 */
record Item(String partition, String sort, String revision, SdkBytes content, long expires) {
  Item {
    requireNonNull(partition, "partition");
    requireNonNull(sort, "sort");
    requireNonNull(revision, "revision");
    requireNonNull(content, "content");
  }

  Item(String partition, String sort, String revision, byte[] content, long expires) {
    this(partition, sort, revision, SdkBytes.fromByteArrayUnsafe(content), expires);
  }

  /** Its keys, for messages. */
  String name() {
    return partition + " " + sort;
  }

  /** The content, not copied: do not change it. */
  byte[] bytes() {
    return content.asByteArrayUnsafe();
  }

  /** All rows in the content of these items. */
  static List<Row> rows(List<Item> items) {
    Iterable<List<Row>> sets =
        () -> items.stream().map(item -> RowCodec.decode(item.bytes())).iterator();
    return Rows.union(sets);
  }
}
