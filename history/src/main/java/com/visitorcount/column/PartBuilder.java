package com.visitorcount.column;

import static java.util.Objects.requireNonNull;

import com.visitorcount.page.PageId;
import com.visitorcount.row.Row;
import com.visitorcount.view.Facts;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Makes the columns of a part of its visitors. */
final class PartBuilder implements Columns {
  private final Map<Column, int[]> numbers = new EnumMap<>(Column.class);
  private final Map<Column, long[]> longs = new EnumMap<>(Column.class);
  private final Map<Column, String[]> texts = new EnumMap<>(Column.class);
  private final List<Visitor> visitors;
  private final Row[] rows;
  private final int[] seconds;
  private final long midnight;
  private final Head head;

  /** A page between its birth and its deletion. */
  private record Life(PageId page, long bornMillis) {}

  /**
   * @param visitors some of a day, in their order; at least one
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
    visits();
    int changed = profiles();
    int later = arrivals();
    identity(pages());
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
            later);
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

  /** Returns how many views have another profile than the first of their visitor. */
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

  /** One of the four properties of a profile. */
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

  /** Returns how many views have an arrival of their own without beginning a visit. */
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
          Arrival arrival = Arrival.of(next.facts());
          if (!arrival.equals(Arrival.NONE)) {
            laterRows.add(row - last);
            last = row;
            laterArrivals.add(arrivals.add(arrival));
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

  private List<Life> pages() {
    Frequencies<Life> lives = new Frequencies<>();
    int[] codes = new int[rows.length];
    for (int i = 0; i < codes.length; i++) {
      codes[i] = lives.add(new Life(rows[i].page(), rows[i].bornMillis()));
    }
    int[] places = lives.places();
    List<Life> byPlace = lives.byPlace();
    texts.put(
        Column.PAGES, byPlace.stream().map(life -> life.page().toString()).toArray(String[]::new));
    numbers.put(Column.PAGE, IntStream.of(codes).map(code -> places[code]).toArray());
    return byPlace;
  }

  private void identity(List<Life> lives) {
    long[] born = new long[lives.size()];
    long[] first = new long[lives.size()];
    long[] sequences = new long[rows.length];
    int[] pages = numbers(Column.PAGE);
    int[] byPage = Part.rowsByPage(pages, lives.size(), seconds);
    long expected = 0;
    for (int i = 0; i < byPage.length; i++) {
      int page = pages[byPage[i]];
      long sequence = rows[byPage[i]].sequence();
      if (i == 0 || page != pages[byPage[i - 1]]) {
        long before = page == 0 ? 0 : lives.get(page - 1).bornMillis();
        born[page] = Numbers.foldSign(lives.get(page).bornMillis() - before);
        first[page] = sequence;
        expected = sequence;
      }
      sequences[i] = Numbers.foldSign(sequence - expected);
      expected = sequence + 1;
    }
    longs.put(Column.BORN, born);
    longs.put(Column.FIRST_SEQUENCE, first);
    longs.put(Column.SEQUENCE, sequences);
  }
}
