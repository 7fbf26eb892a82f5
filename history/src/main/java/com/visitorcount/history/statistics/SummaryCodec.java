package com.visitorcount.history.statistics;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.visitorcount.history.column.ByteReader;
import com.visitorcount.history.column.ByteWriter;
import com.visitorcount.history.column.Numbers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * The stored form of summaries; {@code docs/format.md} specifies every byte. Each dimension is a
 * block of its own, so that only what is used is inflated; a value is stored once, however many
 * dimensions have it.
 */
final class SummaryCodec {
  private static final int VERSION = 3;
  private static final int VERSION_WITH_EVENTS = 4;
  private static final int VERSION_WITH_ENGAGEMENT = 5;

  /** Enough for as many dimensions as there will ever be. */
  private static final int MAX_TEXTS = 100 * Summary.MAX_VALUES;

  private SummaryCodec() {}

  static byte[] encode(Summary summary) {
    ByteWriter out = new ByteWriter();
    int version = version(summary.totals());
    out.octet(version);
    writeTotals(out, summary.totals(), version);
    Cuts cuts = summary.cuts();
    ByteWriter ofCuts = new ByteWriter();
    if (cuts != null) {
      cuts.write(ofCuts, hasEvents(version), hasEngagement(version));
    }
    writeBlock(out, ofCuts);
    Map<Dimension, Split> splits = new EnumMap<>(Dimension.class);
    TreeSet<String> texts = new TreeSet<>();
    for (Dimension dimension : Dimension.summed()) {
      Split split = summary.split(dimension);
      if (split != null && (hasEvents(version) || dimension != Dimension.EVENT)) {
        splits.put(dimension, split);
        texts.addAll(split.values().keySet());
      }
    }
    ByteWriter ofTexts = new ByteWriter();
    ofTexts.varint(texts.size());
    Numbers.write(ofTexts, texts.toArray(new String[0]));
    writeBlock(out, ofTexts);
    Map<String, Integer> places = new HashMap<>();
    texts.forEach(text -> places.put(text, places.size()));
    splits.forEach(
        (dimension, split) -> {
          byte[] key = dimension.key().getBytes(UTF_8);
          out.varint(key.length);
          out.octets(key);
          ByteWriter block = new ByteWriter();
          writeSplit(block, split, places, secondsBetweenRows(summary.totals()), version);
          writeBlock(out, block);
        });
    return out.toBytes();
  }

  private static int version(Totals totals) {
    if (totals.engaged().views() > 0) {
      return VERSION_WITH_ENGAGEMENT;
    }
    return totals.events() > 0 ? VERSION_WITH_EVENTS : VERSION;
  }

  private static boolean hasEvents(int version) {
    return version >= VERSION_WITH_EVENTS;
  }

  private static boolean hasEngagement(int version) {
    return version == VERSION_WITH_ENGAGEMENT;
  }

  private static void writeBlock(ByteWriter out, ByteWriter block) {
    out.varint(block.size());
    out.octets(block.toBytes());
  }

  private static void writeTotals(ByteWriter out, Totals totals, int version) {
    out.varint(totals.views());
    out.varint(totals.visitors());
    out.varint(totals.visits());
    out.varint(totals.bounces());
    out.varint(totals.durationSeconds());
    if (hasEvents(version)) {
      out.varint(totals.events());
    }
    if (hasEngagement(version)) {
      out.varint(totals.engaged().views());
      out.varint(totals.engaged().seconds());
      out.varint(totals.engaged().scrollPercents());
    }
  }

  private static Totals readTotals(ByteReader in, int version) {
    return new Totals(
        in.longVarint(),
        in.longVarint(),
        in.longVarint(),
        in.longVarint(),
        in.longVarint(),
        hasEvents(version) ? in.longVarint() : 0,
        hasEngagement(version)
            ? new Totals.Engaged(in.longVarint(), in.longVarint(), in.longVarint())
            : Totals.Engaged.NONE);
  }

  /** The expected time between two rows of a visit. */
  private static long secondsBetweenRows(Totals all) {
    return all.durationSeconds() / Math.max(1, furtherRows(all));
  }

  private static long furtherRows(Totals totals) {
    return totals.rows() - totals.visits();
  }

  private static void writeSplit(
      ByteWriter out,
      Split split,
      Map<String, Integer> places,
      long secondsBetweenRows,
      int version) {
    int[] gaps = new int[split.values().size()];
    int next = 0;
    int i = 0;
    for (String value : split.values().keySet()) {
      int place = requireNonNull(places.get(value));
      gaps[i++] = place - next;
      next = place + 1;
    }
    out.varint(gaps.length);
    Numbers.write(out, gaps);
    List<Totals> all = new ArrayList<>(split.values().values());
    all.add(split.other());
    write(out, all, Totals::visits);
    write(out, all, SummaryCodec::furtherRows);
    write(out, all, each -> each.visits() - each.visitors());
    write(out, all, Totals::bounces);
    write(
        out,
        all,
        each -> Numbers.foldSign(each.durationSeconds() - furtherRows(each) * secondsBetweenRows));
    if (hasEvents(version)) {
      write(out, all, Totals::events);
    }
    if (hasEngagement(version)) {
      write(out, all, each -> each.engaged().views());
      write(out, all, each -> each.engaged().seconds());
      write(out, all, each -> each.engaged().scrollPercents());
    }
  }

  private static void write(ByteWriter out, List<Totals> all, ToLongFunction<Totals> number) {
    Numbers.write(out, all.stream().mapToLong(number).toArray());
  }

  /**
   * @throws IllegalArgumentException if this is no summary, or newer code wrote it
   */
  static Summary decode(byte[] bytes) {
    ByteReader in = new ByteReader(bytes);
    int version = in.octet();
    if (version < VERSION || version > VERSION_WITH_ENGAGEMENT) {
      throw new IllegalArgumentException("a summary of version " + version + " cannot be read");
    }
    Totals totals = readTotals(in, version);
    byte[] cuts = in.octets(in.varint());
    byte[] texts = in.octets(in.varint());
    Map<String, byte[]> blocks = new HashMap<>();
    while (!in.isAtEnd()) {
      String key = new String(in.octets(in.varint()), UTF_8);
      blocks.put(key, in.octets(in.varint()));
    }
    Blocks stored = new Blocks(totals, texts, blocks, version);
    return new Summary(
        totals,
        () ->
            cuts.length == 0
                ? null
                : Cuts.read(new ByteReader(cuts), hasEvents(version), hasEngagement(version)),
        stored::split,
        VisitRule.CURRENT);
  }

  /** Dimensions that are inflated on demand. Unknown ones are ignored. */
  private static final class Blocks {
    private final long secondsBetweenRows;
    private final byte[] textBlock;
    private final Map<String, byte[]> blocks;
    private final int version;
    private String @Nullable [] texts;

    Blocks(Totals all, byte[] textBlock, Map<String, byte[]> blocks, int version) {
      this.version = version;
      this.secondsBetweenRows = secondsBetweenRows(all);
      this.textBlock = textBlock;
      this.blocks = blocks;
    }

    @Nullable Split split(Dimension dimension) {
      byte[] block = blocks.get(dimension.key());
      return block == null ? null : read(new ByteReader(block));
    }

    private Split read(ByteReader in) {
      int count = in.varint();
      if (count > Summary.MAX_VALUES) {
        throw new IllegalArgumentException(count + " values are more than a summary names");
      }
      String[] known = texts();
      int[] gaps = Numbers.read(in, count, known.length);
      long[] visits = Numbers.readLongs(in, count + 1);
      long[] furtherRows = Numbers.readLongs(in, count + 1);
      long[] furtherVisits = Numbers.readLongs(in, count + 1);
      long[] bounces = Numbers.readLongs(in, count + 1);
      long[] seconds = Numbers.readLongs(in, count + 1);
      long[] none = new long[count + 1];
      long[] events = hasEvents(version) ? Numbers.readLongs(in, count + 1) : none;
      long[][] engaged = {none, none, none};
      if (hasEngagement(version)) {
        Arrays.setAll(engaged, i -> Numbers.readLongs(in, count + 1));
      }
      Totals[] totals = new Totals[count + 1];
      Arrays.setAll(
          totals,
          i ->
              new Totals(
                  visits[i] + furtherRows[i] - events[i],
                  visits[i] - furtherVisits[i],
                  visits[i],
                  bounces[i],
                  Numbers.unfoldSign(seconds[i]) + furtherRows[i] * secondsBetweenRows,
                  events[i],
                  new Totals.Engaged(engaged[0][i], engaged[1][i], engaged[2][i])));
      SortedMap<String, Totals> values = new TreeMap<>();
      long next = 0;
      for (int i = 0; i < count; i++) {
        long place = next + gaps[i];
        if (place >= known.length) {
          throw new IllegalArgumentException("a summary has no text " + place);
        }
        values.put(known[(int) place], totals[i]);
        next = place + 1;
      }
      return new Split(values, totals[count]);
    }

    private String[] texts() {
      if (texts == null) {
        ByteReader in = new ByteReader(textBlock);
        int count = in.varint();
        if (count > MAX_TEXTS) {
          throw new IllegalArgumentException(count + " texts are more than a summary has");
        }
        texts = Numbers.readTexts(in, count);
      }
      return texts;
    }
  }
}
