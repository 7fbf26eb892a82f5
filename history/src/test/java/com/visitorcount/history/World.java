package com.visitorcount.history;

import com.visitorcount.counter.StreamedView;
import com.visitorcount.history.TroubledItems.Killed;
import com.visitorcount.history.TroubledItems.Trouble;
import com.visitorcount.history.row.Row;
import com.visitorcount.history.row.RowCodec;
import com.visitorcount.history.statistics.UnreadableItems;
import com.visitorcount.page.PageId;
import com.visitorcount.view.Campaign;
import com.visitorcount.view.Engagement;
import com.visitorcount.view.Event;
import com.visitorcount.view.Facts;
import com.visitorcount.visitor.VisitorToken;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Some days of some sites, with everything that can happen to them, by seed: writers with wrong
 * clocks, pages that are deleted and counted again, counters set back, older versions beside ours,
 * messages about engagement; a stream that loses records, repeats them, splits batches differently
 * and stalls for hours; functions that are refused, killed or held up at any call; a schedule that
 * skips hours, runs twice, late, and concurrently; and somebody who redrives old batches. Also
 * records what really happened.
 */
final class World {
  private static final Instant START = Instant.parse("2026-11-20T17:00:00Z");
  private static final int SHARDS = 2;
  private static final Duration RETENTION = Duration.ofHours(24);
  private static final List<String> KEYS =
      List.of(
          "a.example/",
          "a.example/x",
          "a.example/y",
          "b.example/z",
          "main_page",
          "a.example!signup",
          "b.example!404");

  /** A page's counter. */
  static final class Counter {
    final long born;

    /** The count before our first write; null if an older version wrote first. */
    final @Nullable Long base;

    long views;
    boolean wasSetBack;

    Counter(long born, int before, boolean known) {
      this.born = born;
      this.base = known ? (long) before : null;
      this.views = before;
    }
  }

  private record Streamed(StreamedView view, Instant written) {}

  private record HeldUp(Item item, Instant due) {}

  private final Random random;
  final InMemoryItems items = new InMemoryItems();
  private final Map<PageId, Counter> counters =
      new TreeMap<>((a, b) -> a.toString().compareTo(b.toString()));
  private final List<List<Streamed>> shards = new ArrayList<>();
  private final int[] checkpoints = new int[SHARDS];
  private final Instant[] standsStillUntil = new Instant[SHARDS];
  private final List<HeldUp> heldUp = new ArrayList<>();
  private final Set<Row.Name> names = new HashSet<>();
  private final Set<Row> delivered = new HashSet<>();
  private final Set<Row> attempted = new HashSet<>();
  private final Map<Row, Instant> deliveredMessages = new HashMap<>();
  private final Set<Row> attemptedMessages = new HashSet<>();
  private final Map<String, Set<String>> closings = new HashMap<>();
  private final Map<String, Instant> firstClosings = new HashMap<>();
  private Instant now = START;
  private Instant nextHour = START.plusSeconds(600);
  private final int maxRows;
  private final List<String> keys;
  private int rowsAdded;

  /** The site that kills any run that reads its arrivals; empty for none. */
  private String deadly = "";

  private boolean forgetsAttempts;

  World(long seed) {
    this(seed, ClosedDays.MAX_ROWS);
  }

  /**
   * @param maxRows days of more rows are closed in pieces
   */
  World(long seed, int maxRows) {
    this(seed, maxRows, KEYS);
  }

  /**
   * @param keys of the pages and events
   */
  World(long seed, int maxRows, List<String> keys) {
    this.maxRows = maxRows;
    this.keys = keys;
    random = new Random(seed);
    for (int i = 0; i < SHARDS; i++) {
      shards.add(new ArrayList<>());
      standsStillUntil[i] = START;
    }
  }

  Instant now() {
    return now;
  }

  Clock clock() {
    return Clock.fixed(now, ZoneOffset.UTC);
  }

  Map<PageId, Counter> counters() {
    return counters;
  }

  /** The rows that history must have: the function reported them as stored. */
  Set<Row> delivered() {
    return delivered;
  }

  /**
   * The rows that history may have: the function has seen them, but they may be lost if it did not
   * finish and they were a day old before it tried again.
   */
  Set<Row> attempted() {
    return attempted;
  }

  /** The messages about engagement that history may know, as with rows. */
  Set<Row> attemptedMessages() {
    return attemptedMessages;
  }

  /** Whether history must know a message: it was stored before its day was closed. */
  boolean mustKnow(Row message) {
    Instant stored = deliveredMessages.get(message);
    Instant closed = firstClosings.get(message.page().site() + message.day());
    return stored != null && closed != null && stored.isBefore(closed);
  }

  /** The number of rows in a history that adds instead of uniting. */
  int rowsAdded() {
    return rowsAdded;
  }

  /** How many different summaries a day was closed with. */
  int closings(String site, LocalDate day) {
    return closings.getOrDefault(site + day, Set.of()).size();
  }

  /** Makes things happen. */
  void happen(int steps) {
    for (int i = 0; i < steps; i++) {
      now = now.plusSeconds((long) (-Math.log(1 - random.nextDouble()) * 1_200));
      if (random.nextInt(60) == 0) {
        now = now.plus(Duration.ofHours(random.nextInt(12)));
      }
      landHeldUp();
      if (random.nextInt(100) < 70) {
        view();
      }
      if (random.nextInt(100) < 20) {
        engage();
      }
      if (random.nextInt(100) < 30) {
        deliver(random.nextInt(SHARDS), true);
      }
      if (random.nextInt(40) == 0) {
        driveAgain(random.nextInt(SHARDS));
      }
      schedule();
      if (random.nextInt(50) == 0) {
        items.expire(now.getEpochSecond());
      }
    }
  }

  private void view() {
    PageId page = PageId.ofKey(keys.get(random.nextInt(keys.size())));
    int oddity = random.nextInt(200);
    if (oddity == 0) {
      counters.remove(page);
    } else if (oddity == 1 && counters.containsKey(page)) {
      Counter counter = counters.get(page);
      counter.views = Math.max(0, counter.views - random.nextInt(6));
      counter.wasSetBack = true;
    }
    Counter counter = counters.computeIfAbsent(page, this::newCounter);
    counter.views++;
    Instant clock = now.plusSeconds(random.nextInt(3) * 240L - 240);
    boolean older = random.nextInt(20) == 0;
    StreamedView view = view(page, counter, older ? now : clock, older);
    while (!names.add(Row.of(view).name())) {
      // a counter that was set back repeats numbers, but hardly within the same second
      view = view(page, counter, view.at().plusSeconds(1), older);
    }
    stream(view);
  }

  /** Writes to the stream, which loses some. */
  private void stream(StreamedView view) {
    if (random.nextInt(100) > 0) {
      shards.get(Math.floorMod(view.page().hashCode(), SHARDS)).add(new Streamed(view, now));
    }
  }

  /** Somebody reports engagement with a page, which they may or may not have viewed. */
  private void engage() {
    PageId page = PageId.ofKey(KEYS.get(random.nextInt(KEYS.size())));
    Counter counter = counters.get(page);
    if (counter != null && !page.isEvent()) {
      Instant clock = now.plusSeconds(random.nextInt(3) * 240L - 240);
      Engagement engagement = new Engagement(random.nextInt(600), random.nextInt(101));
      stream(
          new StreamedView(
              page,
              counter.born,
              counter.views,
              clock,
              Facts.NONE,
              visitor(clock),
              null,
              engagement));
    }
  }

  private Counter newCounter(PageId page) {
    int before = random.nextInt(4) == 0 ? random.nextInt(50) : 0;
    return new Counter(now.toEpochMilli(), before, random.nextInt(4) > 0);
  }

  private StreamedView view(PageId page, Counter counter, Instant at, boolean older) {
    return new StreamedView(
        page,
        counter.born,
        counter.views,
        at,
        older ? Facts.NONE : facts(),
        older ? null : visitor(at),
        page.isEvent() ? event(page, older) : null,
        null);
  }

  private Event event(PageId id, boolean older) {
    return older
        ? Event.NONE
        : new Event(
            random.nextInt(4) == 0 ? "" : id.site() + "/",
            random.nextBoolean() ? Map.of() : Map.of("plan", "pro " + random.nextInt(2)),
            random.nextInt(3) > 0);
  }

  private Facts facts() {
    String[] browsers = {"Firefox", "Chrome", "Safari"};
    String[] countries = {"DE", "US", ""};
    boolean entry = random.nextBoolean();
    return new Facts(
        entry,
        entry && random.nextBoolean() ? "news.example" : "",
        entry && random.nextInt(5) == 0
            ? new Campaign("letter", "mail", "", "", "")
            : Campaign.NONE,
        countries[random.nextInt(countries.length)],
        browsers[random.nextInt(browsers.length)],
        "",
        "");
  }

  private VisitorToken visitor(Instant at) {
    LocalDate day = LocalDate.ofInstant(at, ZoneOffset.UTC);
    return new VisitorToken(
        String.format(Locale.ROOT, "%08x%08x", day.toEpochDay(), 0xabcdef00 + random.nextInt(8)));
  }

  /** Passes the next records of a shard, or the rest of them, to the function. */
  private void deliver(int shard, boolean troubled) {
    if (now.isBefore(standsStillUntil[shard])) {
      return;
    }
    if (troubled && random.nextInt(60) == 0) {
      standsStillUntil[shard] = now.plus(Duration.ofHours(random.nextInt(30)));
      return;
    }
    List<Streamed> records = shards.get(shard);
    int from = checkpoints[shard];
    while (from < records.size() && records.get(from).written().plus(RETENTION).isBefore(now)) {
      from++;
    }
    int to = Math.min(records.size(), from + 1 + random.nextInt(40));
    checkpoints[shard] = from;
    if (from < to) {
      checkpoints[shard] = from + rollUp(records.subList(from, to), troubled);
      if (troubled && random.nextInt(8) == 0) {
        checkpoints[shard] = Math.max(0, from - random.nextInt(20));
      }
    }
  }

  /** Somebody sends the function records that the stream has long dropped. */
  private void driveAgain(int shard) {
    List<Streamed> records = shards.get(shard);
    if (checkpoints[shard] > 0) {
      int from = random.nextInt(checkpoints[shard]);
      rollUp(records.subList(from, Math.min(checkpoints[shard], from + 30)), true);
    }
  }

  /** How many of the records are done with. */
  private int rollUp(List<Streamed> batch, boolean troubled) {
    Map<Row, Integer> places = new HashMap<>();
    List<Row> rows = new ArrayList<>();
    for (Streamed streamed : batch) {
      Row row = Row.of(streamed.view());
      places.putIfAbsent(row, rows.size());
      rows.add(row);
    }
    rows.forEach(row -> (row.isMessage() ? attemptedMessages : attempted).add(row));
    Instant clock = troubled ? now.plusSeconds(random.nextInt(240) - 120) : now;
    Items through = new Noted(troubled && random.nextInt(3) == 0 ? troubled() : items);
    try {
      Chunks.Result result = new Chunks(through, 1 + random.nextInt(3)).store(rows, clock);
      int done = result.unstored().stream().mapToInt(places::get).min().orElse(rows.size());
      for (Row row : rows.subList(0, done)) {
        if (row.isMessage()) {
          deliveredMessages.putIfAbsent(row, now);
        } else {
          delivered.add(row);
        }
      }
      return done;
    } catch (Killed e) {
      return 0;
    }
  }

  private Items troubled() {
    if (random.nextInt(6) == 0) {
      return new HoldingUp();
    }
    Trouble[] kinds = {
      Trouble.REFUSED, Trouble.ANSWER_LOST, Trouble.KILLED_BEFORE, Trouble.KILLED_AFTER
    };
    return new TroubledItems(
        items, 1 + random.nextInt(6), kinds[random.nextInt(kinds.length)], () -> {});
  }

  /** Runs the schedule if an hour is due: or not, or late, or twice. */
  private void schedule() {
    while (nextHour.isBefore(now)) {
      Instant due = nextHour;
      nextHour = nextHour.plusSeconds(3_600);
      boolean pastForGood = due.plus(Duration.ofHours(5)).isBefore(now);
      if (!pastForGood && random.nextInt(10) < 7) {
        for (int times = random.nextInt(8) == 0 ? 2 : 1; times > 0; times--) {
          int time = random.nextInt(4) == 0 ? random.nextInt(12) : Integer.MAX_VALUE;
          compact(random.nextInt(3) == 0 ? struck() : items, time);
        }
      }
    }
  }

  private Items struck() {
    Trouble[] kinds = Trouble.values();
    return new TroubledItems(
        items, 1 + random.nextInt(120), kinds[random.nextInt(kinds.length)], () -> compact(items));
  }

  private void compact(Items through) {
    compact(through, Integer.MAX_VALUE);
  }

  /**
   * @param time how many pieces of work there is time for
   */
  private void compact(Items through, int time) {
    int[] left = {time};
    try {
      new Compaction(new Noted(new Deadly(through)), maxRows).run(now, () -> left[0]-- <= 0);
    } catch (com.visitorcount.counter.StoreUnavailableException | Killed e) {
      // the next hour does the rest
    }
  }

  private void landHeldUp() {
    heldUp.removeIf(
        late -> {
          if (late.due().isAfter(now)) {
            return false;
          }
          items.put(late.item());
          return true;
        });
  }

  /** Lets everything settle: the stream is delivered, and some days pass. */
  void settle() {
    deliverAll();
    Instant end = now.plus(Duration.ofDays(4));
    while (now.isBefore(end)) {
      now = now.plusSeconds(7 * 3_600);
      compact(items);
    }
    // the first hour of a day is when days are looked at again
    now =
        LocalDate.ofInstant(now, ZoneOffset.UTC)
            .plusDays(1)
            .atStartOfDay(ZoneOffset.UTC)
            .toInstant()
            .plusSeconds(600);
    compact(items);
  }

  private void deliverAll() {
    for (int shard = 0; shard < SHARDS; shard++) {
      standsStillUntil[shard] = now;
      while (checkpoints[shard] < shards.get(shard).size()) {
        deliver(shard, false);
      }
    }
    heldUp.replaceAll(late -> new HeldUp(late.item(), now));
    landHeldUp();
  }

  /**
   * Lets everything arrive and some days pass, then runs the schedule for some hours.
   *
   * @param deadlySite kills each run that reads it
   * @param attempts whether runs can note which day they are about to close
   * @param runs number of hourly runs
   * @param time how many pieces of work each run has time for
   */
  void settleBeside(String deadlySite, boolean attempts, int runs, int time) {
    deliverAll();
    now = now.plus(Duration.ofDays(3));
    deadly = deadlySite;
    forgetsAttempts = !attempts;
    for (int run = 0; run < runs; run++) {
      now = now.plusSeconds(3_600);
      compact(items, time);
    }
    deadly = "";
    forgetsAttempts = false;
  }

  /** Does the hourly work once more. */
  void strikeAgain() {
    compact(items);
  }

  /** A site whose rows kill the function that reads them, as if they exceeded its memory. */
  private final class Deadly extends ForwardingItems {
    Deadly(Items through) {
      super(through);
    }

    @Override
    public void put(Item item) {
      if (!forgetsAttempts || !item.sort().endsWith("#attempt")) {
        super.put(item);
      }
    }

    @Override
    public void scan(
        String partition, String from, String to, boolean consistent, Predicate<Item> receiver) {
      if (!deadly.isEmpty() && partition.startsWith(deadly + "#")) {
        throw new Killed();
      }
      super.scan(partition, from, to, consistent, receiver);
    }
  }

  /** Tracks what a history that adds would contain, and how often days are closed. */
  private final class Noted extends ForwardingItems {
    Noted(Items through) {
      super(through);
    }

    @Override
    public void put(Item item) {
      super.put(item);
      if (item.sort().startsWith("c#")) {
        rowsAdded +=
            (int) RowCodec.decode(item.bytes()).stream().filter(row -> !row.isMessage()).count();
      }
    }

    @Override
    public boolean putIf(Item item, String knownRevision) {
      if (item.sort().startsWith("s#")) {
        String day = item.partition() + item.sort().substring(2);
        firstClosings.putIfAbsent(day, now);
        closings.computeIfAbsent(day, k -> new HashSet<>()).add(item.revision());
      }
      return super.putIf(item, knownRevision);
    }
  }

  /** A function that freezes, is given up, and continues up to an hour and a half later. */
  private final class HoldingUp extends ForwardingItems {
    HoldingUp() {
      super(items);
    }

    @Override
    public void put(Item item) {
      heldUp.add(new HeldUp(item, now.plusSeconds(random.nextInt(5_400))));
      throw new Killed();
    }

    @Override
    public boolean putIf(Item item, String knownRevision) {
      throw new Killed();
    }
  }

  /** How many days were closed in pieces. */
  int daysInPieces() {
    return (int)
        items.all().stream()
            .filter(item -> item.sort().startsWith("s#"))
            .filter(summary -> StoredParts.isLarge(summary.revision()))
            .count();
  }

  /** The rows that are stored for a day. */
  List<Row> stored(String site, LocalDate day) {
    @Nullable List<Row> closed = ClosedRows.of(items, site, day);
    if (closed != null) {
      return closed;
    }
    List<Row> open = new ArrayList<>();
    new OpenDay(items, site, day).rows(new UnreadableItems(), open::addAll);
    return open;
  }
}
