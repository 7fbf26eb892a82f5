package com.visitorcount.history;

import com.visitorcount.history.column.Group;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Locale;

/**
 * The keys of the table {@code VisitorHistory}: built and parsed only here.
 *
 * <p>What is not closed yet has a partition for each site and UTC day of the views, with chunks and
 * hours sorted by the hour in which they arrived. What is closed has a partition for each site.
 */
final class Keys {
  /** Partition of the list of sites. No site begins with {@code #}. */
  static final String SITES = "#sites";

  /** Partition of how often the links to each site were revoked. */
  static final String SHARES = "#shares";

  /** Partition of the alerts that were sent. */
  static final String ALERTS = "#alerts";

  /** Partition of the reports that were sent. */
  static final String REPORTS = "#reports";

  /** Partition of the work list. */
  static final String WORK = "#work";

  /** Partition of the days whose files in the lake are still to be written. */
  static final String LAKE = "#lake";

  /** Says that there is a lake; before every listed day. */
  static final String LAKE_IN_USE = "!in-use";

  private static final String LAKE_FILES = "l#";

  /** Partition of the stream records that could not be read. */
  static final String SET_ASIDE_RECORDS = "#set-aside";

  /** Says that every open day of every site is listed; sorts before every listing. */
  static final String ALL_SITES_LISTED = "!all-sites-listed";

  /** Says that something was set aside, until somebody deletes it; sorts before every listing. */
  static final String SOMETHING_SET_ASIDE = "!something-set-aside";

  /** Appended to a prefix that ends with {@code #}, sorts after all its keys. */
  private static final String END = "~";

  private static final String CHUNK = "c#";
  private static final String HOUR = "h#";

  /** The visits; in days that older versions wrote, everything about the rows. */
  private static final String ROWS = "d#";

  private static final String TIMES = "t#";
  private static final String PAGES = "p#";
  private static final String IDENTITY = "i#";
  private static final String EVENTS = "e#";
  private static final String ENGAGEMENT = "g#";
  private static final String SEQUENCES = "q#";
  private static final String SUMMARY = "s#";
  private static final String MONTH = "m#";
  private static final String SET_ASIDE = "x#";
  private static final String SHARD = "v#";
  private static final String BATCH = "u#";
  private static final String SEGMENT = "y#";
  private static final String ATTEMPT = "#attempt";
  private static final String BUSY = "#busy";
  private static final int DATE_LENGTH = "2026-11-24".length();

  /** How far back a site's days have been rewritten. */
  static final String REWRITTEN = "r#";

  private static final int DIGITS = 4;
  private static final String FORGOTTEN = "f#";
  private static final String SUMS = "n#";

  /** No digest begins with this. */
  private static final String GONE = "gone";

  /** The day from which a site's rows are kept; earlier days have only sums. */
  static final String KEPT = "k#";

  /** How far today's deletion of old rows has got; sorts before every listing. */
  static final String EXPIRING = "!expiring";

  private Keys() {}

  /** The first and last key of a range, both inclusive. */
  record Range(String from, String to) {
    private static Range startingWith(String prefix) {
      return new Range(prefix, prefix + END);
    }
  }

  static String openDay(String site, LocalDate day) {
    return site + "#" + day;
  }

  static String chunk(ArrivalHour arrival, String id) {
    return CHUNK + arrival + "#" + id;
  }

  static String hour(ArrivalHour arrival, int part) {
    return HOUR + arrival + "#" + number(part);
  }

  static Range hours() {
    return Range.startingWith(HOUR);
  }

  static Range chunks() {
    return Range.startingWith(CHUNK);
  }

  /** The chunks that arrived from one hour to another, both inclusive. */
  static Range chunks(ArrivalHour from, ArrivalHour to) {
    return new Range(CHUNK + from, CHUNK + to + "#" + END);
  }

  /** The smallest key after this one. */
  static String after(String key) {
    return key + " ";
  }

  /**
   * Some rows of a shard.
   *
   * @param batch name of the chunks that they come from
   */
  static String shard(int shard, String batch, int part) {
    return SHARD + hex(shard) + "#" + batch + "#" + number(part);
  }

  /** Shards from one number to another, both inclusive. */
  static Range shards(int first, int last) {
    return new Range(SHARD + hex(first), SHARD + hex(last) + "#" + END);
  }

  private static String hex(int shard) {
    return String.format(Locale.ROOT, "%02x", shard);
  }

  /** Says that these chunks, and all before them, are in their shards. */
  static String batch(String lastChunk, String name) {
    return BATCH + lastChunk + "#" + name;
  }

  static Range batches() {
    return Range.startingWith(BATCH);
  }

  /** Key of the last chunk of a batch. */
  static String lastChunk(String batch) {
    return batch.substring(BATCH.length(), batch.lastIndexOf('#'));
  }

  /**
   * Says that a segment of a large day is written.
   *
   * @param inputs name of the batches that it is made of
   */
  static String segment(String inputs, int number) {
    return SEGMENT + inputs + "#" + number(number);
  }

  /** All segments of an open day, regardless of what they are made of. */
  static Range segments() {
    return Range.startingWith(SEGMENT);
  }

  /** All shards of an open day. */
  static Range shards() {
    return Range.startingWith(SHARD);
  }

  static Range segments(String inputs) {
    return Range.startingWith(SEGMENT + inputs + "#");
  }

  /** Every item of a partition. */
  static Range all() {
    return new Range("!", END);
  }

  /** The arrival hour in a key. */
  static ArrivalHour arrival(String key) {
    return ArrivalHour.parse(key.substring(CHUNK.length(), key.indexOf('#', CHUNK.length())));
  }

  /**
   * A group of a part; one too long for an item has several slices.
   *
   * @param part number of the part, from 0
   * @param slice number of the slice, from 0
   */
  static String part(Group group, LocalDate day, String revision, int part, int slice) {
    String first = partsOf(group, day, revision) + number(part);
    return slice == 0 ? first : first + "#" + number(slice);
  }

  /** All slices of a part's group. */
  static Range slices(Group group, LocalDate day, String revision, int part) {
    return parts(group, day, revision, part, part);
  }

  /** Parts of a day from one number to another, both inclusive. */
  static Range parts(Group group, LocalDate day, String revision, int first, int last) {
    String parts = partsOf(group, day, revision);
    return new Range(parts + number(first), parts + number(last) + "#" + END);
  }

  /** All parts of a day. */
  static Range parts(Group group, LocalDate day, String revision) {
    return Range.startingWith(partsOf(group, day, revision));
  }

  /** All parts of all days from one to another, both inclusive, in every revision. */
  static Range parts(Group group, LocalDate first, LocalDate last) {
    return new Range(letter(group) + first, letter(group) + last + "#" + END);
  }

  private static String partsOf(Group group, LocalDate day, String revision) {
    return letter(group) + day + "#" + revision + "#";
  }

  private static String letter(Group group) {
    return switch (group) {
      case VISITS -> ROWS;
      case TIMES -> TIMES;
      case PAGES -> PAGES;
      case IDENTITY -> IDENTITY;
      case EVENTS -> EVENTS;
      case ENGAGEMENT -> ENGAGEMENT;
    };
  }

  /** How many files of a day are in the lake. */
  static String lakeFiles(LocalDate day) {
    return LAKE_FILES + day;
  }

  static String sequences(LocalDate day, String revision, int part) {
    return SEQUENCES + day + "#" + revision + "#" + number(part);
  }

  static Range sequences(LocalDate day, String revision) {
    return Range.startingWith(SEQUENCES + day + "#" + revision + "#");
  }

  static Range sequences() {
    return Range.startingWith(SEQUENCES);
  }

  /**
   * Sequences of rows that were deleted.
   *
   * @param ofRevision digest of the revision that the rows had
   */
  static String sequencesOfGone(LocalDate day, String ofRevision, int part) {
    return SEQUENCES + day + "#" + GONE + ofRevision + "#" + number(part);
  }

  /** Sequences of the deleted rows of one revision. */
  static Range sequencesOfGone(LocalDate day, String ofRevision) {
    return Range.startingWith(SEQUENCES + day + "#" + GONE + ofRevision + "#");
  }

  /** Sequences of the deleted rows of all revisions. */
  static Range sequencesOfGone(LocalDate day) {
    return Range.startingWith(SEQUENCES + day + "#" + GONE);
  }

  /** Marks a revision of a day for deletion once the day has another. */
  static String forgotten(LocalDate day, String revision) {
    return FORGOTTEN + day + "#" + revision;
  }

  static Range forgotten() {
    return Range.startingWith(FORGOTTEN);
  }

  static LocalDate forgottenDay(String key) {
    return LocalDate.parse(key.substring(FORGOTTEN.length(), FORGOTTEN.length() + DATE_LENGTH));
  }

  static String forgottenRevision(String key) {
    return key.substring(FORGOTTEN.length() + DATE_LENGTH + 1);
  }

  /**
   * Sums of a day without rows.
   *
   * @param source name of their origin
   */
  static String sums(LocalDate day, String source) {
    return SUMS + day + "#" + source;
  }

  static Range sums(LocalDate day) {
    return Range.startingWith(SUMS + day + "#");
  }

  /** The sums of all days and sources. */
  static Range sums() {
    return Range.startingWith(SUMS);
  }

  static LocalDate sumsDay(String key) {
    return LocalDate.parse(key.substring(SUMS.length(), SUMS.length() + DATE_LENGTH));
  }

  static String sumsSource(String key) {
    return key.substring(SUMS.length() + DATE_LENGTH + 1);
  }

  static LocalDate sequencesDay(String key) {
    return LocalDate.parse(key.substring(SEQUENCES.length(), SEQUENCES.length() + DATE_LENGTH));
  }

  static String summary(LocalDate day) {
    return SUMMARY + day;
  }

  static Range summaries() {
    return Range.startingWith(SUMMARY);
  }

  static Range summaries(LocalDate from, LocalDate to) {
    return new Range(summary(from), summary(to));
  }

  static LocalDate summaryDay(String key) {
    return LocalDate.parse(key.substring(SUMMARY.length()));
  }

  static String month(YearMonth month) {
    return MONTH + month;
  }

  static Range months(YearMonth from, YearMonth to) {
    return new Range(month(from), month(to));
  }

  static Range months() {
    return Range.startingWith(MONTH);
  }

  static YearMonth monthOf(String key) {
    return YearMonth.parse(key.substring(MONTH.length()));
  }

  /** The key of a chunk or hour that cannot be read. */
  static String setAside(String key) {
    return SET_ASIDE + key;
  }

  /**
   * The key of a record that cannot be read; one too long for an item has several slices, whose
   * keys sort in order.
   *
   * @param slice number of the slice, from 0
   */
  static String record(String digest, int slice) {
    return SET_ASIDE + digest + "#" + number(slice);
  }

  /** Whether the item with this key is the first of a record. */
  static boolean isFirstSlice(String key) {
    return key.endsWith("#" + number(0));
  }

  /** The day comes first, so that the list is sorted by day. */
  static String listing(String site, LocalDate day) {
    return day + "#" + site;
  }

  static String attempt(String site, LocalDate day) {
    return listing(site, day) + ATTEMPT;
  }

  static String busy(String site, LocalDate day) {
    return listing(site, day) + BUSY;
  }

  static boolean isListing(String key) {
    return !key.startsWith("!") && !key.endsWith(ATTEMPT) && !key.endsWith(BUSY);
  }

  static LocalDate listedDay(String listing) {
    return LocalDate.parse(listing.substring(0, DATE_LENGTH));
  }

  static String listedSite(String listing) {
    return listing.substring(DATE_LENGTH + 1);
  }

  private static String number(int part) {
    // called several times for each part that is read: String.format took a third of a question's
    // time
    String digits = Integer.toString(part);
    return "0".repeat(Math.max(0, DIGITS - digits.length())) + digits;
  }

  /** Sort key of an alert about a site. */
  static String alert(String site, String kind) {
    return site + "#" + kind;
  }
}
