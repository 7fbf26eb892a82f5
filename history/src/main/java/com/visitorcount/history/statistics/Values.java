package com.visitorcount.history.statistics;

import static java.util.Objects.requireNonNull;

import com.visitorcount.history.column.Arrival;
import com.visitorcount.history.column.Group;
import com.visitorcount.history.column.Part;
import com.visitorcount.page.PageId;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** The values that the views of a part have in a dimension. Do not change the arrays. */
final class Values {
  private final boolean ofRows;
  private final int[] places;
  private final String[] texts;

  private Values(boolean ofRows, int[] places, String[] texts) {
    this.ofRows = ofRows;
    this.places = places;
    this.texts = texts;
  }

  /** Whether each view has its own value; otherwise all views of a visit share one. */
  boolean ofRows() {
    return ofRows;
  }

  /** For each view or each visit, the index of its value in {@link #texts}. */
  int[] places() {
    return places;
  }

  /** The distinct values. */
  String[] texts() {
    return texts;
  }

  /** The groups of columns that a dimension needs, apart from the visits. */
  static Set<Group> groupsOf(Dimension dimension) {
    return switch (dimension) {
      case PAGE, ENTRY_PAGE, EXIT_PAGE -> Set.of(Group.PAGES);
      case HOUR -> Set.of(Group.TIMES);
      case EVENT, PROPERTY, PROPERTY_NAMES -> Set.of(Group.EVENTS);
      case GOAL -> Set.of(Group.PAGES, Group.EVENTS);
      default -> Set.of();
    };
  }

  static Values of(Part part, Attribute attribute, ZoneId zone) {
    return switch (attribute.dimension()) {
      case PAGE -> distinct(true, part.pageByRow(), pageNames(part));
      case ENTRY_PAGE -> pagesOfVisits(part, false);
      case EXIT_PAGE -> pagesOfVisits(part, true);
      case SOURCE -> ofArrivals(part, arrival -> origin(arrival).source());
      case CHANNEL -> ofArrivals(part, arrival -> origin(arrival).channel());
      case REFERRER -> ofArrivals(part, Arrival::referrer);
      case UTM_SOURCE -> ofArrivals(part, arrival -> arrival.campaign().source());
      case UTM_MEDIUM -> ofArrivals(part, arrival -> arrival.campaign().medium());
      case UTM_CAMPAIGN -> ofArrivals(part, arrival -> arrival.campaign().name());
      case UTM_TERM -> ofArrivals(part, arrival -> arrival.campaign().term());
      case UTM_CONTENT -> ofArrivals(part, arrival -> arrival.campaign().content());
      case COUNTRY -> ofProfiles(part, Part.Profile.COUNTRY);
      case BROWSER -> ofProfiles(part, Part.Profile.BROWSER);
      case OS -> ofProfiles(part, Part.Profile.OS);
      case DEVICE -> ofProfiles(part, Part.Profile.DEVICE);
      case HOUR -> new Values(true, hours(part, zone), LocalHours.texts());
      case EVENT -> ofEvents(part, part.nameByEvent(), part.eventNames().toArray(new String[0]));
      case GOAL -> goals(part);
      case PROPERTY -> properties(part, part.propertyByEvent(attribute.property()));
      case PROPERTY_NAMES -> properties(part, part.propertyNamesByEvent());
    };
  }

  /** The values of events, where all views share one value. */
  private static Values ofEvents(Part part, int[] byEvent, String[] texts) {
    String ofViews = requireNonNull(Dimension.EVENT.ofAllViews());
    if (!part.hasEvents()) {
      return new Values(false, new int[part.visits()], new String[] {ofViews});
    }
    String[] all = Arrays.copyOf(texts, texts.length + 1);
    all[texts.length] = ofViews;
    int[] events = part.eventByRow();
    int[] places = new int[events.length];
    for (int row = 0; row < places.length; row++) {
      places[row] = events[row] < 0 ? texts.length : byEvent[events[row]];
    }
    return distinct(true, places, all);
  }

  private static Values goals(Part part) {
    String[] names = part.eventNames().toArray(new String[0]);
    String[] pages = pageNames(part);
    String[] all = Arrays.copyOf(names, names.length + pages.length);
    for (int page = 0; page < pages.length; page++) {
      all[names.length + page] = Dimension.VISIT + pages[page];
    }
    int[] events = part.eventByRow();
    int[] ofEvents = part.nameByEvent();
    int[] ofPages = part.pageByRow();
    int[] places = new int[events.length];
    for (int row = 0; row < places.length; row++) {
      places[row] = events[row] < 0 ? names.length + ofPages[row] : ofEvents[events[row]];
    }
    return distinct(true, places, all);
  }

  private static Values properties(Part part, String[] byEvent) {
    if (!part.hasEvents()) {
      return same(part);
    }
    Map<String, Integer> known = new LinkedHashMap<>();
    known.put("", 0);
    int[] events = part.eventByRow();
    int[] places = new int[events.length];
    for (int row = 0; row < places.length; row++) {
      String value = events[row] < 0 ? "" : byEvent[events[row]];
      places[row] = known.computeIfAbsent(value, v -> known.size());
    }
    return new Values(true, places, known.keySet().toArray(new String[0]));
  }

  private static Origin origin(Arrival arrival) {
    return Origin.of(arrival.referrer(), arrival.campaign());
  }

  private static String[] pageNames(Part part) {
    String[] keys = part.pages();
    String[] names = new String[keys.length];
    String root = "";
    for (int i = 0; i < keys.length; i++) {
      if (!root.isEmpty() && keys[i].startsWith(root)) {
        // parsing every host took a tenth of a question's time
        names[i] = keys[i].substring(root.length() - 1);
        continue;
      }
      PageId page = PageId.ofKey(keys[i]);
      names[i] = withoutSite(page);
      if (!page.site().equals(PageId.DEFAULT_SITE)) {
        root = page.site() + "/";
      }
    }
    return names;
  }

  /** A page's name without its site. */
  static String withoutSite(PageId page) {
    String text = page.toString();
    return page.site().equals(PageId.DEFAULT_SITE) ? text : text.substring(page.site().length());
  }

  /** The page of the first or the last view of each visit; empty if it has only events. */
  private static Values pagesOfVisits(Part part, boolean last) {
    int[] rows = part.rowsByVisit();
    int[] pages = part.pageByRow();
    int[] events = part.eventByRow();
    String[] texts = pageNames(part);
    String[] withNone = Arrays.copyOf(texts, texts.length + 1);
    withNone[texts.length] = "";
    int[] places = new int[rows.length];
    Arrays.fill(places, texts.length);
    int row = 0;
    for (int visit = 0; visit < places.length; visit++) {
      for (int end = row + rows[visit]; row < end; row++) {
        if (events[row] < 0 && (last || places[visit] == texts.length)) {
          places[visit] = pages[row];
        }
      }
    }
    return ofVisits(part, places, withNone, "");
  }

  private static Values ofArrivals(Part part, Function<Arrival, String> value) {
    String[] texts = part.arrivals().stream().map(value).toArray(String[]::new);
    return ofVisits(part, part.arrivalByVisit(), texts, value.apply(Arrival.NONE));
  }

  /** A view without a visitor belongs to no visit and has no visit's values. */
  private static Values ofVisits(Part part, int[] places, String[] texts, String ofNone) {
    if (part.visitsOfVisitors() == part.visits()) {
      return distinct(false, places, texts);
    }
    int[] ofAll = places.clone();
    Arrays.fill(ofAll, part.visitsOfVisitors(), part.visits(), texts.length);
    String[] withNone = Arrays.copyOf(texts, texts.length + 1);
    withNone[texts.length] = ofNone;
    return distinct(false, ofAll, withNone);
  }

  /** Two lives of a page share a name, and two referrers may: they must be one value. */
  private static Values distinct(boolean ofRows, int[] places, String[] texts) {
    Map<String, Integer> known = new HashMap<>();
    int[] firsts = new int[texts.length];
    for (int i = 0; i < texts.length; i++) {
      Integer first = known.putIfAbsent(texts[i], i);
      firsts[i] = first == null ? i : first;
    }
    if (known.size() == texts.length) {
      return new Values(ofRows, places, texts);
    }
    int[] same = new int[places.length];
    for (int i = 0; i < same.length; i++) {
      same[i] = firsts[places[i]];
    }
    return new Values(ofRows, same, texts);
  }

  private static Values ofProfiles(Part part, Part.Profile profile) {
    String[] texts = part.values(profile);
    if (part.profilesChange()) {
      return new Values(true, part.byRow(profile), texts);
    }
    int[] byHolder = part.byHolder(profile);
    int[] visits = part.visitsByHolder();
    int[] places = new int[part.visits()];
    int visit = 0;
    for (int holder = 0; holder < visits.length; holder++) {
      int place = byHolder[holder];
      for (int end = visit + visits[holder]; visit < end; visit++) {
        places[visit] = place;
      }
    }
    return new Values(false, places, texts);
  }

  private static int[] hours(Part part, ZoneId zone) {
    int[] seconds = part.secondByRow();
    int[] hours = new int[seconds.length];
    long midnight = part.midnight();
    Integer offset = LocalHours.constantOffset(zone, midnight, midnight + Part.SECONDS_OF_A_DAY);
    for (int row = 0; row < hours.length; row++) {
      long second = midnight + seconds[row];
      hours[row] = LocalHours.at(second, offset == null ? LocalHours.offset(zone, second) : offset);
    }
    return hours;
  }

  /** A single value that all views share. */
  static Values same(Part part) {
    return new Values(false, new int[part.visits()], new String[] {""});
  }

  /**
   * The periods in which the views of a part happened, numbered in order.
   *
   * @param limits where each period except the first begins, in seconds since midnight UTC
   */
  static Values ofSeconds(Part part, int[] limits) {
    int[] runs = new int[Part.SECONDS_OF_A_DAY];
    for (int i = 0; i < limits.length; i++) {
      int end = i + 1 < limits.length ? limits[i + 1] : runs.length;
      Arrays.fill(runs, limits[i], end, i + 1);
    }
    int[] seconds = part.secondByRow();
    int[] places = new int[seconds.length];
    for (int row = 0; row < places.length; row++) {
      places[row] = runs[seconds[row]];
    }
    String[] texts = new String[limits.length + 1];
    Arrays.fill(texts, "");
    return new Values(true, places, texts);
  }
}
