package com.visitorcount.history.column;

import static java.util.Objects.requireNonNull;

import java.util.EnumMap;
import java.util.Map;

/** Columns that are inflated on demand. */
final class StoredColumns implements Columns {
  private final Head head;
  private final Map<Column, Place> places = new EnumMap<>(Column.class);

  /** Where a column begins. */
  private record Place(ByteReader in, int position) {}

  StoredColumns(Head head) {
    this.head = head;
  }

  /** Adds a group whose columns come next. */
  void add(Group group, ByteReader in) {
    for (Column column : Column.values()) {
      if (column.group() == group && column.isIn(head)) {
        places.put(column, new Place(in, in.position()));
        Numbers.skip(in);
        if (column.kind() == Column.Kind.TEXTS) {
          Numbers.skip(in);
        }
      }
    }
  }

  @Override
  public Head head() {
    return head;
  }

  @Override
  public int[] numbers(Column column) {
    return Numbers.read(at(column), column.count(head), column.bound(head));
  }

  @Override
  public long[] longs(Column column) {
    return Numbers.readLongs(at(column), column.count(head));
  }

  @Override
  public String[] texts(Column column) {
    return Numbers.readTexts(at(column), column.count(head));
  }

  private ByteReader at(Column column) {
    Place place = requireNonNull(places.get(column), () -> "nobody read " + column.group());
    place.in.position(place.position);
    return place.in;
  }
}
