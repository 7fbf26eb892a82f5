package com.visitorcount.history.column;

import com.visitorcount.history.row.Row;
import com.visitorcount.page.PageId;
import com.visitorcount.view.Engagement;
import com.visitorcount.view.Event;
import com.visitorcount.view.Facts;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The views and events of some visitors of a site in one UTC day, stored in columns; each view or
 * event is a row. No visitor is in two parts of a day, so the sums of the parts add up.
 *
 * <p>Visitors are in the order of their first rows; the rows of a visitor are visit by visit, and
 * those of a visit in the order in which they happened. Rows without a visitor come last. Each of
 * these is one holder with one visit, so that it has a place in every array by holder or visit; do
 * not count these holders and visits.
 *
 * <p>A column is read when it is first used. Every method throws {@link IllegalArgumentException}
 * if the stored data makes no sense. The arrays are not copied: do not change them. Not safe for
 * use by several threads.
 */
public final class Part {
  /** Seconds in a UTC day. */
  public static final int SECONDS_OF_A_DAY = 86_400;

  /** Name and value. */
  static final int TEXTS_OF_A_PROPERTY = 2;

  private static final int NONE = -1;

  private final Columns columns;
  private final Head head;
  private int @Nullable [] visitsByHolder;
  private int @Nullable [] rowsByVisit;
  private int @Nullable [] eventByRow;
  private boolean @Nullable [] bounceByVisit;
  private int @Nullable [] engagedRows;
  private int @Nullable [] durationByVisit;
  private int @Nullable [] secondByRow;
  private int @Nullable [] pageByRow;
  private int @Nullable [] arrivalByVisit;

  Part(Columns columns) {
    this.columns = columns;
    this.head = columns.head();
  }

  /** Properties that are stored once for a visitor, and again only for views where they differ. */
  public enum Profile {
    COUNTRY(Column.COUNTRIES, Column.COUNTRY, Column.CHANGED_COUNTRY),
    BROWSER(Column.BROWSERS, Column.BROWSER, Column.CHANGED_BROWSER),
    OS(Column.SYSTEMS, Column.SYSTEM, Column.CHANGED_SYSTEM),
    DEVICE(Column.DEVICES, Column.DEVICE, Column.CHANGED_DEVICE);

    private final Column dictionary;
    private final Column ofHolders;
    private final Column ofChanged;

    Profile(Column dictionary, Column ofHolders, Column ofChanged) {
      this.dictionary = dictionary;
      this.ofHolders = ofHolders;
      this.ofChanged = ofChanged;
    }
  }

  /**
   * Makes a part from rows in memory.
   *
   * @param rows of one site and one UTC day, each once
   * @param boundary decides where visits begin
   * @return one part with all rows; none if there are no rows
   */
  public static List<Part> of(Collection<Row> rows, VisitBoundary boundary) {
    List<Visitor> visitors = Visitor.of(rows, boundary);
    return visitors.isEmpty() ? List.of() : List.of(new Part(new PartBuilder(visitors)));
  }

  Columns columns() {
    return columns;
  }

  /** The UTC day. */
  public LocalDate day() {
    return LocalDate.ofEpochDay(head.epochDay());
  }

  /** When the day begins, in seconds since the epoch. */
  public long midnight() {
    return (long) head.epochDay() * SECONDS_OF_A_DAY;
  }

  /** How many views and events there are. */
  public int rows() {
    return head.rows();
  }

  /** Whether any view has engagement. */
  public boolean hasEngagement() {
    return head.engaged() > 0;
  }

  /** Whether any row is an event. */
  public boolean hasEvents() {
    return head.events() > 0;
  }

  /** How many holders are visitors; the holders after these are rows without a visitor. */
  public int visitors() {
    return head.visitors();
  }

  /** How many visits there are, including rows without a visitor. */
  public int visits() {
    return head.visits();
  }

  /** How many visits belong to visitors; the visits after these are rows without a visitor. */
  public int visitsOfVisitors() {
    return head.visits() - head.anonymous();
  }

  /** How many visits each holder has. */
  public int[] visitsByHolder() {
    if (visitsByHolder == null) {
      int[] visits = oneMore(Column.VISITS);
      require(sum(visits, 0, visits.length) == head.visits());
      require(sum(visits, head.visitors(), visits.length) == head.anonymous());
      visitsByHolder = visits;
    }
    return visitsByHolder;
  }

  /** How many views and events each visit has. */
  public int[] rowsByVisit() {
    if (rowsByVisit == null) {
      int[] rows = oneMore(Column.VIEWS);
      require(sum(rows, 0, rows.length) == head.rows());
      require(sum(rows, visitsOfVisitors(), rows.length) == head.anonymous());
      int longVisits = 0;
      for (int count : rows) {
        longVisits += count > 1 ? 1 : 0;
      }
      require(longVisits == head.longVisits());
      rowsByVisit = rows;
    }
    return rowsByVisit;
  }

  /** For each row, the index of its event, from 0; -1 for views. */
  public int[] eventByRow() {
    if (eventByRow == null) {
      int[] events = new int[head.rows()];
      Arrays.fill(events, NONE);
      if (hasEvents()) {
        int[] rows = sums(columns.numbers(Column.EVENT_ROW), events.length);
        for (int i = 0; i < rows.length; i++) {
          events[rows[i]] = i;
        }
      }
      eventByRow = events;
    }
    return eventByRow;
  }

  /** Whether each visit is a bounce: at most one of its rows is not a passive event. */
  public boolean[] bounceByVisit() {
    if (bounceByVisit == null) {
      int[] rows = head.passive() > 0 ? activeRowsByVisit() : rowsByVisit();
      boolean[] bounces = new boolean[rows.length];
      for (int visit = 0; visit < bounces.length; visit++) {
        bounces[visit] = rows[visit] <= 1;
      }
      bounceByVisit = bounces;
    }
    return bounceByVisit;
  }

  /** How many views and interactive events each visit has. */
  private int[] activeRowsByVisit() {
    int[] rows = rowsByVisit();
    int[] active = rows.clone();
    boolean[] isPassive = passiveEvents();
    int[] events = eventByRow();
    int row = 0;
    for (int visit = 0; visit < rows.length; visit++) {
      for (int end = row + rows[visit]; row < end; row++) {
        active[visit] -= events[row] >= 0 && isPassive[events[row]] ? 1 : 0;
      }
    }
    return active;
  }

  /** Whether each event is passive, that is, not interactive. */
  private boolean[] passiveEvents() {
    boolean[] isPassive = new boolean[head.events()];
    if (head.passive() > 0) {
      for (int event : sums(columns.numbers(Column.PASSIVE_EVENT), isPassive.length)) {
        isPassive[event] = true;
      }
    }
    return isPassive;
  }

  /** The rows of the views that have engagement. */
  public int[] engagedRows() {
    if (!hasEngagement()) {
      return new int[0];
    }
    if (engagedRows == null) {
      int[] views = rowsOf(false);
      engagedRows =
          IntStream.of(sums(columns.numbers(Column.ENGAGED_VIEW), views.length))
              .map(view -> views[view])
              .toArray();
    }
    return engagedRows;
  }

  /** For each view with engagement: how many seconds its page was visible. */
  public int[] engagedSeconds() {
    return hasEngagement() ? columns.numbers(Column.ENGAGED_SECONDS) : new int[0];
  }

  /** For each view with engagement: how far its page was scrolled down, in percent. */
  public int[] scrollPercents() {
    return hasEngagement() ? columns.numbers(Column.SCROLL) : new int[0];
  }

  /** Indexes from the gaps between them, in ascending order. */
  private static int[] sums(int[] gaps, int end) {
    int[] places = new int[gaps.length];
    long place = 0;
    for (int i = 0; i < gaps.length; i++) {
      place += gaps[i];
      require(place < end && (i == 0 || gaps[i] > 0));
      places[i] = (int) place;
    }
    return places;
  }

  private int[] rowsOf(boolean areEvents) {
    int[] events = eventByRow();
    return IntStream.range(0, events.length).filter(row -> events[row] >= 0 == areEvents).toArray();
  }

  private int[] oneMore(Column column) {
    int[] more = columns.numbers(column).clone();
    for (int i = 0; i < more.length; i++) {
      more[i]++;
    }
    return more;
  }

  private static long sum(int[] numbers, int from, int to) {
    long sum = 0;
    for (int i = from; i < to; i++) {
      sum += numbers[i];
    }
    return sum;
  }

  private static void require(boolean fits) {
    if (!fits) {
      throw new IllegalArgumentException("the columns of this part do not fit together");
    }
  }

  /** Seconds from the first to the last row of each visit. */
  public int[] durationByVisit() {
    if (durationByVisit == null) {
      int[] views = rowsByVisit();
      // one extra element that is never counted: a branch here took a third of a question's time
      int[] ofLongVisits = Arrays.copyOf(columns.numbers(Column.DURATION), head.longVisits() + 1);
      int[] durations = new int[views.length];
      int next = 0;
      for (int visit = 0; visit < views.length; visit++) {
        int isLong = Math.min(views[visit] - 1, 1);
        durations[visit] = isLong * ofLongVisits[next];
        next += isLong;
      }
      durationByVisit = durations;
    }
    return durationByVisit;
  }

  /** When each row happened, in seconds since midnight UTC. */
  public int[] secondByRow() {
    if (secondByRow == null) {
      secondByRow = seconds();
    }
    return secondByRow;
  }

  private int[] seconds() {
    int[] visits = visitsByHolder();
    int[] views = rowsByVisit();
    int[] durations = durationByVisit();
    int[] starts = columns.numbers(Column.START);
    int[] steps = columns.numbers(Column.STEP);
    int[] seconds = new int[head.rows()];
    int row = 0;
    int visit = 0;
    int step = 0;
    int before = 0;
    for (int holder = 0; holder < visits.length; holder++) {
      before = holder == head.visitors() ? 0 : before;
      int end = before;
      int first = visit;
      for (; visit < first + visits[holder]; visit++) {
        int second = end + starts[visit];
        before = visit == first ? second : before;
        end = second + durations[visit];
        require(end < SECONDS_OF_A_DAY);
        seconds[row++] = second;
        for (int i = 1; i < views[visit] - 1; i++) {
          second += steps[step++];
          require(second <= end);
          seconds[row++] = second;
        }
        if (views[visit] > 1) {
          seconds[row++] = end;
        }
      }
    }
    return seconds;
  }

  /**
   * For each row, the index in {@link #pages} of the view's page, or of the page that the event
   * happened on.
   */
  public int[] pageByRow() {
    if (pageByRow == null) {
      pageByRow = hasEvents() ? pagesOfViewsAndEvents() : columns.numbers(Column.PAGE);
    }
    return pageByRow;
  }

  private int[] pagesOfViewsAndEvents() {
    int[] events = eventByRow();
    int[] ofViews = columns.numbers(Column.PAGE);
    int[] ofEvents = columns.numbers(Column.EVENT_PAGE);
    int[] pages = new int[events.length];
    int view = 0;
    for (int row = 0; row < pages.length; row++) {
      pages[row] = events[row] < 0 ? ofViews[view++] : head.pages() + ofEvents[events[row]];
    }
    return pages;
  }

  /**
   * The keys of the pages, possibly with duplicates. The key is empty for events on an unknown
   * page.
   */
  public String[] pages() {
    String[] ofViews = columns.texts(Column.PAGES);
    return hasEvents()
        ? Stream.of(ofViews, columns.texts(Column.EVENT_PAGES))
            .flatMap(Arrays::stream)
            .toArray(String[]::new)
        : ofViews;
  }

  /** For each event, the index in {@link #eventNames}. */
  public int[] nameByEvent() {
    return hasEvents() ? columns.numbers(Column.EVENT_NAME) : new int[0];
  }

  /** The names of events, possibly with duplicates. */
  public List<String> eventNames() {
    return eventIds().stream().map(PageId::eventName).toList();
  }

  private List<PageId> eventIds() {
    return hasEvents()
        ? Arrays.stream(columns.texts(Column.EVENT_NAMES)).map(PageId::ofKey).toList()
        : List.of();
  }

  /** Each event's value of a property; empty if it has none. */
  public String[] propertyByEvent(String name) {
    return foldProperties((found, property, value) -> property.equals(name) ? value : found);
  }

  /** The names of each event's properties, separated by line feeds; empty if it has none. */
  public String[] propertyNamesByEvent() {
    return foldProperties(
        (names, property, value) -> names.isEmpty() ? property : names + "\n" + property);
  }

  private interface PropertyFold {
    String with(String before, String property, String value);
  }

  private String[] foldProperties(PropertyFold fold) {
    String[] folded = new String[head.events()];
    Arrays.fill(folded, "");
    if (hasEvents()) {
      String[] texts = columns.texts(Column.PROPERTIES);
      int[] counts = propertyCounts();
      int[] uses = columns.numbers(Column.PROPERTY);
      int next = 0;
      for (int event = 0; event < folded.length; event++) {
        for (int end = next + counts[event]; next < end; next++) {
          int at = uses[next] * TEXTS_OF_A_PROPERTY;
          folded[event] = fold.with(folded[event], texts[at], texts[at + 1]);
        }
      }
    }
    return folded;
  }

  private int[] propertyCounts() {
    int[] counts = columns.numbers(Column.PROPERTY_COUNT);
    require(sum(counts, 0, counts.length) == head.propertyUses());
    return counts;
  }

  private List<Event> events() {
    if (!hasEvents()) {
      return List.of();
    }
    String[] pages = columns.texts(Column.EVENT_PAGES);
    int[] ofPages = columns.numbers(Column.EVENT_PAGE);
    String[] texts = columns.texts(Column.PROPERTIES);
    int[] counts = propertyCounts();
    int[] uses = columns.numbers(Column.PROPERTY);
    boolean[] isPassive = passiveEvents();
    List<Event> events = new ArrayList<>(counts.length);
    int next = 0;
    for (int event = 0; event < counts.length; event++) {
      Map<String, String> properties = new TreeMap<>();
      for (int end = next + counts[event]; next < end; next++) {
        int at = uses[next] * TEXTS_OF_A_PROPERTY;
        properties.put(texts[at], texts[at + 1]);
      }
      events.add(new Event(pages[ofPages[event]], properties, !isPassive[event]));
    }
    return events;
  }

  /** For each visit, the index in {@link #arrivals}; a view without a visitor counts as a visit. */
  public int[] arrivalByVisit() {
    if (arrivalByVisit == null) {
      arrivalByVisit = columns.numbers(Column.ARRIVAL);
    }
    return arrivalByVisit;
  }

  /** The distinct arrivals. */
  public List<Arrival> arrivals() {
    return List.of(Arrival.ofTexts(columns.texts(Column.ARRIVALS)));
  }

  /** The distinct values of a profile property. */
  public String[] values(Profile profile) {
    return columns.texts(profile.dictionary);
  }

  /** For each holder, the index in {@link #values} of its first view. */
  public int[] byHolder(Profile profile) {
    return columns.numbers(profile.ofHolders);
  }

  /** Whether any view's profile differs from its holder's first. */
  public boolean profilesChange() {
    return head.changed() > 0;
  }

  /** For each row, the index in {@link #values}. */
  public int[] byRow(Profile profile) {
    int[] byHolder = byHolder(profile);
    int[] holders = holderByRow();
    int[] values = new int[holders.length];
    for (int row = 0; row < values.length; row++) {
      values[row] = byHolder[holders[row]];
    }
    setSparse(values, columns.numbers(Column.CHANGED_ROW), columns.numbers(profile.ofChanged));
    return values;
  }

  private static void setSparse(int[] values, int[] gaps, int[] others) {
    long row = 0;
    for (int i = 0; i < gaps.length; i++) {
      row += gaps[i];
      require(row < values.length);
      values[(int) row] = others[i];
    }
  }

  private int[] holderByRow() {
    int[] visits = visitsByHolder();
    int[] views = rowsByVisit();
    int[] holders = new int[head.rows()];
    int row = 0;
    int visit = 0;
    for (int holder = 0; holder < visits.length; holder++) {
      for (int i = 0; i < visits[holder]; i++) {
        int end = row + views[visit++];
        Arrays.fill(holders, row, end, holder);
        row = end;
      }
    }
    return holders;
  }

  /**
   * All rows, in the part's order, with numbers for visitors. A message about engagement follows
   * its view.
   *
   * @param firstVisitor number of the first visitor
   */
  public List<Row> toRows(int firstVisitor) {
    int[] holders = holderByRow();
    int[] seconds = secondByRow();
    Identity[] identities = identities();
    int[] eventByRow = eventByRow();
    List<Event> events = events();
    int[] arrivals = arrivalByRow();
    List<Arrival> allArrivals = arrivals();
    String[] countries = textByRow(Profile.COUNTRY);
    String[] browsers = textByRow(Profile.BROWSER);
    String[] systems = textByRow(Profile.OS);
    String[] devices = textByRow(Profile.DEVICE);
    int[] engaged = engagedRows();
    int[] engagedSeconds = engagedSeconds();
    int[] scroll = scrollPercents();
    int message = 0;
    List<Row> rows = new ArrayList<>(seconds.length + engaged.length);
    for (int row = 0; row < seconds.length; row++) {
      Arrival arrival = arrivals[row] < 0 ? Arrival.NONE : allArrivals.get(arrivals[row]);
      Facts facts =
          new Facts(
              arrival.entry(),
              arrival.referrer(),
              arrival.campaign(),
              countries[row],
              browsers[row],
              systems[row],
              devices[row]);
      boolean isKnown = holders[row] < head.visitors();
      String visitor = isKnown ? Integer.toString(firstVisitor + holders[row]) : "";
      Identity identity = identities[row];
      rows.add(
          new Row(
              identity.page,
              identity.bornMillis,
              identity.sequence,
              midnight() + seconds[row],
              facts,
              visitor,
              event(identity.page, eventByRow[row], events)));
      if (message < engaged.length && engaged[message] == row) {
        rows.add(
            new Row(
                identity.page,
                identity.bornMillis,
                identity.sequence,
                midnight() + seconds[row],
                Facts.NONE,
                visitor,
                null,
                new Engagement(engagedSeconds[message], scroll[message])));
        message++;
      }
    }
    return rows;
  }

  private String[] textByRow(Profile profile) {
    String[] values = values(profile);
    return Arrays.stream(byRow(profile)).mapToObj(place -> values[place]).toArray(String[]::new);
  }

  /** For each row, the index of its own arrival; negative if it has none. */
  private int[] arrivalByRow() {
    int[] views = rowsByVisit();
    int[] ofVisits = arrivalByVisit();
    int[] arrivals = new int[head.rows()];
    Arrays.fill(arrivals, -1);
    int row = 0;
    for (int visit = 0; visit < views.length; visit++) {
      arrivals[row] = ofVisits[visit];
      row += views[visit];
    }
    setSparse(arrivals, columns.numbers(Column.LATER_ROW), columns.numbers(Column.LATER_ARRIVAL));
    return arrivals;
  }

  /** Before parts had events, events were stored like pages, by their ids alone. */
  private static @Nullable Event event(PageId id, int event, List<Event> events) {
    Event otherwise = id.isEvent() ? Event.NONE : null;
    return event < 0 ? otherwise : events.get(event);
  }

  private record Identity(PageId page, long bornMillis, long sequence) {}

  private Identity[] identities() {
    Identity[] identities = new Identity[head.rows()];
    identify(
        identities,
        rowsOf(false),
        Arrays.stream(columns.texts(Column.PAGES)).map(PageId::ofKey).toList(),
        Column.PAGE,
        List.of(Column.BORN, Column.FIRST_SEQUENCE, Column.SEQUENCE));
    if (hasEvents()) {
      identify(
          identities,
          rowsOf(true),
          eventIds(),
          Column.EVENT_NAME,
          List.of(Column.EVENT_BORN, Column.EVENT_FIRST_SEQUENCE, Column.EVENT_SEQUENCE));
    }
    return identities;
  }

  /** Reads what {@link PartBuilder} wrote for some rows. */
  private void identify(
      Identity[] identities, int[] some, List<PageId> ids, Column column, List<Column> all) {
    int[] seconds = secondByRow();
    int[] places = columns.numbers(column);
    long[] born = born(columns.longs(all.get(0)));
    long[] first = columns.longs(all.get(1));
    long[] differences = columns.longs(all.get(2));
    int[] byLife =
        rowsByPage(places, ids.size(), IntStream.of(some).map(row -> seconds[row]).toArray());
    long expected = 0;
    for (int i = 0; i < byLife.length; i++) {
      int life = places[byLife[i]];
      if (i == 0 || life != places[byLife[i - 1]]) {
        expected = first[life];
      }
      long sequence = expected + Numbers.unfoldSign(differences[i]);
      identities[some[byLife[i]]] = new Identity(ids.get(life), born[life], sequence);
      expected = sequence + 1;
    }
  }

  private static long[] born(long[] differences) {
    long[] born = differences.clone();
    long before = 0;
    for (int page = 0; page < born.length; page++) {
      before += Numbers.unfoldSign(born[page]);
      born[page] = before;
    }
    return born;
  }

  /** The rows page by page, each page's by time; rows of the same second keep their order. */
  static int[] rowsByPage(int[] pages, int count, int[] seconds) {
    long[] inTime = new long[pages.length];
    for (int row = 0; row < inTime.length; row++) {
      inTime[row] = (long) seconds[row] << Integer.SIZE | row;
    }
    Arrays.sort(inTime);
    int[] next = new int[count + 1];
    for (int page : pages) {
      next[page + 1]++;
    }
    for (int page = 0; page < count; page++) {
      next[page + 1] += next[page];
    }
    int[] rows = new int[pages.length];
    for (long second : inTime) {
      int row = (int) second;
      rows[next[pages[row]]++] = row;
    }
    return rows;
  }
}
