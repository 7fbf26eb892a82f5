package com.visitorcount.history.row;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import com.visitorcount.page.PageId;
import com.visitorcount.view.Campaign;
import com.visitorcount.view.Engagement;
import com.visitorcount.view.Event;
import com.visitorcount.view.Facts;
import java.io.ByteArrayInputStream;
import java.security.MessageDigest;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import org.junit.jupiter.api.Test;

final class RowCodecTest {
  private static final LocalDate DAY = LocalDate.of(2026, 11, 24);

  @Test
  void decode_randomRows_areTheRowsThatWereEncoded() {
    for (long seed = 0; seed < 2_000; seed++) {
      Random random = new Random(seed);
      List<Row> rows = Rows.union(List.of(randomRows(random, 1 + random.nextInt(60))));

      assertThat(decoded(RowCodec.encode(rows))).as("seed %d", seed).isEqualTo(rows);
      List<Row> numbered = Rows.withNumberedVisitors(rows);
      assertThat(decoded(RowCodec.encode(numbered))).as("seed %d", seed).isEqualTo(numbered);
    }
  }

  @Test
  void decode_randomRowsWithEvents_areTheRowsThatWereEncoded() {
    for (long seed = 0; seed < 500; seed++) {
      List<Row> rows = withEvents(new Random(seed));

      assertThat(decoded(RowCodec.encode(rows))).as("seed %d", seed).isEqualTo(rows);
    }
  }

  private static List<Row> withEvents(Random random) {
    List<Row> rows = new ArrayList<>(randomRows(random, 1 + random.nextInt(60)));
    rows.replaceAll(row -> random.nextInt(3) == 0 ? RandomRows.event(random, row) : row);
    return Rows.union(List.of(rows));
  }

  @Test
  void decode_messagesAndPassiveEvents_areTheRowsThatWereEncoded() {
    for (int seed = 0; seed < 200; seed++) {
      List<Row> rows = RandomRows.dayWithEngagement(new Random(seed), DAY, 1 + seed / 4);

      assertThat(decoded(RowCodec.encode(rows))).as("seed %d", seed).isEqualTo(rows);
    }
  }

  @Test
  void decode_eachFactAlone_isKept() {
    PageId page = PageId.of("example.com");
    EachFact.alone()
        .forEach(
            (name, facts) -> {
              List<Row> rows = List.of(new Row(page, 5, 1, 1_764_028_800L, facts, "a"));

              assertThat(decoded(RowCodec.encode(rows))).as(name).isEqualTo(rows);
            });
  }

  @Test
  void encode_messageAndPassiveEvent_areOfVersionThree() throws Exception {
    PageId home = PageId.of("example.com");
    Event event = new Event("", Map.of(), false);
    List<Row> rows =
        List.of(
            new Row(home, 5, 41, 1_764_028_800L, Facts.NONE, "00c0ffee00c0ffee"),
            new Row(PageId.event("example.com", "x"), 5, 7, 1_764_028_801L, Facts.NONE, "", event),
            new Row(
                home,
                5,
                42,
                1_764_028_830L,
                Facts.NONE,
                "00c0ffee00c0ffee",
                null,
                new Engagement(30, 80)));

    assertThat(inflated(RowCodec.encode(rows).get(0), 3))
        .contains("\"events\":[[\"\",\"\"]],\"e\":[0],\"g\":[2,30,80]");
    assertThat(RowCodec.decode(RowCodec.encode(rows).get(0))).isEqualTo(rows);
  }

  @Test
  void encode_sameSetInAnyOrderAndCut_givesTheSameBytes() {
    Random random = new Random(1);
    List<Row> rows = new Traffic("example.com", 1).day(DAY, 500);
    List<byte[]> once = RowCodec.encode(Rows.union(List.of(rows)));

    for (int i = 0; i < 50; i++) {
      List<Row> shuffled = new ArrayList<>(rows);
      Collections.shuffle(shuffled, random);
      int cut = random.nextInt(rows.size());
      List<Row> again =
          Rows.union(List.of(shuffled.subList(0, cut), shuffled.subList(cut / 2, shuffled.size())));

      assertThat(RowCodec.encode(again)).usingRecursiveComparison().isEqualTo(once);
    }
  }

  @Test
  void encode_moreThanAPartHolds_makesPartsThatEachStandAlone() {
    List<Row> rows = Rows.union(List.of(new Traffic("example.com", 2).day(DAY, 33_000)));
    List<Row> numbered = Rows.withNumberedVisitors(rows);

    List<byte[]> parts = RowCodec.encode(numbered);

    assertThat(parts).hasSizeGreaterThan(1);
    assertThat(parts).allMatch(part -> part.length <= DeflatedJson.MAX_PART_BYTES);
    assertThat(decoded(parts)).isEqualTo(numbered);
  }

  @Test
  void encode_textsThatDoNotCompress_stayWithinAPart() {
    Random random = new Random(3);
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      Campaign campaign =
          new Campaign(noise(random, 40), noise(random, 40), noise(random, 40), "", "");
      Facts facts = new Facts(true, noise(random, 96), campaign, "DE", "Firefox", "Linux", "");
      PageId page = PageId.ofKey("example.com/" + noise(random, 490));
      rows.add(new Row(page, 1, i + 1, 1_764_000_000 + i, facts, ""));
    }

    List<byte[]> parts = RowCodec.encode(Rows.union(List.of(rows)));

    assertThat(parts).allMatch(part -> part.length <= DeflatedJson.MAX_PART_BYTES);
    assertThat(decoded(parts)).containsExactlyInAnyOrderElementsOf(rows);
  }

  @Test
  void encode_closedDayOfAMiddlingSite_takesLessThanSevenBytesAView() {
    Traffic traffic = new Traffic("example.com", 4);
    List<Row> rows = Rows.union(List.of(traffic.day(DAY, 33_000)));

    double closed = bytesPerRow(Rows.withNumberedVisitors(rows));

    System.out.printf(
        Locale.ROOT,
        "bytes a view: chunk of 1: %.0f, of 12: %.1f, of 40: %.1f, hour of 1,400: %.1f, closed day"
            + " of 33,000: %.2f, of 300: %.1f%n",
        bytesPerRow(rows.subList(9_000, 9_001)),
        bytesPerRow(rows.subList(9_000, 9_012)),
        bytesPerRow(rows.subList(9_000, 9_040)),
        bytesPerRow(rows.subList(9_000, 10_400)),
        closed,
        bytesPerRow(
            Rows.withNumberedVisitors(
                Rows.union(List.of(new Traffic("example.com", 5).day(DAY, 300))))));
    assertThat(closed).isLessThan(7);
  }

  @Test
  void encode_knownRows_areTheBytesThatAreStoredSinceVersionOne() throws Exception {
    Facts entry =
        new Facts(
            true,
            "news.example",
            new Campaign("letter", "mail", "autumn", "", "top"),
            "DE",
            "Firefox",
            "Linux",
            "Laptop");
    Facts next = new Facts(false, "", Campaign.NONE, "DE", "Firefox", "Linux", "Laptop");
    PageId home = PageId.ofKey("example.com/");
    PageId about = PageId.ofKey("example.com/about");
    List<Row> rows =
        List.of(
            new Row(home, 1_764_000_000_123L, 41, 1_764_028_800L, entry, "00c0ffee00c0ffee"),
            new Row(about, 0, 7, 1_764_028_805L, Facts.NONE, ""),
            new Row(home, 1_764_000_000_123L, 42, 1_764_028_830L, next, "00c0ffee00c0ffee"));

    assertThat(inflated(RowCodec.encode(rows).get(0)))
        .isEqualTo(
            """
            {"pages":["example.com/","example.com/about"],"born":[1764000000123,0],\
            "first":[41,7],"tokens":["00c0ffee00c0ffee"],"numbers":[],\
            "origins":[["1","news.example","letter","mail","autumn","","top"],\
            ["","","","","","",""]],\
            "profiles":[["DE","Firefox","Linux","Laptop"],["","","",""]],\
            "t":[1764028800,5,25],"p":[0,1,0],"s":[0,0,0],"u":[0,-1,1],"o":[0,1,1],"f":[1,2,0]}""");
    assertThat(inflated(RowCodec.encode(Rows.withNumberedVisitors(rows)).get(0)))
        .contains("\"tokens\":[],\"numbers\":[0]");
  }

  @Test
  void decode_everyStoredFormat_isPinnedByItsFingerprint() throws Exception {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    for (long seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      List<Row> rows = Rows.union(List.of(randomRows(random, 1 + random.nextInt(60))));
      digest.update(inflated(RowCodec.encode(rows).get(0)).getBytes(UTF_8));
    }

    assertThat(HexFormat.of().formatHex(digest.digest(), 0, 8))
        .as("stored rows changed: that takes a new version, and code that reads the old one")
        .isEqualTo("25ec8b44799d99ec");
  }

  @Test
  void encode_knownEvents_areTheBytesThatAreStoredSinceVersionTwo() throws Exception {
    PageId home = PageId.ofKey("example.com/");
    PageId signup = PageId.event("example.com", "signup");
    Event event = new Event("example.com/", Map.of("plan", "pro", "of", "x"));
    List<Row> rows =
        List.of(
            new Row(home, 1_764_000_000_123L, 41, 1_764_028_800L, Facts.NONE, "00c0ffee00c0ffee"),
            new Row(signup, 0, 7, 1_764_028_805L, Facts.NONE, "00c0ffee00c0ffee", event),
            new Row(signup, 0, 8, 1_764_028_806L, Facts.NONE, "", Event.NONE));

    assertThat(inflated(RowCodec.encode(rows).get(0), 2))
        .isEqualTo(
            """
            {"pages":["example.com/","example.com!signup"],"born":[1764000000123,0],\
            "first":[41,7],"tokens":["00c0ffee00c0ffee"],"numbers":[],\
            "origins":[["","","","","","",""]],"profiles":[["","","",""]],\
            "t":[1764028800,5,1],"p":[0,1,1],"s":[0,0,0],"u":[0,1,-1],"o":[0,0,0],"f":[1,0,1],\
            "events":[["example.com/","of","x","plan","pro"],[""]],"e":[0,1]}""");
  }

  @Test
  void decode_everyStoredFormatWithEvents_isPinnedByItsFingerprint() throws Exception {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    for (long seed = 0; seed < 100; seed++) {
      List<Row> rows = withEvents(new Random(seed));
      int version = rows.stream().anyMatch(row -> row.event() != null) ? 2 : 1;
      digest.update(inflated(RowCodec.encode(rows).get(0), version).getBytes(UTF_8));
    }

    assertThat(HexFormat.of().formatHex(digest.digest(), 0, 8))
        .as("stored rows changed: that takes a new version, and code that reads the old one")
        .isEqualTo("90f973903e075e81");
  }

  /** An id that would be an event's today, in rows from before events existed. */
  @Test
  void decode_versionOneWithAnIdOfAnEvent_isAnEventOfWhichNothingMoreIsKnown() {
    Row row = new Row(PageId.ofKey("example.com!x"), 0, 7, 1_764_028_805L, Facts.NONE, "");
    byte[] two = RowCodec.encode(List.of(row)).get(0);
    ObjectNode columns = DeflatedJson.read(2, two, ObjectNode.class);
    columns.remove(List.of("events", "e"));

    assertThat(RowCodec.decode(DeflatedJson.write(1, columns))).containsExactly(row);
  }

  @Test
  void decode_newerVersion_isRefused() {
    byte[] part = DeflatedJson.write(4, Map.of());

    assertThatThrownBy(() -> RowCodec.decode(part))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("version 4");
  }

  @Test
  void decode_bytesThatAreNoRows_isRefused() {
    byte[] part = RowCodec.encode(new Traffic("example.com", 6).day(DAY, 40)).get(0);
    Random random = new Random(7);
    List<byte[]> broken =
        Stream.of(new byte[0], new byte[] {1, 2, 3}, Arrays.copyOf(part, 50)).toList();

    assertThat(broken)
        .allSatisfy(
            bytes ->
                assertThatThrownBy(() -> RowCodec.decode(bytes))
                    .isInstanceOf(IllegalArgumentException.class));
    for (int i = 0; i < 2_000; i++) {
      byte[] flipped = part.clone();
      flipped[random.nextInt(part.length)] ^= (byte) (1 << random.nextInt(8));

      assertThat(failure(flipped)).isIn("", "IllegalArgumentException");
    }
  }

  private static String failure(byte[] part) {
    try {
      RowCodec.decode(part);
      return "";
    } catch (RuntimeException e) {
      return e.getClass().getSimpleName();
    }
  }

  private static List<Row> decoded(List<byte[]> parts) {
    return parts.stream().flatMap(part -> RowCodec.decode(part).stream()).toList();
  }

  private static double bytesPerRow(List<Row> rows) {
    return RowCodec.encode(rows).stream().mapToInt(part -> part.length).sum()
        / (double) rows.size();
  }

  private static String inflated(byte[] part) throws Exception {
    return inflated(part, 1);
  }

  private static String inflated(byte[] part, int version) throws Exception {
    assertThat(part[0]).isEqualTo((byte) version);
    try (InflaterInputStream in =
        new InflaterInputStream(
            new ByteArrayInputStream(part, 1, part.length - 1), new Inflater(true))) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }

  private static List<Row> randomRows(Random random, int count) {
    String[] texts = {"", "a", "\"quoted\"", "Lišácké", "日本", "\\", "x,y", "\u2028"};
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Campaign campaign =
          new Campaign(
              any(random, texts),
              any(random, texts),
              any(random, texts),
              any(random, texts),
              any(random, texts));
      Facts facts =
          new Facts(
              random.nextBoolean(),
              any(random, texts),
              campaign,
              any(random, texts),
              any(random, texts),
              any(random, texts),
              any(random, texts));
      rows.add(
          new Row(
              PageId.ofKey(any(random, "example.com/a", "name", "/x", "b c#d/é", "example.com/")),
              random.nextInt(3) == 0 ? 0 : 1_764_000_000_000L + random.nextInt(3),
              random.nextInt(4) == 0 ? Long.MAX_VALUE - random.nextInt(9) : 1 + random.nextInt(99),
              1_764_000_000L + random.nextInt(86_400),
              facts,
              random.nextInt(5) == 0
                  ? ""
                  : String.format(Locale.ROOT, "%016x", random.nextInt(9))));
    }
    return rows;
  }

  private static String any(Random random, String... texts) {
    return texts[random.nextInt(texts.length)];
  }

  private static String noise(Random random, int chars) {
    return random
        .ints(chars, 'a', 'z' + 1)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }
}
