package com.visitorcount.history.column;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.visitorcount.fuzz.Mutations;
import com.visitorcount.history.row.EachFact;
import com.visitorcount.history.row.RandomRows;
import com.visitorcount.history.row.Row;
import com.visitorcount.history.row.Rows;
import com.visitorcount.history.row.Traffic;
import com.visitorcount.page.PageId;
import com.visitorcount.view.Campaign;
import com.visitorcount.view.Engagement;
import com.visitorcount.view.Event;
import com.visitorcount.view.Facts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

final class PartCodecTest {
  private static final LocalDate DAY = LocalDate.of(2026, 11, 24);
  private static final List<Column> COLUMNS = List.of(Column.values());
  private static final VisitBoundary BOUNDARY =
      (first, latest, row) -> row.second() - latest.second() > 1_800;

  @Test
  void decode_randomRowsInPartsOfAnySize_areTheRowsThatWereEncoded() {
    for (long seed = 0; seed < 300; seed++) {
      Random random = new Random(seed);
      int visits = 1 + random.nextInt(80);
      List<Row> rows =
          seed % 3 == 0
              ? RandomRows.day(random, DAY, visits)
              : RandomRows.dayWithEvents(random, DAY, visits);
      int maxRows = 1 + random.nextInt(random.nextBoolean() ? 10 : 400);

      List<Row> decoded = decoded(PartCodec.encode(rows, BOUNDARY, maxRows));

      assertThat(anonymous(decoded)).as("seed %d", seed).isEqualTo(anonymous(rows));
      assertThat(visitors(decoded)).as("seed %d", seed).isEqualTo(visitors(rows));
      assertThat(Rows.withNumberedVisitors(Rows.union(List.of(decoded))))
          .as("seed %d", seed)
          .isEqualTo(Rows.withNumberedVisitors(rows));
    }
  }

  @Test
  void encode_sameSetInAnyOrderWithOtherTokens_givesTheSameBytes() {
    Random random = new Random(1);
    List<Row> rows = RandomRows.dayWithEvents(random, DAY, 200);
    List<PartCodec.Encoded> once = PartCodec.encode(rows, BOUNDARY, 100);

    for (int i = 0; i < 20; i++) {
      List<Row> shuffled = new ArrayList<>(rows);
      Collections.shuffle(shuffled, random);

      assertThat(bytes(PartCodec.encode(Rows.withNumberedVisitors(shuffled), BOUNDARY, 100)))
          .isEqualTo(bytes(once));
    }
  }

  @Test
  void encode_noRows_givesNoPart() {
    assertThat(PartCodec.encode(List.of(), BOUNDARY)).isEmpty();
    assertThat(Part.of(List.of(), BOUNDARY)).isEmpty();
  }

  @Test
  void encode_smallDay_isOneSequence_andLargeOneHasItsGroupsApart() {
    List<Row> small = new Traffic("example.com", 1).day(DAY, 500);
    List<Row> large = new Traffic("example.com", 1).day(DAY, 45_000);

    assertThat(PartCodec.encode(small, BOUNDARY))
        .singleElement()
        .satisfies(part -> assertThat(part.groups()).containsOnlyKeys(Group.VISITS));
    assertThat(PartCodec.encode(large, BOUNDARY))
        .hasSize(2)
        .allSatisfy(
            part ->
                assertThat(part.groups())
                    .containsOnlyKeys(Group.VISITS, Group.TIMES, Group.PAGES, Group.IDENTITY));
  }

  @Test
  void encode_largeDayWithEvents_hasAGroupForThemInThePartsThatHaveSome() {
    List<Row> rows = new ArrayList<>(new Traffic("example.com", 1).day(DAY, 45_000));
    Row last = Rows.union(List.of(rows)).get(rows.size() - 1);
    rows.add(RandomRows.event(new Random(1), last));

    List<PartCodec.Encoded> parts = PartCodec.encode(rows, BOUNDARY);

    assertThat(parts).hasSize(2);
    assertThat(parts)
        .filteredOn(part -> part.groups().containsKey(Group.EVENTS))
        .singleElement()
        .satisfies(
            part ->
                assertThat(PartCodec.has(Group.EVENTS, part.groups().get(Group.VISITS))).isTrue());
    assertThat(visitors(decoded(parts))).isEqualTo(visitors(rows));
  }

  /** The largest numbers of each view are kept; messages about no view are not. */
  @Test
  void decode_messages_areTheLargestOfTheVisitorsLatestViewUpToThem() {
    PageId page = PageId.of("example.com/a");
    List<Row> rows =
        List.of(
            new Row(page, 1, 5, second(10), Facts.NONE, "a"),
            new Row(page, 1, 6, second(20), Facts.NONE, "b"),
            new Row(page, 1, 8, second(30), Facts.NONE, "a"),
            message(page, 6, 15, "a", new Engagement(9, 20)),
            message(page, 7, 15, "a", new Engagement(4, 70)),
            message(page, 9, 40, "a", new Engagement(3, 30)),
            message(page, 5, 40, "b", new Engagement(99, 99)),
            message(PageId.of("example.com/b"), 5, 40, "a", new Engagement(99, 99)),
            message(page, 9, 40, "c", new Engagement(99, 99)),
            message(page, 9, 40, "", new Engagement(99, 99)));

    List<Row> stored = decoded(PartCodec.encode(rows, BOUNDARY));

    assertThat(stored)
        .filteredOn(Row::isMessage)
        .containsExactly(
            message(page, 5, 10, "0", new Engagement(9, 70)),
            message(page, 8, 30, "0", new Engagement(3, 30)));
    // stored rows are stored again unchanged
    assertThat(decoded(PartCodec.encode(stored, BOUNDARY))).isEqualTo(stored);
    assertThat(PartCodec.encode(List.of(rows.get(9)), BOUNDARY)).isEmpty();
  }

  private static Row message(
      PageId page, long sequence, int second, String visitor, Engagement engagement) {
    return new Row(page, 1, sequence, second(second), Facts.NONE, visitor, null, engagement);
  }

  @Test
  void decode_anyDayWithEngagement_isTheOneThatWasEncoded() {
    for (int seed = 0; seed < 100; seed++) {
      List<Row> rows = RandomRows.dayWithEngagement(new Random(seed), DAY, 2 + seed);
      List<Row> stored = decoded(PartCodec.encode(rows, BOUNDARY));

      assertThat(visitors(stored.stream().filter(row -> !row.isMessage()).toList()))
          .as("seed %d", seed)
          .isEqualTo(visitors(rows.stream().filter(row -> !row.isMessage()).toList()));
      assertThat(decoded(PartCodec.encode(stored, BOUNDARY)))
          .as("seed %d", seed)
          .containsExactlyInAnyOrderElementsOf(stored);
    }
  }

  /** In the first view of a visitor, and in one that differs from the first. */
  @Test
  void decode_eachFactAlone_isKept() {
    PageId page = PageId.of("example.com");
    EachFact.alone()
        .forEach(
            (name, facts) -> {
              List<Row> rows =
                  List.of(
                      new Row(page, 1, 1, second(0), facts, "0"),
                      new Row(page, 1, 2, second(9), Facts.NONE, "0"),
                      new Row(page, 1, 3, second(20), Facts.NONE, "1"),
                      new Row(page, 1, 4, second(29), facts, "1"));

              assertThat(decoded(PartCodec.encode(rows, BOUNDARY)))
                  .as(name)
                  .containsExactlyInAnyOrderElementsOf(rows);
            });
  }

  /** An event costs about as much as a view. */
  @Test
  void encode_signUpsAmongViews_takeLessThanFourBytesEach() {
    Random random = new Random(9);
    List<Row> views = new Traffic("example.com", 4).day(DAY, 10_000);
    List<Row> both = new ArrayList<>(views);
    for (int i = 0; i < 1_000; i++) {
      Row view = views.get(random.nextInt(views.size()));
      Event event =
          new Event(
              view.page().toString(),
              Map.of("plan", List.of("free", "pro").get(random.nextInt(2))));
      PageId signup = PageId.event("example.com", "signup");
      both.add(
          new Row(
              signup,
              1,
              i + 1L,
              Math.min(view.second() + 9, second(86_399)),
              view.facts(),
              view.visitor(),
              event));
    }

    double bytes = (bytesPerRow(both) * both.size() - bytesPerRow(views) * views.size()) / 1_000;

    System.out.printf(Locale.ROOT, "bytes an event in columns: %.2f%n", bytes);
    assertThat(bytes).isLessThan(9);
  }

  @Test
  void encode_closedDayOfAMiddlingSite_takesLessThanThreeBytesAView() {
    List<Row> rows = new Traffic("example.com", 4).day(DAY, 45_000);
    List<Row> few = new Traffic("example.com", 5).day(DAY, 500);
    List<Row> fewest = new Traffic("example.com", 5).day(DAY, 50);

    System.out.printf(
        Locale.ROOT,
        "bytes a view in columns: day of 33,000: %.2f, of 500: %.1f, of 50: %.1f%n",
        bytesPerRow(rows),
        bytesPerRow(few),
        bytesPerRow(fewest));
    assertThat(bytesPerRow(rows)).isLessThan(3);
    assertThat(bytesPerRow(few)).isLessThan(6);
  }

  @Test
  void encode_textsThatDoNotDeflate_staysWithinTheSizeOfAGroup() {
    Random random = new Random(3);
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 2_000; i++) {
      Facts facts = new Facts(true, noise(random, 96), Campaign.NONE, "DE", "Firefox", "Linux", "");
      PageId page = PageId.ofKey("example.com/" + noise(random, 490));
      rows.add(new Row(page, 1, i + 1, second(i), facts, i % 2 == 0 ? "" : "v" + i));
    }

    List<PartCodec.Encoded> parts = PartCodec.encode(rows, BOUNDARY);

    assertThat(parts)
        .flatExtracting(part -> part.groups().values())
        .allMatch(bytes -> bytes.length <= PartCodec.MAX_GROUP_BYTES);
    assertThat(anonymous(decoded(parts))).isEqualTo(anonymous(rows));
  }

  @Test
  void encode_visitorWithMoreViewsThanAPartHas_isNotCut() {
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 50_000; i++) {
      PageId page = PageId.ofKey("example.com/" + i % 7_000);
      rows.add(new Row(page, 1, i, second(i), Facts.NONE, i < 49_990 ? "bot" : ""));
    }

    List<PartCodec.Encoded> parts = PartCodec.encode(rows, BOUNDARY);

    assertThat(parts).hasSize(2);
    assertThat(visitors(decoded(parts))).isEqualTo(visitors(rows));
  }

  @Test
  void of_visitorWithMoreViewsThanOneMayHave_isSeveral() {
    List<Row> rows = RandomRows.day(new Random(5), DAY, 40);

    assertThat(Visitor.of(rows, BOUNDARY, 3)).allMatch(visitor -> visitor.rows() <= 3);
    assertThat(Visitor.of(rows, BOUNDARY, 3).stream().mapToInt(Visitor::rows).sum())
        .isEqualTo(rows.size());
  }

  @Test
  void encode_everyStoredFormat_isPinnedByItsFingerprint() throws Exception {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    for (long seed = 0; seed < 100; seed++) {
      Random random = new Random(seed);
      Part part =
          PartCodec.decode(
              PartCodec.encode(RandomRows.day(random, DAY, 60), BOUNDARY).get(0).groups());
      digest.update(raw(part));
    }

    assertThat(HexFormat.of().formatHex(digest.digest(), 0, 8))
        .as("stored parts changed: that takes a new version, and code that reads the old one")
        .isEqualTo("1d4d53a46e6d1acb");
  }

  @Test
  void encode_everyStoredFormatWithEvents_isPinnedByItsFingerprint() throws Exception {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    for (long seed = 0; seed < 100; seed++) {
      List<Row> rows = RandomRows.dayWithEvents(new Random(seed), DAY, 60);
      digest.update(raw(PartCodec.decode(PartCodec.encode(rows, BOUNDARY).get(0).groups())));
    }

    assertThat(HexFormat.of().formatHex(digest.digest(), 0, 8))
        .as("stored parts changed: that takes a new version, and code that reads the old one")
        .isEqualTo("d159c699c0f69fc8");
  }

  /** Sizes and columns before compression, which depends on the version of zlib. */
  private static byte[] raw(Part part) {
    ByteWriter out = new ByteWriter();
    Columns columns = part.columns();
    columns.head().write(out);
    for (Column column : Column.values()) {
      if (!column.isIn(columns.head())) {
        continue;
      }
      out.octets(column.name().getBytes(UTF_8));
      switch (column.kind()) {
        case NUMBERS -> Arrays.stream(columns.numbers(column)).forEach(out::varint);
        case LONGS -> Arrays.stream(columns.longs(column)).forEach(n -> out.varint(n >>> 1));
        case TEXTS ->
            Arrays.stream(columns.texts(column)).forEach(t -> out.octets(t.getBytes(UTF_8)));
      }
    }
    return out.toBytes();
  }

  @Test
  void decode_exampleOfTheDocumentation_isReadAsItSays() throws Exception {
    ByteWriter bytes = new ByteWriter();
    Pattern line = Pattern.compile("(?m)^((?:[0-9a-f]{2} ?)+)(?: .*)?$");
    String example = Files.readString(Path.of("../docs/format.md")).split("```\n", -1)[1];
    Matcher lines = line.matcher(example);
    while (lines.find()) {
      bytes.octets(HexFormat.of().parseHex(lines.group(1).replace(" ", "")));
    }
    Facts entry =
        new Facts(
            true,
            "news.example",
            new Campaign("letter", "mail", "", "", ""),
            "DE",
            "Firefox",
            "Linux",
            "Laptop");
    Facts next = new Facts(false, "", Campaign.NONE, "DE", "Firefox", "Linux", "Laptop");
    PageId home = PageId.ofKey("example.com/");
    PageId about = PageId.ofKey("example.com/about");
    List<Row> rows =
        List.of(
            new Row(home, 1_764_000_000_123L, 41, 1_764_028_800L, entry, "0"),
            new Row(home, 1_764_000_000_123L, 42, 1_764_028_830L, next, "0"),
            new Row(about, 0, 7, 1_764_028_805L, Facts.NONE, ""));

    Part part = PartCodec.decode(Map.of(Group.VISITS, bytes.toBytes()));

    assertThat(bytes.size()).isEqualTo(189);
    assertThat(part.toRows(0)).isEqualTo(rows);
    assertThat(decoded(PartCodec.encode(rows, BOUNDARY))).isEqualTo(rows);
  }

  @Test
  void decode_bytesThatAreNoPart_isRefused() {
    byte[] whole =
        PartCodec.encode(RandomRows.day(new Random(2), DAY, 50), BOUNDARY)
            .get(0)
            .groups()
            .get(Group.VISITS);

    for (byte[] broken :
        List.of(
            new byte[0],
            new byte[] {2},
            new byte[] {1, 2, 3},
            new byte[] {5, 0, 1},
            new byte[] {2, 9, 1, 1, 1},
            Arrays.copyOf(whole, whole.length - 1),
            Arrays.copyOf(whole, whole.length + 1))) {
      assertThatThrownBy(() -> PartCodec.decode(Map.of(Group.VISITS, broken)))
          .isInstanceOf(IllegalArgumentException.class);
    }
    byte[] newer = whole.clone();
    newer[0] = 5;
    assertThatThrownBy(() -> PartCodec.decode(Map.of(Group.VISITS, newer)))
        .hasMessageContaining("version 5");
  }

  @Test
  void decode_mutatedBytes_areReadOrRefused() {
    Mutations mutations = new Mutations(7);
    byte[] whole =
        PartCodec.encode(RandomRows.dayWithEvents(new Random(2), DAY, 30), BOUNDARY)
            .get(0)
            .groups()
            .get(Group.VISITS);
    int read = 0;
    for (int i = 0; i < Mutations.CASES; i++) {
      read += isRead(Map.of(Group.VISITS, mutations.bytes(whole))) ? 1 : 0;
    }
    assertThat(read).isLessThan(Mutations.CASES);
  }

  /** The bytes are valid, but their content is not. */
  @Test
  void decode_columnsThatDoNotFitTogether_areReadOrRefused() {
    Random random = new Random(8);
    List<Row> rows = RandomRows.dayWithEvents(random, DAY, 30);
    int read = 0;
    for (int i = 0; i < Mutations.CASES; i++) {
      Columns columns = new Mutated(new PartBuilder(Visitor.of(rows, BOUNDARY)), random);
      read += isRead(PartCodec.encode(columns).groups()) ? 1 : 0;
    }
    System.out.printf("%d of %d mutated parts can be read%n", read, Mutations.CASES);
    assertThat(read).isBetween(Mutations.CASES / 50, Mutations.CASES * 49 / 50);
  }

  private static boolean isRead(Map<Group, byte[]> groups) {
    try {
      return !PartCodec.decode(groups).toRows(0).isEmpty();
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** Columns with one number changed, or with one of another length. */
  private record Mutated(Columns columns, Head head, Column column, int at, int value, int length)
      implements Columns {
    Mutated(Columns columns, Random random) {
      this(
          columns,
          random.nextInt(4) == 0 ? mutated(columns.head(), random) : columns.head(),
          COLUMNS.get(random.nextInt(COLUMNS.size())),
          random.nextInt(20),
          random.nextInt(1 << random.nextInt(18)),
          random.nextInt(4) == 0 ? random.nextInt(3) - 1 : 0);
    }

    private static Head mutated(Head head, Random random) {
      int[] sizes = {
        head.epochDay(),
        head.visitors(),
        head.anonymous(),
        head.visits(),
        head.longVisits(),
        head.rows(),
        head.countries(),
        head.browsers(),
        head.systems(),
        head.devices(),
        head.arrivals(),
        head.pages(),
        head.changed(),
        head.later(),
        head.events(),
        head.eventNames(),
        head.eventPages(),
        head.properties(),
        head.propertyUses(),
        head.passive(),
        head.engaged()
      };
      for (int i = 0; i < 2; i++) {
        sizes[random.nextInt(sizes.length)] += random.nextInt(3) - 1;
      }
      try {
        return new Head(
            sizes[0], sizes[1], sizes[2], sizes[3], sizes[4], sizes[5], sizes[6], sizes[7],
            sizes[8], sizes[9], sizes[10], sizes[11], sizes[12], sizes[13], sizes[14], sizes[15],
            sizes[16], sizes[17], sizes[18], sizes[19], sizes[20]);
      } catch (IllegalArgumentException e) {
        return head;
      }
    }

    @Override
    public int[] numbers(Column asked) {
      int[] numbers = columns.numbers(asked).clone();
      if (asked == column && at < numbers.length) {
        numbers[at] = value;
      }
      return asked == column
          ? Arrays.copyOf(numbers, Math.max(0, numbers.length + length))
          : numbers;
    }

    @Override
    public long[] longs(Column asked) {
      long[] numbers = columns.longs(asked).clone();
      if (asked == column && at < numbers.length) {
        numbers[at] = (long) value << 40;
      }
      return numbers;
    }

    @Override
    public String[] texts(Column asked) {
      String[] texts = columns.texts(asked).clone();
      return asked == column ? Arrays.copyOf(texts, texts.length - 1) : texts;
    }
  }

  private static long second(int ofDay) {
    return DAY.toEpochDay() * 86_400 + ofDay;
  }

  private static List<Row> decoded(List<PartCodec.Encoded> parts) {
    List<Row> rows = new ArrayList<>();
    int visitors = 0;
    for (PartCodec.Encoded encoded : parts) {
      Part part = PartCodec.decode(encoded.groups());
      rows.addAll(part.toRows(visitors));
      visitors += part.visitors();
    }
    return rows;
  }

  private static List<Map<Group, String>> bytes(List<PartCodec.Encoded> parts) {
    return parts.stream()
        .map(
            part -> {
              Map<Group, String> texts = new EnumMap<>(Group.class);
              part.groups()
                  .forEach((group, bytes) -> texts.put(group, HexFormat.of().formatHex(bytes)));
              return texts;
            })
        .toList();
  }

  private static double bytesPerRow(List<Row> rows) {
    return PartCodec.encode(rows, BOUNDARY).stream()
            .flatMap(part -> part.groups().values().stream())
            .mapToInt(bytes -> bytes.length)
            .sum()
        / (double) rows.size();
  }

  private static Set<Row> anonymous(Collection<Row> rows) {
    Set<Row> without = new HashSet<>();
    for (Row row : rows) {
      without.add(
          new Row(
              row.page(),
              row.bornMillis(),
              row.sequence(),
              row.second(),
              row.facts(),
              "",
              row.event()));
    }
    assertThat(without).hasSameSizeAs(rows);
    return without;
  }

  /** The rows of each visitor. */
  private static Set<Set<Row.Name>> visitors(List<Row> rows) {
    Map<String, Set<Row.Name>> visitors = new HashMap<>();
    rows.forEach(
        row -> visitors.computeIfAbsent(row.visitor(), v -> new HashSet<>()).add(row.name()));
    visitors.remove("");
    return new HashSet<>(visitors.values());
  }

  private static String noise(Random random, int chars) {
    return random
        .ints(chars, 'a', 'z' + 1)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }
}
