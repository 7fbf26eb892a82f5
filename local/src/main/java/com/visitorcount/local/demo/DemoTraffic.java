package com.visitorcount.local.demo;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * The traffic of a small site, always the same on the same day: nights and weekends, weekly growth,
 * one peak day, a few popular pages, and returning visitors.
 */
final class DemoTraffic {
  static final String SITE = "demo.example";

  private static final String ORIGIN = "https://" + SITE;
  private static final long SEED = 20_260_101;
  private static final double VISITS_A_DAY = 62;
  private static final int VISITORS = 2_400;
  private static final int MAX_VIEWS = 6;
  private static final double GOES_ON = 0.56;
  private static final int MAX_GAP_SECONDS = 400;
  private static final int GOOD_DAYS_AGO = 28;
  private static final double GOOD_DAY_FACTOR = 3.2;
  private static final Set<DayOfWeek> WEEKEND = Set.of(DayOfWeek.SATURDAY, DayOfWeek.SUNDAY);
  private static final int[] HOURLY_WEIGHTS = {
    6, 4, 3, 2, 3, 5, 9, 16, 25, 31, 34, 33, 30, 33, 36, 35, 33, 31, 29, 30, 31, 27, 19, 11
  };

  private static final List<String> PAGES =
      List.of(
          "/",
          "/blog/how-to-prune-roses",
          "/blog",
          "/blog/compost-in-a-small-garden",
          "/shop",
          "/blog/when-to-sow-tomatoes",
          "/about",
          "/blog/a-pond-in-three-days",
          "/shop/seeds",
          "/blog/slugs-and-what-helps",
          "/contact",
          "/blog/apple-trees-on-balconies",
          "/shop/tools",
          "/blog/october-in-the-garden",
          "/newsletter",
          "/blog/hedges-for-birds",
          "/imprint",
          "/blog/lawn-or-meadow",
          "/shop/gift-cards",
          "/blog/best-of-last-year",
          "/blog/überwintern-von-oleander",
          "/jobs");

  private static final Weighted<Entry> ENTRIES =
      new Weighted<Entry>()
          .with(40, Entry.from(""))
          .with(31, Entry.from("https://www.google.com"))
          .with(6, Entry.from("https://duckduckgo.com"))
          .with(5, Entry.from("https://www.bing.com"))
          .with(4, Entry.from("https://www.reddit.com"))
          .with(3, Entry.from("https://github.com"))
          .with(2, Entry.from("https://mastodon.social"))
          .with(1, Entry.from("https://en.wikipedia.org"))
          .with(5, Entry.by("", "newsletter", "email", "autumn"))
          .with(2, Entry.by("", "newsletter", "email", "winter"))
          .with(1, Entry.by("https://www.facebook.com", "facebook", "social", "autumn"));

  private static final Entry GOOD_ENTRY = Entry.from("https://news.ycombinator.com");
  private static final String GOOD_PAGE = "/blog/a-pond-in-three-days";

  private static final Weighted<String> TIME_ZONES =
      new Weighted<String>()
          .with(30, "Europe/Berlin")
          .with(9, "Europe/Vienna")
          .with(8, "Europe/Zurich")
          .with(12, "Europe/London")
          .with(13, "America/New_York")
          .with(7, "America/Los_Angeles")
          .with(5, "Europe/Paris")
          .with(4, "Europe/Amsterdam")
          .with(3, "Asia/Kolkata")
          .with(2, "Australia/Sydney")
          .with(2, "America/Sao_Paulo")
          .with(1, "Asia/Tokyo");

  private static final Weighted<String> USER_AGENTS =
      new Weighted<String>()
          .with(
              27,
              "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko)"
                  + " Chrome/142.0.0.0 Safari/537.36")
          .with(
              17,
              "Mozilla/5.0 (iPhone; CPU iPhone OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML,"
                  + " like Gecko) Version/18.6 Mobile/15E148 Safari/604.1")
          .with(
              16,
              "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko)"
                  + " Chrome/142.0.0.0 Mobile Safari/537.36")
          .with(
              9,
              "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like"
                  + " Gecko) Version/18.6 Safari/605.1.15")
          .with(
              8,
              "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like"
                  + " Gecko) Chrome/142.0.0.0 Safari/537.36")
          .with(
              8, "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:145.0) Gecko/20100101 Firefox/145.0")
          .with(
              7,
              "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko)"
                  + " Chrome/142.0.0.0 Safari/537.36 Edg/142.0.0.0")
          .with(4, "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0")
          .with(
              4,
              "Mozilla/5.0 (iPad; CPU OS 18_6 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like"
                  + " Gecko) Version/18.6 Mobile/15E148 Safari/604.1");

  private static final Weighted<String> LINKS =
      new Weighted<String>()
          .with(5, "https://www.rhs.org.uk/plants")
          .with(3, "https://en.wikipedia.org/wiki/Rose")
          .with(2, "https://www.youtube.com/watch")
          .with(1, "https://seedsavers.org");

  private static final Weighted<String> FILES =
      new Weighted<String>()
          .with(4, ORIGIN + "/files/sowing-calendar.pdf")
          .with(1, ORIGIN + "/files/pond-plan.pdf");

  private static final Weighted<String> BROKEN_PATHS =
      new Weighted<String>().with(3, "/blog/how-to-prune-rose").with(1, "/shop/bulbs");

  private static final Weighted<String> PLACES =
      new Weighted<String>().with(5, "footer").with(3, "article").with(1, "menu");

  private final Random random = new Random(SEED);

  /** Separate, so that views do not depend on events. */
  private final Random eventRandom = new Random(SEED + 1);

  private final Weighted<String> pages = new Weighted<>();
  private final Weighted<Integer> hours = new Weighted<>();
  private final Weighted<DemoVisitor> visitors = new Weighted<>();

  private DemoTraffic() {
    for (int rank = 0; rank < PAGES.size(); rank++) {
      pages.with(1 / Math.pow(rank + 1.0, 0.9), PAGES.get(rank));
    }
    for (int hour = 0; hour < HOURLY_WEIGHTS.length; hour++) {
      hours.with(HOURLY_WEIGHTS[hour], hour);
    }
    for (int number = 0; number < VISITORS; number++) {
      String ip = "198.18.%d.%d".formatted(number / 250, number % 250 + 1);
      visitors.with(
          1 / Math.pow(number + 3.0, 0.35),
          new DemoVisitor(ip, USER_AGENTS.draw(random), TIME_ZONES.draw(random)));
    }
  }

  /** The views and events up to a time, of its day and of the days before, in order. */
  static List<DemoView> until(Instant end, int days) {
    return new DemoTraffic().views(end, days);
  }

  private List<DemoView> views(Instant end, int days) {
    LocalDate today = LocalDate.ofInstant(end, ZoneOffset.UTC);
    List<DemoView> views = new ArrayList<>();
    for (int daysAgo = days - 1; daysAgo >= 0; daysAgo--) {
      LocalDate date = today.minusDays(daysAgo);
      long visits = Math.round(VISITS_A_DAY * factor(date, daysAgo));
      for (int visit = 0; visit < visits; visit++) {
        addVisit(date, daysAgo, views);
      }
    }
    views.removeIf(view -> !view.at().isBefore(end));
    views.sort(Comparator.comparing(DemoView::at).thenComparing(DemoView::id));
    return views;
  }

  private double factor(LocalDate date, int daysAgo) {
    double growth = 0.75 + 0.5 / (1 + daysAgo / 60.0);
    double weekday = WEEKEND.contains(date.getDayOfWeek()) ? 0.65 : 1.1;
    double good = daysAgo == GOOD_DAYS_AGO ? GOOD_DAY_FACTOR : 1;
    return growth * weekday * good * (0.9 + random.nextDouble() * 0.2);
  }

  private void addVisit(LocalDate date, int daysAgo, List<DemoView> views) {
    DemoVisitor visitor = visitors.draw(random);
    boolean good = daysAgo == GOOD_DAYS_AGO && random.nextInt(4) > 0;
    Entry entry = good ? GOOD_ENTRY : ENTRIES.draw(random);
    Instant at = date.atTime(hours.draw(random), 0).toInstant(ZoneOffset.UTC);
    at = at.plusMillis(random.nextInt(3_600_000));
    for (int view = 0; view < MAX_VIEWS; view++) {
      String id = Long.toString(random.nextLong() & Long.MAX_VALUE, Character.MAX_RADIX);
      String page = good && view == 0 ? GOOD_PAGE : pages.draw(random);
      DemoView next =
          new DemoView(
              at, ORIGIN + page, entry.query(), entry.referrer(), id, visitor, "", Map.of());
      views.add(next);
      addEvent(next, page, views);
      if (random.nextDouble() > GOES_ON) {
        return;
      }
      at = at.plus(Duration.ofSeconds(5 + (long) random.nextInt(MAX_GAP_SECONDS)));
      entry = Entry.from(ORIGIN);
    }
  }

  private void addEvent(DemoView view, String page, List<DemoView> views) {
    long later = 3 + (long) eventRandom.nextInt(25);
    int chance = eventRandom.nextInt(100);
    if (page.startsWith("/shop/") && chance < 25) {
      String product = page.substring("/shop/".length());
      views.add(view.event(later, "Add to cart", Map.of("product", product)));
    } else if (page.equals("/newsletter") ? chance < 40 : chance < 2) {
      String place = page.equals("/newsletter") ? "page" : PLACES.draw(eventRandom);
      views.add(view.event(later, "Newsletter sign-up", Map.of("place", place)));
    } else if (page.startsWith("/blog/") && chance < 8) {
      Map<String, String> link = Map.of("url", LINKS.draw(eventRandom));
      views.add(view.event(later, "Outbound Link: Click", link));
    } else if (page.startsWith("/blog") && chance < 10) {
      views.add(view.event(later, "File Download", Map.of("url", FILES.draw(eventRandom))));
    } else if (chance == 99) {
      views.add(view.event(later, "404", Map.of("path", BROKEN_PATHS.draw(eventRandom))));
    }
  }

  /** How a visitor comes to a page. */
  private record Entry(String referrer, String query) {
    static Entry from(String referrer) {
      return new Entry(referrer, "");
    }

    static Entry by(String referrer, String source, String medium, String campaign) {
      return new Entry(
          referrer,
          "?utm_source=%s&utm_medium=%s&utm_campaign=%s".formatted(source, medium, campaign));
    }
  }
}
