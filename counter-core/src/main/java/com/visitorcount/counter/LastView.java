package com.visitorcount.counter;

import static java.util.stream.Collectors.toUnmodifiableMap;

import com.visitorcount.page.PageId;
import com.visitorcount.view.Campaign;
import com.visitorcount.view.Engagement;
import com.visitorcount.view.Event;
import com.visitorcount.view.Facts;
import com.visitorcount.view.View;
import com.visitorcount.visitor.VisitorToken;
import java.math.BigInteger;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * What a page's item keeps of its latest view, for the stream: a map whose members have one-letter
 * names and are absent if unknown. It takes at most {@value #MAX_BYTES} bytes, including its name,
 * so that an item stays within one write unit. Longer texts are cut, by bytes of UTF-8 and between
 * characters.
 *
 * <p>The five texts of a campaign share {@value #CAMPAIGN_BYTES} bytes: if they are longer, the
 * longest are cut to the same length, and the shorter ones stay whole.
 *
 * <p>An event has its properties and its page instead of entry, referrer and campaign. Together
 * with its key, which is shorter than the longest page id, they may take {@value #EVENT_BYTES}
 * bytes. Properties are kept whole, in the order of their names, as long as they fit; then the
 * page, if it fits. All fit if the key has at most 265 bytes and the page at most 40 beyond its
 * site.
 *
 * <p>A message about a visitor's engagement replaces all of this with its time, the visitor and two
 * numbers, which is never longer.
 *
 * @param event null for a view of a page
 * @param engagement null unless this is such a message
 */
record LastView(
    Instant at,
    Facts facts,
    @Nullable VisitorToken visitor,
    @Nullable Event event,
    @Nullable Engagement engagement) {
  static final int MAX_BYTES = 310;
  static final int REFERRER_BYTES = 96;
  static final int CAMPAIGN_BYTES = 144;
  static final int NAME_BYTES = 8;

  /** The longest page id plus the most that the entry, referrer and campaign of its view take. */
  static final int EVENT_BYTES =
      PageId.MAX_BYTES + 3 + (2 + REFERRER_BYTES) + (5 * 2 + CAMPAIGN_BYTES);

  /** Milliseconds since the epoch. */
  static final String TIME = "t";

  private static final String ENTRY = "e";
  private static final String REFERRER = "r";
  private static final String SOURCE = "s";
  private static final String MEDIUM = "m";
  private static final String CAMPAIGN = "c";
  private static final String TERM = "k";
  private static final String CONTENT = "n";
  private static final String COUNTRY = "l";
  private static final String BROWSER = "b";
  private static final String OS = "o";
  private static final String DEVICE = "d";
  private static final String VISITOR = "v";
  private static final String PAGE = "p";
  private static final String PROPERTIES = "q";
  private static final String NOT_INTERACTIVE = "i";
  private static final String SECONDS = "g";
  private static final String SCROLL = "h";

  private static final AttributeValue ZERO = AttributeValue.fromN("0");
  private static final int COUNTRY_BYTES = 2;
  private static final int VISITOR_BYTES = 8;

  /** Full names of browsers and systems that are stored cut. */
  private static final Map<String, String> LONG_NAMES =
      byCode(
          name -> Utf8.cut(name, NAME_BYTES),
          "Android Browser",
          "DuckDuckGo",
          "HarmonyOS",
          "Huawei Browser",
          "Instagram",
          "Internet Explorer",
          "KakaoTalk",
          "LG Browser",
          "MIUI Browser",
          "Nintendo Switch",
          "Pinterest",
          "PlayStation",
          "QQ Browser",
          "Samsung Internet",
          "UC Browser",
          "Vivo Browser",
          "Windows Phone");

  /** One letter each; T is already taken by tablets. */
  private static final Map<String, String> DEVICES =
      Map.of("M", "Mobile", "T", "Tablet", "L", "Laptop", "D", "Desktop", "V", "TV");

  private static final Map<String, String> CODES =
      DEVICES.entrySet().stream()
          .collect(toUnmodifiableMap(Map.Entry::getValue, Map.Entry::getKey));

  private static Map<String, String> byCode(Function<String, String> code, String... names) {
    return Stream.of(names).collect(toUnmodifiableMap(code, Function.identity()));
  }

  /** The attribute's value for a view, cut if necessary. */
  static AttributeValue attribute(View view) {
    Facts facts = view.facts();
    Map<String, AttributeValue> last = new HashMap<>();
    last.put(TIME, AttributeValue.fromN(Long.toString(view.at().toEpochMilli())));
    Event event = view.event();
    if (event == null) {
      putOrigin(last, facts);
    } else {
      putEvent(last, view.page(), event);
    }
    put(last, COUNTRY, facts.country(), COUNTRY_BYTES);
    put(last, BROWSER, facts.browser(), NAME_BYTES);
    put(last, OS, facts.os(), NAME_BYTES);
    put(last, DEVICE, CODES.getOrDefault(facts.device(), ""), 1);
    VisitorToken visitor = view.visitor();
    if (visitor != null) {
      last.put(VISITOR, token(visitor));
    }
    return AttributeValue.fromM(last);
  }

  /** The attribute's value for a message about engagement. */
  static AttributeValue attribute(Instant at, VisitorToken visitor, Engagement engagement) {
    return AttributeValue.fromM(
        Map.of(
            TIME, AttributeValue.fromN(Long.toString(at.toEpochMilli())),
            VISITOR, token(visitor),
            SECONDS, AttributeValue.fromN(Integer.toString(engagement.seconds())),
            SCROLL, AttributeValue.fromN(Integer.toString(engagement.scrollPercent()))));
  }

  private static AttributeValue token(VisitorToken visitor) {
    byte[] token = HexFormat.of().parseHex(visitor.hex());
    return AttributeValue.fromB(SdkBytes.fromByteArray(token));
  }

  private static void putOrigin(Map<String, AttributeValue> last, Facts facts) {
    if (facts.entry()) {
      last.put(ENTRY, AttributeValue.fromBool(true));
    }
    put(last, REFERRER, facts.referrer(), REFERRER_BYTES);
    putCampaign(last, facts.campaign());
  }

  private static void putEvent(Map<String, AttributeValue> last, PageId key, Event event) {
    // each member takes its name and one byte more; a map takes three
    int room = EVENT_BYTES - Utf8.bytes(key.toString()) - (1 + 1 + 3);
    if (!event.isInteractive()) {
      last.put(NOT_INTERACTIVE, AttributeValue.fromBool(true));
      room -= 1 + 1 + 1;
    }
    Map<String, AttributeValue> properties = new HashMap<>();
    for (Map.Entry<String, String> property : event.properties().entrySet()) {
      int bytes = Utf8.bytes(property.getKey()) + 1 + Utf8.bytes(property.getValue());
      if (bytes > room) {
        break;
      }
      properties.put(property.getKey(), AttributeValue.fromS(property.getValue()));
      room -= bytes;
    }
    if (!properties.isEmpty()) {
      last.put(PROPERTIES, AttributeValue.fromM(properties));
    }
    String page = withoutSite(event.page(), key.site());
    if (1 + 1 + Utf8.bytes(page) <= room) {
      put(last, PAGE, page, room);
    }
  }

  /** A page of the event's own site begins with a slash. */
  private static String withoutSite(String page, String site) {
    return page.startsWith(site + "/") ? page.substring(site.length()) : page;
  }

  private static void putCampaign(Map<String, AttributeValue> last, Campaign campaign) {
    if (campaign.equals(Campaign.NONE)) {
      return;
    }
    int share =
        share(
            Stream.of(
                    campaign.source(),
                    campaign.medium(),
                    campaign.name(),
                    campaign.term(),
                    campaign.content())
                .map(Utf8::bytes)
                .toList());
    put(last, SOURCE, campaign.source(), share);
    put(last, MEDIUM, campaign.medium(), share);
    put(last, CAMPAIGN, campaign.name(), share);
    put(last, TERM, campaign.term(), share);
    put(last, CONTENT, campaign.content(), share);
  }

  /** The largest limit for each text with which all fit into a campaign's room. */
  private static int share(List<Integer> sizes) {
    return IntStream.iterate(CAMPAIGN_BYTES, share -> share - 1)
        .filter(
            share -> sizes.stream().mapToInt(size -> Math.min(size, share)).sum() <= CAMPAIGN_BYTES)
        .findFirst()
        .orElseThrow();
  }

  private static void put(
      Map<String, AttributeValue> last, String name, String text, int maxBytes) {
    String cut = Utf8.cut(text, maxBytes);
    if (!cut.isEmpty()) {
      last.put(name, AttributeValue.fromS(cut));
    }
  }

  /**
   * Reads the attribute's value, ignoring unknown members.
   *
   * @param key key of its item
   * @throws IllegalArgumentException if it was not written by {@link #attribute}; the message
   *     repeats nothing of it
   */
  static LastView of(PageId key, AttributeValue attribute) {
    if (!attribute.hasM()) {
      throw malformed(CounterItem.LAST);
    }
    Map<String, AttributeValue> last = attribute.m();
    String browser = text(last, BROWSER);
    String os = text(last, OS);
    return new LastView(
        time(last),
        new Facts(
            isTrue(last, ENTRY),
            text(last, REFERRER),
            new Campaign(
                text(last, SOURCE),
                text(last, MEDIUM),
                text(last, CAMPAIGN),
                text(last, TERM),
                text(last, CONTENT)),
            text(last, COUNTRY),
            LONG_NAMES.getOrDefault(browser, browser),
            LONG_NAMES.getOrDefault(os, os),
            DEVICES.getOrDefault(text(last, DEVICE), "")),
        visitor(last),
        key.isEvent() ? event(key, last) : null,
        engagement(last));
  }

  private static Event event(PageId key, Map<String, AttributeValue> last) {
    String page = text(last, PAGE);
    boolean ofHost = !key.site().equals(PageId.DEFAULT_SITE);
    try {
      return new Event(
          ofHost && page.startsWith("/") ? key.site() + page : page,
          properties(last),
          !isTrue(last, NOT_INTERACTIVE));
    } catch (IllegalArgumentException e) {
      throw malformed(PROPERTIES);
    }
  }

  private static @Nullable Engagement engagement(Map<String, AttributeValue> last) {
    AttributeValue seconds = last.get(SECONDS);
    if (seconds == null) {
      return null;
    }
    try {
      return new Engagement(number(seconds), number(last.getOrDefault(SCROLL, ZERO)));
    } catch (ArithmeticException | IllegalArgumentException e) {
      throw malformed(SECONDS);
    }
  }

  private static int number(AttributeValue value) {
    BigInteger number = CounterItem.wholeNumber(value);
    return number == null ? -1 : number.intValueExact();
  }

  private static Map<String, String> properties(Map<String, AttributeValue> last) {
    AttributeValue value = last.get(PROPERTIES);
    if (value == null) {
      return Map.of();
    }
    if (!value.hasM()) {
      throw malformed(PROPERTIES);
    }
    Map<String, String> properties = new HashMap<>();
    value.m().forEach((name, text) -> properties.put(name, text.s() == null ? "" : text.s()));
    return properties;
  }

  /**
   * The time of an item's latest view or message about engagement, in milliseconds since the epoch;
   * 0 if unknown.
   */
  static long millis(Map<String, AttributeValue> item) {
    AttributeValue last = item.get(CounterItem.LAST);
    return last == null || !last.hasM() ? 0 : CounterItem.millis(last.m().get(TIME));
  }

  private static Instant time(Map<String, AttributeValue> last) {
    long millis = CounterItem.millis(last.get(TIME));
    if (millis == 0) {
      throw malformed(TIME);
    }
    return Instant.ofEpochMilli(millis);
  }

  private static boolean isTrue(Map<String, AttributeValue> last, String name) {
    AttributeValue value = last.get(name);
    if (value == null) {
      return false;
    }
    if (value.bool() == null) {
      throw malformed(name);
    }
    return value.bool();
  }

  private static String text(Map<String, AttributeValue> last, String name) {
    AttributeValue value = last.get(name);
    if (value == null) {
      return "";
    }
    if (value.s() == null) {
      throw malformed(name);
    }
    return value.s();
  }

  private static @Nullable VisitorToken visitor(Map<String, AttributeValue> last) {
    AttributeValue value = last.get(VISITOR);
    if (value == null) {
      return null;
    }
    byte[] token = value.b() == null ? new byte[0] : value.b().asByteArray();
    if (token.length != VISITOR_BYTES) {
      throw malformed(VISITOR);
    }
    return new VisitorToken(HexFormat.of().formatHex(token));
  }

  private static IllegalArgumentException malformed(String name) {
    return new IllegalArgumentException("the latest view cannot be read at " + name);
  }
}
