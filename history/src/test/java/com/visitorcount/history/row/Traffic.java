package com.visitorcount.history.row;

import com.visitorcount.page.PageId;
import com.visitorcount.view.Campaign;
import com.visitorcount.view.Facts;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Rows of an average site: few pages are popular, a visitor reads some pages minutes apart, nights
 * are quiet, and countries, browsers and referrers have realistic distributions.
 */
public final class Traffic {
  private static final long BORN = 1_764_000_000_000L;
  private static final int PAGES = 300;
  private static final int REFERRERS = 60;
  private static final String[] COUNTRIES = {
    "US", "DE", "GB", "FR", "IN", "CA", "NL", "BR", "ES", "IT", "PL", "JP", "AU", "SE", "CH", "AT",
    "BE", "DK", "NO", "FI", "CZ", "PT", "IE", "MX", "AR", "KR", "TW", "SG", "ZA", "UA", "RO", "HU",
    "GR", "IL", "TR", "ID", "VN", "PH", "CL", "NZ"
  };
  private static final String[] BROWSERS = {
    "Chrome", "Safari", "Firefox", "Edge", "Samsung Internet", "Opera"
  };
  private static final String[] SYSTEMS = {"Windows", "Android", "iOS", "macOS", "Linux"};
  private static final String[] DEVICES = {"Desktop", "Mobile", "Laptop", "Tablet"};
  private static final String[] SOURCES = {"newsletter", "mastodon", "linkedin", "ads"};

  private final String site;
  private final int pages;
  private final SplittableRandom random;
  private final Map<PageId, Long> sequences = new HashMap<>();

  public Traffic(String site, long seed) {
    this(site, seed, PAGES);
  }

  /**
   * @param pages how many pages the site has
   */
  public Traffic(String site, long seed, int pages) {
    this.site = site;
    this.pages = pages;
    this.random = new SplittableRandom(seed);
  }

  /** The rows of a day, about this many, with tokens for visitors. */
  public List<Row> day(LocalDate day, int views) {
    long start = day.atStartOfDay(ZoneOffset.UTC).toEpochSecond();
    List<Row> unnumbered = new ArrayList<>(views);
    while (unnumbered.size() < views) {
      visit(start, unnumbered);
    }
    unnumbered.sort((a, b) -> Long.compare(a.second(), b.second()));
    List<Row> rows = new ArrayList<>(unnumbered.size());
    for (Row row : unnumbered) {
      long sequence = sequences.merge(row.page(), 1L, Long::sum);
      rows.add(new Row(row.page(), BORN, sequence, row.second(), row.facts(), row.visitor()));
    }
    return rows;
  }

  private void visit(long start, List<Row> rows) {
    int hour = 24;
    while (hour > 23) {
      hour = (int) (14 + 5 * gaussian());
      hour = hour < 0 ? 24 : hour;
    }
    long second = start + hour * 3_600L + random.nextInt(3_600);
    String token = String.format(Locale.ROOT, "%016x", random.nextLong());
    String country = COUNTRIES[uneven(COUNTRIES.length)];
    String browser = BROWSERS[uneven(BROWSERS.length)];
    String system = SYSTEMS[uneven(SYSTEMS.length)];
    String device = DEVICES[uneven(DEVICES.length)];
    String referrer = random.nextInt(100) < 45 ? "" : "site-" + uneven(REFERRERS) + ".example";
    Campaign campaign =
        random.nextInt(100) < 6
            ? new Campaign(SOURCES[uneven(SOURCES.length)], "email", "autumn-2026", "", "")
            : Campaign.NONE;
    int views = 1;
    while (views < 30 && random.nextInt(100) < 58) {
      views++;
    }
    for (int i = 0; i < views && second < start + 86_400; i++) {
      Facts facts =
          new Facts(
              i == 0,
              i == 0 ? referrer : "",
              i == 0 ? campaign : Campaign.NONE,
              country,
              browser,
              system,
              device);
      rows.add(new Row(page(), BORN, 1, second, facts, token));
      second += 5 + (long) (-90 * Math.log(1 - random.nextDouble()));
    }
  }

  private PageId page() {
    return PageId.ofKey(site + "/articles/number-" + uneven(pages) + "-of-this-site");
  }

  /** Lower numbers more often, roughly by Zipf's law. */
  private int uneven(int count) {
    return (int) (Math.pow(count + 1.0, random.nextDouble()) - 1);
  }

  private double gaussian() {
    double sum = 0;
    for (int i = 0; i < 12; i++) {
      sum += random.nextDouble();
    }
    return sum - 6;
  }
}
