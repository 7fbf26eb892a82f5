package com.visitorcount.history.column;

import static java.util.Objects.requireNonNull;

import com.visitorcount.history.row.Row;
import com.visitorcount.page.PageId;
import com.visitorcount.view.Engagement;
import com.visitorcount.view.Event;
import com.visitorcount.view.Facts;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Makes the columns of a part from its visitors. */
final class PartBuilder implements Columns {
  private final Map<Column, int[]> numbers = new EnumMap<>(Column.class);
  private final Map<Column, long[]> longs = new EnumMap<>(Column.class);
  private final Map<Column, String[]> texts = new EnumMap<>(Column.class);
  private final List<Visitor> visitors;
  private final Row[] rows;
  private final int[] seconds;
  private final long midnight;
  private final Head head;

  /** A page or an event between its birth and its deletion. */
  private record Life(PageId page, long bornMillis) {}

  /**
   * @param visitors at least one visitor of a day, in order
   */
  PartBuilder(List<Visitor> visitors) {
    this.visitors = visitors;
    this.rows =
        visitors.stream()
            .flatMap(visitor -> visitor.visits().stream())
            .flatMap(List::stream)
            .toArray(Row[]::new);
    long epochDay = Math.floorDiv(rows[0].second(), (long) Part.SECONDS_OF_A_DAY);
    this.midnight = epochDay * Part.SECONDS_OF_A_DAY;
    this.seconds = new int[rows.length];
    for (int i = 0; i < rows.length; i++) {
      seconds[i] = (int) (rows[i].second() - midnight);
    }
    int[] views = places(row -> row.event() == null);
    int[] events = places(row -> row.event() != null);
    visits();
    int changed = profiles();
    int later = arrivals();
    identity(
        views,
        lives(views, Column.PAGES, Column.PAGE),
        Column.PAGE,
        List.of(Column.BORN, Column.FIRST_SEQUENCE, Column.SEQUENCE));
    events(events);
    identity(
        events,
        lives(events, Column.EVENT_NAMES, Column.EVENT_NAME),
        Column.EVENT_NAME,
        List.of(Column.EVENT_BORN, Column.EVENT_FIRST_SEQUENCE, Column.EVENT_SEQUENCE));
    passiveEvents(events);
    engagement();
    int known = (int) visitors.stream().filter(Visitor::isKnown).count();
    this.head =
        new Head(
            (int) epochDay,
            known,
            visitors.size() - known,
            numbers(Column.VIEWS).length,
            numbers(Column.DURATION).length,
            rows.length,
            texts(Column.COUNTRIES).length,
            texts(Column.BROWSERS).length,
            texts(Column.SYSTEMS).length,
            texts(Column.DEVICES).length,
            texts(Column.ARRIVALS).length / Arrival.TEXTS,
            texts(Column.PAGES).length,
            changed,
            later,
            events.length,
            texts(Column.EVENT_NAMES).length,
            texts(Column.EVENT_PAGES).length,
            texts(Column.PROPERTIES).length / Part.TEXTS_OF_A_PROPERTY,
            numbers(Column.PROPERTY).length,
            numbers(Column.PASSIVE_EVENT).length,
            numbers(Column.ENGAGED_VIEW).length);
  }

  private int[] places(Predicate<Row> condition) {
    return IntStream.range(0, rows.length).filter(i -> condition.test(rows[i])).toArray();
  }

  @Override
  public Head head() {
    return head;
  }

  @Override
  public int[] numbers(Column column) {
    return requireNonNull(numbers.get(column));
  }

  @Override
  public long[] longs(Column column) {
    return requireNonNull(longs.get(column));
  }

  @Override
  public String[] texts(Column column) {
    return requireNonNull(texts.get(column));
  }

  private void visits() {
    int[] visits = new int[visitors.size()];
    IntStream.Builder views = IntStream.builder();
    IntStream.Builder durations = IntStream.builder();
    IntStream.Builder starts = IntStream.builder();
    IntStream.Builder steps = IntStream.builder();
    long before = midnight;
    boolean afterKnown = true;
    for (int i = 0; i < visits.length; i++) {
      Visitor visitor = visitors.get(i);
      visits[i] = visitor.visits().size() - 1;
      if (afterKnown && !visitor.isKnown()) {
        before = midnight;
        afterKnown = false;
      }
      long end = before;
      for (List<Row> visit : visitor.visits()) {
        long start = visit.get(0).second();
        starts.add((int) (start - end));
        end = visit.get(visit.size() - 1).second();
        views.add(visit.size() - 1);
        if (visit.size() > 1) {
          durations.add((int) (end - start));
        }
        for (int j = 1; j < visit.size() - 1; j++) {
          steps.add((int) (visit.get(j).second() - visit.get(j - 1).second()));
        }
      }
      before = visitor.first().second();
    }
    numbers.put(Column.VISITS, visits);
    numbers.put(Column.VIEWS, views.build().toArray());
    numbers.put(Column.DURATION, durations.build().toArray());
    numbers.put(Column.START, starts.build().toArray());
    numbers.put(Column.STEP, steps.build().toArray());
  }

  /** Returns how many views have a profile that differs from their visitor's first. */
  private int profiles() {
    Profile country = new Profile();
    Profile browser = new Profile();
    Profile system = new Profile();
    Profile device = new Profile();
    IntStream.Builder changed = IntStream.builder();
    int row = 0;
    int last = 0;
    for (Visitor visitor : visitors) {
      Facts first = visitor.first().facts();
      country.ofVisitor(first.country());
      browser.ofVisitor(first.browser());
      system.ofVisitor(first.os());
      device.ofVisitor(first.device());
      for (int end = row + visitor.rows(); row < end; row++) {
        Facts facts = rows[row].facts();
        if (!hasSameProfile(first, facts)) {
          changed.add(row - last);
          last = row;
          country.ofChanged(facts.country());
          browser.ofChanged(facts.browser());
          system.ofChanged(facts.os());
          device.ofChanged(facts.device());
        }
      }
    }
    country.put(Column.COUNTRIES, Column.COUNTRY, Column.CHANGED_COUNTRY);
    browser.put(Column.BROWSERS, Column.BROWSER, Column.CHANGED_BROWSER);
    system.put(Column.SYSTEMS, Column.SYSTEM, Column.CHANGED_SYSTEM);
    device.put(Column.DEVICES, Column.DEVICE, Column.CHANGED_DEVICE);
    int[] gaps = changed.build().toArray();
    numbers.put(Column.CHANGED_ROW, gaps);
    return gaps.length;
  }

  private static boolean hasSameProfile(Facts a, Facts b) {
    return a.country().equals(b.country())
        && a.browser().equals(b.browser())
        && a.os().equals(b.os())
        && a.device().equals(b.device());
  }

  /** One property of a profile. */
  private final class Profile {
    private final Frequencies<String> values = new Frequencies<>();
    private final IntStream.Builder ofVisitors = IntStream.builder();
    private final IntStream.Builder ofChanged = IntStream.builder();

    void ofVisitor(String value) {
      ofVisitors.add(values.add(value));
    }

    void ofChanged(String value) {
      ofChanged.add(values.add(value));
    }

    void put(Column dictionary, Column visitors, Column changed) {
      int[] places = values.places();
      texts.put(dictionary, values.byPlace().toArray(new String[0]));
      numbers.put(visitors, ofVisitors.build().map(code -> places[code]).toArray());
      numbers.put(changed, ofChanged.build().map(code -> places[code]).toArray());
    }
  }

  /** Returns how many views have an arrival of their own but do not begin a visit. */
  private int arrivals() {
    Frequencies<Arrival> arrivals = new Frequencies<>();
    IntStream.Builder ofVisits = IntStream.builder();
    IntStream.Builder laterRows = IntStream.builder();
    IntStream.Builder laterArrivals = IntStream.builder();
    int row = 0;
    int last = 0;
    for (Visitor visitor : visitors) {
      for (List<Row> visit : visitor.visits()) {
        ofVisits.add(arrivals.add(Arrival.of(visit.get(0).facts())));
        row++;
        for (Row next : visit.subList(1, visit.size())) {
          if (!Arrival.isNone(next.facts())) {
            laterRows.add(row - last);
            last = row;
            laterArrivals.add(arrivals.add(Arrival.of(next.facts())));
          }
          row++;
        }
      }
    }
    int[] places = arrivals.places();
    int[] gaps = laterRows.build().toArray();
    texts.put(Column.ARRIVALS, Arrival.texts(arrivals.byPlace()));
    numbers.put(Column.ARRIVAL, ofVisits.build().map(code -> places[code]).toArray());
    numbers.put(Column.LATER_ROW, gaps);
    numbers.put(Column.LATER_ARRIVAL, laterArrivals.build().map(code -> places[code]).toArray());
    return gaps.length;
  }

  /** Makes a dictionary of the pages or events of some rows, with each life once. */
  private List<Life> lives(int[] some, Column dictionary, Column column) {
    Frequencies<Life> lives = new Frequencies<>();
    int[] codes = new int[some.length];
    for (int i = 0; i < codes.length; i++) {
      codes[i] = lives.add(new Life(rows[some[i]].page(), rows[some[i]].bornMillis()));
    }
    int[] places = lives.places();
    List<Life> byPlace = lives.byPlace();
    texts.put(
        dictionary, byPlace.stream().map(life -> life.page().toString()).toArray(String[]::new));
    numbers.put(column, IntStream.of(codes).map(code -> places[code]).toArray());
    return byPlace;
  }

  /**
   * Makes the columns that identify some rows.
   *
   * @param lives their pages or events
   * @param column the index of each row in these
   * @param columns births, first sequences, and sequences
   */
  private void identity(int[] some, List<Life> lives, Column column, List<Column> columns) {
    long[] born = new long[lives.size()];
    long[] first = new long[lives.size()];
    long[] sequences = new long[some.length];
    int[] places = numbers(column);
    int[] byLife =
        Part.rowsByPage(places, lives.size(), IntStream.of(some).map(i -> seconds[i]).toArray());
    long expected = 0;
    for (int i = 0; i < byLife.length; i++) {
      int life = places[byLife[i]];
      long sequence = rows[some[byLife[i]]].sequence();
      if (i == 0 || life != places[byLife[i - 1]]) {
        long before = life == 0 ? 0 : lives.get(life - 1).bornMillis();
        born[life] = Numbers.foldSign(lives.get(life).bornMillis() - before);
        first[life] = sequence;
        expected = sequence;
      }
      sequences[i] = Numbers.foldSign(sequence - expected);
      expected = sequence + 1;
    }
    longs.put(columns.get(0), born);
    longs.put(columns.get(1), first);
    longs.put(columns.get(2), sequences);
  }

  private void events(int[] events) {
    int[] gaps = new int[events.length];
    Frequencies<String> pages = new Frequencies<>();
    int[] ofPages = new int[events.length];
    Frequencies<Map.Entry<String, String>> properties = new Frequencies<>();
    int[] counts = new int[events.length];
    IntStream.Builder uses = IntStream.builder();
    for (int i = 0; i < events.length; i++) {
      Event event = requireNonNull(rows[events[i]].event());
      gaps[i] = events[i] - (i == 0 ? 0 : events[i - 1]);
      ofPages[i] = pages.add(event.page());
      counts[i] = event.properties().size();
      event.properties().forEach((name, value) -> uses.add(properties.add(Map.entry(name, value))));
    }
    int[] placesOfPages = pages.places();
    int[] placesOfProperties = properties.places();
    numbers.put(Column.EVENT_ROW, gaps);
    texts.put(Column.EVENT_PAGES, pages.byPlace().toArray(new String[0]));
    numbers.put(
        Column.EVENT_PAGE, IntStream.of(ofPages).map(code -> placesOfPages[code]).toArray());
    numbers.put(Column.PROPERTY_COUNT, counts);
    texts.put(
        Column.PROPERTIES,
        properties.byPlace().stream()
            .flatMap(property -> Stream.of(property.getKey(), property.getValue()))
            .toArray(String[]::new));
    numbers.put(Column.PROPERTY, uses.build().map(code -> placesOfProperties[code]).toArray());
  }

  private void passiveEvents(int[] events) {
    IntStream.Builder gaps = IntStream.builder();
    int last = 0;
    for (int i = 0; i < events.length; i++) {
      if (!requireNonNull(rows[events[i]].event()).isInteractive()) {
        gaps.add(i - last);
        last = i;
      }
    }
    numbers.put(Column.PASSIVE_EVENT, gaps.build().toArray());
  }

  private void engagement() {
    IntStream.Builder gaps = IntStream.builder();
    IntStream.Builder seconds = IntStream.builder();
    IntStream.Builder scroll = IntStream.builder();
    int view = 0;
    int last = 0;
    int row = 0;
    for (Visitor visitor : visitors) {
      for (int end = row + visitor.rows(); row < end; row++) {
        if (rows[row].event() != null) {
          continue;
        }
        Engagement engagement = visitor.engagement(rows[row]);
        if (engagement != null) {
          gaps.add(view - last);
          last = view;
          seconds.add(engagement.seconds());
          scroll.add(engagement.scrollPercent());
        }
        view++;
      }
    }
    numbers.put(Column.ENGAGED_VIEW, gaps.build().toArray());
    numbers.put(Column.ENGAGED_SECONDS, seconds.build().toArray());
    numbers.put(Column.SCROLL, scroll.build().toArray());
  }
}
