package com.visitorcount.history.column;

import com.visitorcount.history.row.Row;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The stored form of parts; {@code docs/format.md} specifies every byte. A small part is stored as
 * one sequence of bytes; in a larger one, each group has a sequence of its own.
 */
public final class PartCodec {
  /**
   * Version of a part without events; the version is the first byte of each sequence. Version 1 is
   * JSON.
   */
  public static final int VERSION = 2;

  /** Version of a part with events. */
  static final int VERSION_WITH_EVENTS = 3;

  /** Version of a part with engagement, or with events that are not interactive. */
  static final int VERSION_WITH_ENGAGEMENT = 4;

  /** Most bytes of a part that is stored as one sequence. */
  static final int MAX_WHOLE_BYTES = 16 * 1_024;

  /** Most bytes of a group, unless the part has only one visitor. */
  static final int MAX_GROUP_BYTES = 64 * 1_024;

  private static final int WHOLE = 0;
  private static final int GROUPED = 1;

  private PartCodec() {}

  /**
   * The stored form of a part.
   *
   * @param groups bytes by group; if there is only the first, it contains all groups
   */
  public record Encoded(Map<Group, byte[]> groups) {
    public Encoded {
      groups = new EnumMap<>(groups);
    }
  }

  /**
   * Encodes the views of a day in as many parts as they need. Equal sets of rows with equal
   * visitors give equal parts with the same version of zlib, whatever the visitors' tokens.
   *
   * @param rows of one site and one UTC day, each once, in any order
   * @param boundary decides where visits begin; the visits are stored
   */
  public static List<Encoded> encode(Collection<Row> rows, VisitBoundary boundary) {
    return encode(rows, boundary, Head.MAX_ROWS);
  }

  static List<Encoded> encode(Collection<Row> rows, VisitBoundary boundary, int maxRows) {
    List<Encoded> parts = new ArrayList<>();
    List<Visitor> visitors = Visitor.of(rows, boundary);
    if (!visitors.isEmpty()) {
      encode(visitors, (int) ((rows(visitors) + maxRows - 1) / maxRows), maxRows, parts);
    }
    return parts;
  }

  private static void encode(List<Visitor> visitors, int count, int maxRows, List<Encoded> parts) {
    for (List<Visitor> some : evenly(visitors, count)) {
      if (some.size() > 1 && rows(some) > maxRows) {
        encode(some, 2, maxRows, parts);
        continue;
      }
      Encoded part = encode(new PartBuilder(some));
      boolean isSmall =
          part.groups.values().stream().allMatch(bytes -> bytes.length <= MAX_GROUP_BYTES);
      if (isSmall || some.size() == 1) {
        parts.add(part);
      } else {
        encode(some, 2, maxRows, parts);
      }
    }
  }

  /**
   * Splits visitors into runs with about the same number of rows. Several visitors, split in two,
   * always give two runs.
   */
  private static List<List<Visitor>> evenly(List<Visitor> visitors, int count) {
    List<List<Visitor>> runs = new ArrayList<>();
    long all = rows(visitors);
    long before = 0;
    int first = 0;
    long run = 0;
    for (int i = 0; i < visitors.size(); i++) {
      int rows = visitors.get(i).rows();
      // a visitor belongs to the run that contains the middle of its rows
      long ownRun = (2 * before + rows) * count / (2 * all);
      if (ownRun != run && i > first) {
        runs.add(visitors.subList(first, i));
        first = i;
      }
      run = ownRun;
      before += rows;
    }
    runs.add(visitors.subList(first, visitors.size()));
    return runs;
  }

  private static long rows(List<Visitor> visitors) {
    return visitors.stream().mapToLong(Visitor::rows).sum();
  }

  static Encoded encode(Columns columns) {
    Map<Group, byte[]> groups = new EnumMap<>(Group.class);
    int size = 0;
    int version = version(columns.head());
    for (Group group : Group.values()) {
      if (has(group, columns.head())) {
        byte[] bytes = encode(columns, group);
        groups.put(group, bytes);
        size += bytes.length;
      }
    }
    boolean isWhole = size <= MAX_WHOLE_BYTES;
    ByteWriter main = new ByteWriter();
    main.octet(version);
    main.octet(isWhole ? WHOLE : GROUPED);
    columns.head().write(main);
    Map<Group, byte[]> sequences = new EnumMap<>(Group.class);
    groups.forEach(
        (group, bytes) -> {
          if (isWhole || group == Group.VISITS) {
            main.octets(bytes);
          } else {
            ByteWriter apart = new ByteWriter();
            apart.octet(version);
            apart.octet(group.code());
            apart.octets(bytes);
            sequences.put(group, apart.toBytes());
          }
        });
    sequences.put(Group.VISITS, main.toBytes());
    return new Encoded(sequences);
  }

  private static int version(Head head) {
    if (head.hasEngagement()) {
      return VERSION_WITH_ENGAGEMENT;
    }
    return head.events() > 0 ? VERSION_WITH_EVENTS : VERSION;
  }

  private static boolean has(Group group, Head head) {
    return switch (group) {
      case EVENTS -> head.events() > 0;
      case ENGAGEMENT -> head.engaged() > 0;
      default -> true;
    };
  }

  private static byte[] encode(Columns columns, Group group) {
    ByteWriter out = new ByteWriter();
    for (Column column : Column.values()) {
      if (column.group() == group && column.isIn(columns.head())) {
        switch (column.kind()) {
          case NUMBERS -> Numbers.write(out, columns.numbers(column));
          case LONGS -> Numbers.write(out, columns.longs(column));
          case TEXTS -> Numbers.write(out, columns.texts(column));
        }
      }
    }
    return out.toBytes();
  }

  /** Whether a part's first sequence says that the other groups have sequences of their own. */
  public static boolean isGrouped(byte[] first) {
    return first.length > 1 && isVersion(first[0]) && first[1] == GROUPED;
  }

  private static boolean isVersion(int version) {
    return version >= VERSION && version <= VERSION_WITH_ENGAGEMENT;
  }

  /**
   * Whether a part's first sequence says that the part has a group. One that cannot be read is
   * taken to have the groups that every part has.
   */
  public static boolean has(Group group, byte[] first) {
    try {
      return has(group, head(new ByteReader(first)));
    } catch (IllegalArgumentException e) {
      return group != Group.EVENTS && group != Group.ENGAGEMENT;
    }
  }

  /** Reads what comes before the columns. */
  private static Head head(ByteReader in) {
    int version = in.octet();
    if (!isVersion(version)) {
      throw new IllegalArgumentException("a part of version " + version + " cannot be read");
    }
    int layout = in.octet();
    if (layout != WHOLE && layout != GROUPED) {
      throw new IllegalArgumentException("a part has no layout " + layout);
    }
    return Head.read(in, version >= VERSION_WITH_EVENTS, version >= VERSION_WITH_ENGAGEMENT);
  }

  /**
   * Reads a part.
   *
   * @param groups the bytes of the groups that will be used, including the first
   * @throws IllegalArgumentException if these are no part, or newer code wrote them
   */
  public static Part decode(Map<Group, byte[]> groups) {
    byte[] main = groups.getOrDefault(Group.VISITS, new byte[0]);
    ByteReader in = new ByteReader(main);
    Head head = head(in);
    StoredColumns columns = new StoredColumns(head);
    columns.add(Group.VISITS, in);
    for (Group group : Group.values()) {
      byte[] apart = groups.get(group);
      if (group == Group.VISITS) {
        continue;
      }
      if (main[1] == WHOLE) {
        columns.add(group, in);
      } else if (apart != null) {
        ByteReader ofGroup = new ByteReader(apart);
        if (ofGroup.octet() != main[0] || ofGroup.octet() != group.code()) {
          throw new IllegalArgumentException("these bytes are not of the group " + group);
        }
        columns.add(group, ofGroup);
        requireEnd(ofGroup);
      }
    }
    requireEnd(in);
    return new Part(columns);
  }

  private static void requireEnd(ByteReader in) {
    if (!in.isAtEnd()) {
      throw new IllegalArgumentException("a part has more bytes than columns");
    }
  }
}
