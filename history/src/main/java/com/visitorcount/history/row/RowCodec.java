package com.visitorcount.history.row;

import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.visitorcount.page.InvalidPageException;
import com.visitorcount.page.PageId;
import com.visitorcount.view.Campaign;
import com.visitorcount.view.Engagement;
import com.visitorcount.view.Event;
import com.visitorcount.view.Facts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The stored form of rows: one column of numbers for each property, in deflated JSON. Each text is
 * stored once, in a dictionary. A column holds deviations from what is expected, such as the
 * difference of a second, sequence or visitor from the previous one, so that most numbers are zero.
 * Rows with events have version 2, which has two more columns. Rows with messages about engagement,
 * or with events that are not interactive, have version 3.
 */
public final class RowCodec {
  private static final int VERSION = 1;
  private static final int VERSION_WITH_EVENTS = 2;
  private static final int VERSION_WITH_ENGAGEMENT = 3;

  /** Rows since the previous message, seconds, percent. */
  private static final int NUMBERS_OF_A_MESSAGE = 3;

  private static final int UNKNOWN_VISITOR = -1;
  private static final Pattern NUMBER = Pattern.compile("0|[1-9][0-9]{0,8}");

  private RowCodec() {}

  /**
   * Encodes rows in as many parts as they need. Equal rows in equal order give equal parts.
   *
   * @param rows a set in order
   */
  public static List<byte[]> encode(List<Row> rows) {
    return DeflatedJson.writeParts(RowCodec::version, rows, part -> new Encoder().columns(part));
  }

  private static int version(List<Row> rows) {
    int version = VERSION;
    for (Row row : rows) {
      Event event = row.event();
      if (row.isMessage() || (event != null && !event.isInteractive())) {
        return VERSION_WITH_ENGAGEMENT;
      }
      version = event == null ? version : VERSION_WITH_EVENTS;
    }
    return version;
  }

  /**
   * Decodes the rows of a part, in order.
   *
   * @throws IllegalArgumentException if this is no part, or newer code wrote it
   */
  public static List<Row> decode(byte[] part) {
    boolean isKnown =
        part.length > 0 && part[0] >= VERSION_WITH_EVENTS && part[0] <= VERSION_WITH_ENGAGEMENT;
    Columns columns = DeflatedJson.read(isKnown ? part[0] : VERSION, part, Columns.class);
    try {
      return new Decoder(columns).rows();
    } catch (IndexOutOfBoundsException | InvalidPageException e) {
      throw new IllegalArgumentException("the columns of these rows do not fit together", e);
    }
  }

  /**
   * The columns of a part.
   *
   * @param pages page ids
   * @param born for each page in {@code pages}; a page with two births is listed twice
   * @param first sequence of the first row of each page in {@code pages}
   * @param tokens visitors in order of first appearance, if they are not numbers
   * @param numbers the same if they are numbers: each minus the previous one
   * @param origins distinct combinations of entry, referrer and campaign
   * @param profiles distinct combinations of country, browser, OS and device
   * @param t second, minus the previous row's; for the first row, since the epoch
   * @param p index in {@code pages}
   * @param s sequence, minus 1 and the previous one of the page
   * @param u visitor: 0 for a new one, otherwise 1 plus its distance from the newest; -1 for none
   * @param o index in {@code origins}
   * @param f 1 plus the index in {@code profiles}; 0 for the profile of the visitor's previous row
   * @param events distinct events: the page, then the name and value of each property, then one
   *     more empty text if it is not interactive; absent if no row is an event
   * @param e for each row that is an event: index in {@code events}
   * @param g for each row that is a message: rows since the previous message, seconds, and percent;
   *     absent if there is none. The origin and profile of a message are meaningless
   */
  @JsonPropertyOrder({
    "v",
    "pages",
    "born",
    "first",
    "tokens",
    "numbers",
    "origins",
    "profiles",
    "t",
    "p",
    "s",
    "u",
    "o",
    "f",
    "events",
    "e",
    "g"
  })
  @JsonInclude(JsonInclude.Include.NON_NULL)
  private record Columns(
      List<String> pages,
      List<Long> born,
      List<Long> first,
      List<String> tokens,
      List<Integer> numbers,
      List<List<String>> origins,
      List<List<String>> profiles,
      List<Long> t,
      List<Integer> p,
      List<Long> s,
      List<Integer> u,
      List<Integer> o,
      List<Integer> f,
      @Nullable List<List<String>> events,
      @Nullable List<Integer> e,
      @Nullable List<Integer> g) {
    Columns {
      pages = List.copyOf(pages);
      born = List.copyOf(born);
      first = List.copyOf(first);
      tokens = List.copyOf(tokens);
      numbers = List.copyOf(numbers);
      origins = origins.stream().map(List::copyOf).toList();
      profiles = profiles.stream().map(List::copyOf).toList();
      t = List.copyOf(t);
      p = List.copyOf(p);
      s = List.copyOf(s);
      u = List.copyOf(u);
      o = List.copyOf(o);
      f = List.copyOf(f);
      events = events == null ? null : events.stream().map(List::copyOf).toList();
      e = e == null ? null : List.copyOf(e);
      g = g == null ? null : List.copyOf(g);
    }
  }

  /** Makes the columns of one part. */
  private static final class Encoder {
    private final Dictionary<Life> lives = new Dictionary<>();
    private final List<Long> first = new ArrayList<>();
    private final Map<Integer, Long> lastSequences = new HashMap<>();
    private final Dictionary<String> visitors = new Dictionary<>();
    private final Map<String, Integer> lastProfiles = new HashMap<>();
    private final Dictionary<List<String>> origins = new Dictionary<>();
    private final Dictionary<List<String>> profiles = new Dictionary<>();
    private final Dictionary<List<String>> events = new Dictionary<>();

    Columns columns(List<Row> rows) {
      List<Long> t = new ArrayList<>(rows.size());
      List<Integer> p = new ArrayList<>(rows.size());
      List<Long> s = new ArrayList<>(rows.size());
      List<Integer> u = new ArrayList<>(rows.size());
      List<Integer> o = new ArrayList<>(rows.size());
      List<Integer> f = new ArrayList<>(rows.size());
      List<Integer> e = new ArrayList<>();
      List<Integer> g = new ArrayList<>();
      long second = 0;
      int place = 0;
      int lastMessage = 0;
      for (Row row : rows) {
        t.add(row.second() - second);
        second = row.second();
        int life = lives.of(new Life(row.page().toString(), row.bornMillis()));
        p.add(life);
        s.add(sequence(life, row.sequence()));
        u.add(visitor(row.visitor()));
        o.add(row.isMessage() ? 0 : origins.of(origin(row.facts())));
        f.add(row.isMessage() ? 0 : profile(row));
        Event event = row.event();
        if (event != null) {
          e.add(events.of(texts(event)));
        }
        Engagement engagement = row.engagement();
        if (engagement != null) {
          g.addAll(List.of(place - lastMessage, engagement.seconds(), engagement.scrollPercent()));
          lastMessage = place;
        }
        place++;
      }
      List<String> names = visitors.values();
      boolean numbered = names.stream().allMatch(NUMBER.asMatchPredicate());
      return new Columns(
          lives.values().stream().map(Life::page).toList(),
          lives.values().stream().map(Life::bornMillis).toList(),
          first,
          numbered ? List.of() : names,
          numbered ? differences(names) : List.of(),
          origins.values(),
          profiles.values(),
          t,
          p,
          s,
          u,
          o,
          f,
          e.isEmpty() ? null : events.values(),
          e.isEmpty() ? null : e,
          g.isEmpty() ? null : g);
    }

    private static List<String> texts(Event event) {
      List<String> texts = new ArrayList<>(List.of(event.page()));
      event
          .properties()
          .forEach(
              (name, value) -> {
                texts.add(name);
                texts.add(value);
              });
      if (!event.isInteractive()) {
        texts.add("");
      }
      return texts;
    }

    private long sequence(int life, long sequence) {
      Long last = lastSequences.put(life, sequence);
      if (last == null) {
        first.add(sequence);
        return 0;
      }
      return sequence - last - 1;
    }

    private int visitor(String visitor) {
      if (visitor.isEmpty()) {
        return UNKNOWN_VISITOR;
      }
      int before = visitors.size();
      int place = visitors.of(visitor);
      return place == before ? 0 : before - place;
    }

    private int profile(Row row) {
      int place = profiles.of(profile(row.facts()));
      Integer last = row.visitor().isEmpty() ? null : lastProfiles.put(row.visitor(), place);
      return last != null && last == place ? 0 : place + 1;
    }

    private static List<String> origin(Facts facts) {
      Campaign campaign = facts.campaign();
      return List.of(
          facts.entry() ? "1" : "",
          facts.referrer(),
          campaign.source(),
          campaign.medium(),
          campaign.name(),
          campaign.term(),
          campaign.content());
    }

    private static List<String> profile(Facts facts) {
      return List.of(facts.country(), facts.browser(), facts.os(), facts.device());
    }

    private static List<Integer> differences(List<String> numbers) {
      List<Integer> differences = new ArrayList<>(numbers.size());
      int last = 0;
      for (String text : numbers) {
        int number = Integer.parseInt(text);
        differences.add(number - last);
        last = number;
      }
      return differences;
    }
  }

  /** Reads the columns of one part. */
  private static final class Decoder {
    private final Columns columns;
    private final List<PageId> pages;
    private final List<String> visitors;
    private final List<Long> sequences;
    private final List<Integer> profiles = new ArrayList<>();
    private final Map<Long, Facts> facts = new HashMap<>();
    private final List<Event> events;
    private final Iterator<Integer> placesOfEvents;
    private final Map<Integer, Engagement> messages;
    private int newest = -1;

    Decoder(Columns columns) {
      this.columns = columns;
      this.pages = columns.pages().stream().map(PageId::ofKey).toList();
      this.visitors = columns.tokens().isEmpty() ? sums(columns.numbers()) : columns.tokens();
      // so that the expected sequence of each page's first row is its own
      this.sequences = new ArrayList<>(columns.first().stream().map(first -> first - 1).toList());
      this.events =
          requireNonNullElse(columns.events(), List.<List<String>>of()).stream()
              .map(Decoder::event)
              .toList();
      this.placesOfEvents = requireNonNullElse(columns.e(), List.<Integer>of()).iterator();
      this.messages = messages(requireNonNullElse(columns.g(), List.of()));
    }

    private static Map<Integer, Engagement> messages(List<Integer> numbers) {
      Map<Integer, Engagement> messages = new HashMap<>();
      int place = 0;
      for (int i = 0; i < numbers.size(); i += NUMBERS_OF_A_MESSAGE) {
        place += numbers.get(i);
        messages.put(place, new Engagement(numbers.get(i + 1), numbers.get(i + 2)));
      }
      return messages;
    }

    List<Row> rows() {
      List<Row> rows = new ArrayList<>(columns.t().size());
      long second = 0;
      for (int i = 0; i < columns.t().size(); i++) {
        second += columns.t().get(i);
        int life = columns.p().get(i);
        int visitor = visitor(columns.u().get(i));
        Engagement engagement = messages.get(i);
        rows.add(
            new Row(
                pages.get(life),
                columns.born().get(life),
                sequence(life, columns.s().get(i)),
                second,
                engagement == null
                    ? facts(columns.o().get(i), profile(visitor, columns.f().get(i)))
                    : Facts.NONE,
                visitor < 0 ? "" : visitors.get(visitor),
                event(pages.get(life)),
                engagement));
      }
      return rows;
    }

    private @Nullable Event event(PageId page) {
      Event otherwise = page.isEvent() ? Event.NONE : null;
      return page.isEvent() && placesOfEvents.hasNext()
          ? events.get(placesOfEvents.next())
          : otherwise;
    }

    private static Event event(List<String> texts) {
      Map<String, String> properties = new HashMap<>();
      boolean isInteractive = texts.size() % 2 == 1;
      for (int i = 1; i + 1 < texts.size(); i += 2) {
        properties.put(texts.get(i), texts.get(i + 1));
      }
      return new Event(texts.get(0), properties, isInteractive);
    }

    private long sequence(int life, long difference) {
      long sequence = sequences.get(life) + 1 + difference;
      sequences.set(life, sequence);
      return sequence;
    }

    private int visitor(int code) {
      if (code == 0) {
        profiles.add(0);
        return ++newest;
      }
      return code < 0 ? UNKNOWN_VISITOR : newest + 1 - code;
    }

    private int profile(int visitor, int code) {
      if (code == 0) {
        return profiles.get(visitor);
      }
      if (visitor >= 0) {
        profiles.set(visitor, code - 1);
      }
      return code - 1;
    }

    private Facts facts(int origin, int profile) {
      return facts.computeIfAbsent(
          (long) origin << Integer.SIZE | profile,
          key -> facts(columns.origins().get(origin), columns.profiles().get(profile)));
    }

    private static Facts facts(List<String> origin, List<String> profile) {
      return new Facts(
          !origin.get(0).isEmpty(),
          origin.get(1),
          new Campaign(origin.get(2), origin.get(3), origin.get(4), origin.get(5), origin.get(6)),
          profile.get(0),
          profile.get(1),
          profile.get(2),
          profile.get(3));
    }

    private static List<String> sums(List<Integer> differences) {
      List<String> numbers = new ArrayList<>(differences.size());
      int number = 0;
      for (int difference : differences) {
        number += difference;
        numbers.add(Integer.toString(number));
      }
      return numbers;
    }
  }

  private record Life(String page, long bornMillis) {}

  /** Distinct values, indexed in the order in which they came. */
  private static final class Dictionary<T> {
    private final Map<T, Integer> places = new LinkedHashMap<>();

    int of(T value) {
      return places.computeIfAbsent(value, v -> places.size());
    }

    int size() {
      return places.size();
    }

    List<T> values() {
      return List.copyOf(places.keySet());
    }
  }
}
