package com.visitorcount.history;

import com.visitorcount.history.column.Group;
import com.visitorcount.history.column.Part;
import com.visitorcount.history.column.PartCodec;
import com.visitorcount.history.row.Row;
import com.visitorcount.history.row.RowCodec;
import com.visitorcount.history.row.Rows;
import com.visitorcount.history.statistics.UnreadableDayException;
import com.visitorcount.page.InvalidPageException;
import java.io.ByteArrayOutputStream;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/** The items that were read of closed days, and what they hold. */
final class PartItems {
  private final Map<Group, NavigableMap<String, Item>> byKey = new EnumMap<>(Group.class);

  /** Adds the items of a group. */
  void add(Group group, List<Item> items) {
    NavigableMap<String, Item> ofGroup = byKey.computeIfAbsent(group, g -> new TreeMap<>());
    items.forEach(item -> ofGroup.put(item.sort(), item));
  }

  /** Whether any part has more items than its first. */
  boolean hasGroupsApart() {
    return byKey.getOrDefault(Group.VISITS, new TreeMap<>()).values().stream()
        .anyMatch(item -> PartCodec.isGrouped(item.bytes()));
  }

  /** Whether any part has something of a group. */
  boolean has(Group group) {
    return byKey.getOrDefault(Group.VISITS, new TreeMap<>()).values().stream()
        .anyMatch(item -> PartCodec.has(group, item.bytes()));
  }

  /**
   * The rows of a day that an older version wrote.
   *
   * @param unreadable receives what cannot be read; its rows are left out
   */
  List<Row> rows(LocalDate day, String revision, Consumer<UnreadableDayException> unreadable) {
    List<List<Row>> sets = new ArrayList<>();
    for (Item item : in(Group.VISITS, Keys.parts(Group.VISITS, day, revision))) {
      try {
        sets.add(RowCodec.decode(item.bytes()));
      } catch (IllegalArgumentException e) {
        unreadable.accept(new UnreadableDayException(day, item.sort(), e));
      }
    }
    return Rows.union(sets);
  }

  /**
   * Whether some parts of a day are complete.
   *
   * @param first number of the first part
   * @param end number after the last part's
   */
  boolean hasAll(LocalDate day, String revision, int first, int end) {
    for (int number = first; number < end; number++) {
      if (!missing(day, revision, number).isEmpty()) {
        return false;
      }
    }
    return true;
  }

  /** The groups that were read and that this part lacks. */
  private Set<Group> missing(LocalDate day, String revision, int number) {
    Set<Group> missing = EnumSet.noneOf(Group.class);
    for (Group group : byKey.keySet()) {
      if (in(group, Keys.slices(group, day, revision, number)).isEmpty()) {
        missing.add(group);
      }
    }
    if (!missing.contains(Group.VISITS)) {
      byte[] first = bytes(Group.VISITS, day, revision, number);
      if (!PartCodec.isGrouped(first)) {
        return Set.of();
      }
      missing.removeIf(group -> !PartCodec.has(group, first));
    }
    return missing;
  }

  private byte[] bytes(Group group, LocalDate day, String revision, int number) {
    List<Item> slices = in(group, Keys.slices(group, day, revision, number));
    if (slices.size() == 1) {
      return slices.get(0).bytes();
    }
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    slices.forEach(slice -> all.writeBytes(slice.bytes()));
    return all.toByteArray();
  }

  /**
   * Hands over some parts of a day.
   *
   * @param unreadable receives each part that is missing or cannot be read; the others are handed
   *     over
   */
  void forEach(
      LocalDate day,
      String revision,
      int first,
      int end,
      Consumer<Part> receiver,
      Consumer<UnreadableDayException> unreadable) {
    for (int number = first; number < end; number++) {
      Set<Group> missing = missing(day, revision, number);
      if (!missing.isEmpty()) {
        String key = Keys.part(missing.iterator().next(), day, revision, number, 0);
        unreadable.accept(new UnreadableDayException(day, key));
        continue;
      }
      Map<Group, byte[]> groups = new EnumMap<>(Group.class);
      for (Group group : byKey.keySet()) {
        if (!in(group, Keys.slices(group, day, revision, number)).isEmpty()) {
          groups.put(group, bytes(group, day, revision, number));
        }
      }
      try {
        receiver.accept(PartCodec.decode(groups));
      } catch (IllegalArgumentException | InvalidPageException e) {
        String key = Keys.part(Group.VISITS, day, revision, number, 0);
        unreadable.accept(new UnreadableDayException(day, key, e));
      }
    }
  }

  private List<Item> in(Group group, Keys.Range range) {
    return List.copyOf(
        byKey
            .getOrDefault(group, new TreeMap<>())
            .subMap(range.from(), true, range.to(), true)
            .values());
  }
}
