package com.visitorcount.history;

import static java.util.Objects.requireNonNull;

import com.visitorcount.history.column.Group;
import com.visitorcount.history.column.Part;
import com.visitorcount.history.column.PartCodec;
import com.visitorcount.history.row.Row;
import com.visitorcount.history.row.Rows;
import com.visitorcount.history.statistics.ClosedDay;
import com.visitorcount.history.statistics.Summary;
import com.visitorcount.history.statistics.SummaryBuilder;
import com.visitorcount.history.statistics.UnreadableDayException;
import com.visitorcount.history.statistics.UnreadableItems;
import com.visitorcount.history.statistics.VisitRule;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The parts of a site's closed days. The revision of a day says how many parts it has. Days whose
 * revision does not were written as rows by an older version, and can still be read.
 */
final class StoredParts {
  /** Parts of a large day that are read together: some megabytes. */
  private static final int PARTS_AT_ONCE = 64;

  /**
   * Longer content, such as the views of a single visitor, is split: DynamoDB's limit for an item
   * is 400 KB.
   */
  private static final int MAX_ITEM_BYTES = 256 * 1_024;

  /** Precedes the number of parts in a revision. */
  private static final String COUNT = "/";

  private final Items items;
  private final String site;

  StoredParts(Items items, String site) {
    this.items = requireNonNull(items, "items");
    this.site = requireNonNull(site, "site");
  }

  /** The revision of a day that is stored in columns. */
  private static String revision(List<PartCodec.Encoded> parts) {
    List<byte[]> all = parts.stream().flatMap(part -> part.groups().values().stream()).toList();
    return Digest.of(all) + COUNT + parts.size();
  }

  /**
   * The revision of a day whose rows are gone.
   *
   * @param ledger which sequences they had
   */
  static String revisionWithoutParts(List<byte[]> ledger) {
    return Digest.of(ledger) + COUNT + 0;
  }

  /** Whether a revision is stored in columns, not as rows. */
  static boolean isOfColumns(String revision) {
    return revision.contains(COUNT);
  }

  /** Separates the segments in the revision of a large day. */
  private static final String BETWEEN = "+";

  /**
   * The revision of a large day.
   *
   * @param segments revisions of its segments
   */
  static String revisionOf(List<String> segments) {
    return String.join(BETWEEN, segments);
  }

  /**
   * The revisions of the segments of a day: one if it is not large, none if the revision is empty.
   */
  static List<String> segments(String revision) {
    int mark = revision.indexOf(SUMS);
    String ofRows = mark < 0 ? revision : revision.substring(0, mark);
    return ofRows.isEmpty() ? List.of() : List.of(ofRows.split("\\" + BETWEEN, -1));
  }

  /** Precedes the digest of sums without rows in a revision. */
  private static final String SUMS = ";";

  /** The revision of a day that has sums beside its rows. */
  static String revisionWithSums(String ofRows, String digestOfSums) {
    return ofRows + SUMS + digestOfSums;
  }

  /** The revision without the digest of sums. */
  static String ofRows(String revision) {
    return revisionOf(segments(revision));
  }

  /** Whether a day has no parts, and so no rows. */
  static boolean isWithoutParts(String revision) {
    return isOfColumns(revision)
        && segments(revision).stream().allMatch(segment -> count(segment) == 0);
  }

  /** Whether a day has sums without rows. */
  static boolean hasSums(String revision) {
    return revision.contains(SUMS);
  }

  /** Which views of a day have rows. */
  static ClosedDay.KnownRows rows(String revision) {
    if (!hasSums(revision)) {
      return ClosedDay.KnownRows.ALL;
    }
    return isWithoutParts(revision) ? ClosedDay.KnownRows.NONE : ClosedDay.KnownRows.SOME;
  }

  /** Whether a day has several segments. */
  static boolean isLarge(String revision) {
    return revision.contains(BETWEEN);
  }

  private static int count(String revision) {
    return Integer.parseInt(revision.substring(revision.indexOf(COUNT) + COUNT.length()));
  }

  /**
   * A day or segment that was written.
   *
   * @param revision its revision
   */
  record Written(String revision, Summary summary) {}

  /** Writes parts and sequences for rows of a day; they become a revision of it or a segment. */
  Written write(LocalDate day, List<Row> rows, VisitRule rule) {
    return write(day, rows, rule, false);
  }

  /** Like {@link #write}, but writes only what an interrupted run has not written yet. */
  Written goOnWriting(LocalDate day, List<Row> rows, VisitRule rule) {
    return write(day, rows, rule, true);
  }

  private Written write(LocalDate day, List<Row> rows, VisitRule rule, boolean goesOn) {
    List<PartCodec.Encoded> parts = PartCodec.encode(rows, rule);
    String revision = revision(parts);
    Set<String> written = goesOn ? written(day, revision) : Set.of();
    for (int i = 0; i < parts.size(); i++) {
      int number = i;
      parts
          .get(i)
          .groups()
          .forEach((group, bytes) -> write(group, day, revision, number, bytes, written));
    }
    List<byte[]> ledger = SequenceLedger.of(rows).encode();
    for (int i = 0; i < ledger.size(); i++) {
      String key = Keys.sequences(day, revision, i);
      if (!written.contains(key)) {
        items.put(new Item(site, key, revision, ledger.get(i), 0));
      }
    }
    return new Written(revision, summary(parts));
  }

  private Set<String> written(LocalDate day, String revision) {
    Set<String> keys = new HashSet<>();
    items(day, revision).forEach(item -> keys.add(item.sort()));
    query(Keys.sequences(day, revision), true).forEach(item -> keys.add(item.sort()));
    return keys;
  }

  private void write(
      Group group, LocalDate day, String revision, int number, byte[] bytes, Set<String> written) {
    for (int from = 0; from < bytes.length; from += MAX_ITEM_BYTES) {
      byte[] slice = Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + MAX_ITEM_BYTES));
      String key = Keys.part(group, day, revision, number, from / MAX_ITEM_BYTES);
      if (!written.contains(key)) {
        items.put(new Item(site, key, revision, slice, 0));
      }
    }
  }

  /** All items of a revision. */
  List<Item> items(LocalDate day, String revision) {
    List<Item> all = new ArrayList<>();
    for (String segment : segments(revision)) {
      for (Group group : Group.values()) {
        all.addAll(query(Keys.parts(group, day, segment), true));
      }
    }
    return all;
  }

  /** All rows of a revision of a day, with numbers for visitors. */
  List<Row> rows(LocalDate day, String revision) {
    if (!isOfColumns(revision)) {
      return fetch(Set.of(Group.VISITS), true, group -> Keys.parts(group, day, revision))
          .rows(day, revision, StoredParts::refuse);
    }
    List<List<Row>> rows = new ArrayList<>();
    int[] visitors = {0};
    readAll(
        day,
        revision,
        EnumSet.allOf(Group.class),
        part -> {
          rows.add(part.toRows(visitors[0]));
          visitors[0] += part.visitors();
        });
    return Rows.withNumberedVisitors(Rows.union(rows));
  }

  /**
   * Hands over all parts of a day, or of a segment.
   *
   * @throws UnreadableDayException if one is missing, or cannot be read
   */
  void readAll(LocalDate day, String revision, Set<Group> groups, Consumer<Part> receiver) {
    read(day, revision, groups, true, receiver, StoredParts::refuse);
  }

  /**
   * The summary of all parts of a day, or of a segment.
   *
   * @throws UnreadableDayException if one is missing, or cannot be read
   */
  Summary summary(LocalDate day, String revision) {
    SummaryBuilder builder = new SummaryBuilder();
    readAll(day, revision, EnumSet.allOf(Group.class), builder::add);
    return builder.build();
  }

  /** The summary of parts that are being written. */
  private static Summary summary(List<PartCodec.Encoded> parts) {
    SummaryBuilder builder = new SummaryBuilder();
    parts.forEach(part -> builder.add(PartCodec.decode(part.groups())));
    return builder.build();
  }

  /** Rewriting a day requires all of it. */
  private static void refuse(UnreadableDayException unreadable) {
    throw unreadable;
  }

  /**
   * Hands over the parts of days, reading several days together.
   *
   * @param unreadable receives what is missing or cannot be read
   */
  void read(
      SortedMap<LocalDate, ClosedDay> days,
      Set<Group> groups,
      Consumer<Part> receiver,
      UnreadableItems unreadable) {
    Consumer<UnreadableDayException> note =
        e -> unreadable.addMissing(e.day(), site + " " + e.getMessage(), (Exception) e.getCause());
    LocalDate first = days.firstKey();
    if (days.size() == 1) {
      read(first, requireNonNull(days.get(first)), groups, receiver, note);
      return;
    }
    LocalDate last = days.lastKey();
    PartItems fetched =
        fetchAll(
            groups,
            group -> Keys.parts(group, first, last),
            items ->
                days.entrySet().stream()
                    .filter(day -> isOfColumns(day.getValue().revision()))
                    .allMatch(day -> hasAll(items, day.getKey(), day.getValue().revision())));
    days.forEach(
        (day, closed) -> {
          if (isOfColumns(closed.revision())) {
            for (String segment : segments(closed.revision())) {
              fetched.forEach(day, segment, 0, count(segment), receiver, note);
            }
          } else {
            handOverRows(fetched, day, closed, receiver, note);
          }
        });
  }

  private void read(
      LocalDate day,
      ClosedDay closed,
      Set<Group> groups,
      Consumer<Part> receiver,
      Consumer<UnreadableDayException> unreadable) {
    String revision = closed.revision();
    if (isOfColumns(revision)) {
      read(day, revision, groups, false, receiver, unreadable);
    } else {
      PartItems fetched =
          fetch(Set.of(Group.VISITS), false, group -> Keys.parts(group, day, revision));
      handOverRows(fetched, day, closed, receiver, unreadable);
    }
  }

  private static void handOverRows(
      PartItems fetched,
      LocalDate day,
      ClosedDay closed,
      Consumer<Part> receiver,
      Consumer<UnreadableDayException> unreadable) {
    List<Row> rows = fetched.rows(day, closed.revision(), unreadable);
    Part.of(rows, closed.rule()).forEach(receiver);
  }

  private void read(
      LocalDate day,
      String revision,
      Set<Group> groups,
      boolean consistent,
      Consumer<Part> receiver,
      Consumer<UnreadableDayException> unreadable) {
    for (String segment : segments(revision)) {
      readSegment(day, segment, groups, consistent, receiver, unreadable);
    }
  }

  private void readSegment(
      LocalDate day,
      String revision,
      Set<Group> groups,
      boolean consistent,
      Consumer<Part> receiver,
      Consumer<UnreadableDayException> unreadable) {
    int count = count(revision);
    for (int first = 0; first < count; first += PARTS_AT_ONCE) {
      int from = first;
      int end = Math.min(count, first + PARTS_AT_ONCE);
      Function<Group, Keys.Range> range = group -> Keys.parts(group, day, revision, from, end - 1);
      PartItems fetched =
          consistent
              ? fetch(groups, true, range)
              : fetchAll(groups, range, items -> items.hasAll(day, revision, from, end));
      fetched.forEach(day, revision, from, end, receiver, unreadable);
    }
  }

  private static boolean hasAll(PartItems items, LocalDate day, String revision) {
    return segments(revision).stream()
        .allMatch(segment -> items.hasAll(day, segment, 0, count(segment)));
  }

  /** A replica may briefly lack parts although it has the summary that was written after them. */
  private PartItems fetchAll(
      Set<Group> groups, Function<Group, Keys.Range> range, Predicate<PartItems> hasAll) {
    PartItems fetched = fetch(groups, false, range);
    return hasAll.test(fetched) ? fetched : fetch(groups, true, range);
  }

  /** Reads the first items, and other groups only if there are any. */
  private PartItems fetch(
      Set<Group> groups, boolean consistent, Function<Group, Keys.Range> range) {
    PartItems fetched = new PartItems();
    fetched.add(Group.VISITS, query(range.apply(Group.VISITS), consistent));
    if (fetched.hasGroupsApart()) {
      for (Group group : groups) {
        if (group != Group.VISITS && fetched.has(group)) {
          fetched.add(group, query(range.apply(group), consistent));
        }
      }
    }
    return fetched;
  }

  private List<Item> query(Keys.Range range, boolean consistent) {
    return items.query(site, range.from(), range.to(), consistent);
  }
}
