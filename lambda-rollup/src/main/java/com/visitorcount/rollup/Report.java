package com.visitorcount.rollup;

import static java.util.Objects.requireNonNull;

import com.visitorcount.history.statistics.Totals;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A report by e-mail, as text: the numbers of sites in a week or month, compared with the previous
 * one.
 *
 * @param first first day of the week or month
 * @param dashboard address of the dashboard
 * @param sites sites shown with their lists
 * @param others sites shown with only their visitors
 * @param unread number of sites left out because there were too many or too little time
 * @param incompleteDays days of which something could not be read, so that numbers are too low
 */
record Report(
    ReportInterval interval,
    LocalDate first,
    String dashboard,
    List<Details> sites,
    List<Site> others,
    int unread,
    SortedSet<LocalDate> incompleteDays) {
  /** What Amazon SNS accepts as a subject. */
  static final int MAX_SUBJECT_CHARS = 100;

  /** Most sites that are named without their lists. */
  static final int MAX_OTHERS = 200;

  /** Longer names and values are cut. */
  private static final int MAX_CHARS = 80;

  private static final int MAX_DAYS = 10;
  private static final double PERCENT = 100;
  private static final int SECONDS_OF_A_MINUTE = 60;

  /**
   * What a mail program might hide or display elsewhere, such as marks that change text direction.
   */
  private static final Pattern INVISIBLE = Pattern.compile("[\\p{C}\\p{Zl}\\p{Zp}]+");

  /**
   * A site.
   *
   * @param before its totals in the previous week or month; null if it has no data for it
   */
  record Site(String name, Totals now, @Nullable Totals before) {
    static final Comparator<Site> MOST_VISITORS_FIRST =
        Comparator.comparingLong((Site site) -> site.now().visitors())
            .reversed()
            .thenComparing(Site::name);

    Site {
      requireNonNull(name, "name");
      requireNonNull(now, "now");
    }
  }

  /** A site with its lists. */
  record Details(Site site, List<Line> pages, List<Line> sources, List<Line> goals) {
    Details {
      requireNonNull(site, "site");
      pages = List.copyOf(pages);
      sources = List.copyOf(sources);
      goals = List.copyOf(goals);
    }
  }

  /** An entry of a list. */
  record Line(String value, long visitors) {
    Line {
      requireNonNull(value, "value");
    }
  }

  Report {
    requireNonNull(interval, "interval");
    requireNonNull(first, "first");
    requireNonNull(dashboard, "dashboard");
    sites = List.copyOf(sites);
    others = List.copyOf(others);
    incompleteDays = new TreeSet<>(incompleteDays);
  }

  /** In ASCII, and no longer than SNS accepts. */
  String subject() {
    List<Site> all = all();
    String what = (interval == ReportInterval.WEEKLY ? "Weekly" : "Monthly") + " report: ";
    String visitors = number(visitors(all), "visitor");
    String where = all.size() == 1 ? all.get(0).name() : number(all.size(), "site");
    String subject = what + visitors + " on " + where;
    return subject.length() <= MAX_SUBJECT_CHARS ? subject : what + visitors;
  }

  /** The text for the owner; far below SNS's limit of 256 KB. */
  String text() {
    StringBuilder text = new StringBuilder(interval.title(first));
    text.append(", compared with ").append(interval.title(interval.before(first))).append('\n');
    List<Site> all = all();
    if (all.isEmpty() && unread == 0) {
      text.append("\nNo site had a visitor in either of them.\n");
    }
    if (all.size() > 1) {
      text.append(number(visitors(all), "visitor")).append(" on ");
      text.append(number(all.size(), "site")).append('\n');
    }
    sites.forEach(site -> append(text, site));
    if (!others.isEmpty()) {
      appendOthers(text);
    }
    if (unread > 0) {
      text.append('\n').append(number(unread, "more site"));
      text.append(unread == 1 ? " was not read.\n" : " were not read.\n");
    }
    if (!incompleteDays.isEmpty()) {
      text.append("\nSome of the data could not be read, so numbers are too low on ");
      text.append(
          incompleteDays.stream()
              .limit(MAX_DAYS)
              .map(LocalDate::toString)
              .collect(Collectors.joining(", ")));
      text.append(incompleteDays.size() > MAX_DAYS ? " and other days.\n" : ".\n");
    }
    return text.append("\nDays are those of UTC. Visitors are counted per day.\n").toString();
  }

  private List<Site> all() {
    return Stream.concat(sites.stream().map(Details::site), others.stream()).toList();
  }

  private static long visitors(List<Site> sites) {
    return sites.stream().mapToLong(site -> site.now().visitors()).sum();
  }

  private static String number(long number, String noun) {
    return count(number) + " " + noun + (number == 1 ? "" : "s");
  }

  private static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  private void append(StringBuilder text, Details details) {
    Site site = details.site();
    text.append('\n').append(plain(site.name())).append('\n');
    appendCount(text, "Visitors", site, Totals::visitors);
    appendCount(text, "Visits", site, Totals::visits);
    appendCount(text, "Page views", site, Totals::views);
    appendNumber(
        text,
        "Bounce rate",
        bounceRate(site.now()).isEmpty() ? "–" : percent(site.now()) + " %",
        compared(
            site,
            Report::bounceRate,
            (now, before) -> points(Math.round(now) - Math.round(before))));
    appendNumber(
        text,
        "Visit duration",
        duration(site.now().visitDurationSeconds()),
        compared(site, Totals::visitDurationSeconds, Report::change));
    if (site.before() == null) {
      text.append("  There is no earlier data to compare with.\n");
    }
    appendList(text, "Top pages", details.pages());
    appendList(text, "Top sources", details.sources());
    appendList(text, "Goals", details.goals());
    text.append("  ").append(dashboard).append("?site=");
    text.append(URLEncoder.encode(site.name(), StandardCharsets.UTF_8));
    text.append(
        interval == ReportInterval.WEEKLY
            ? "&period=custom&from=" + first + "&to=" + interval.last(first)
            : "&period=month&date=" + first);
    text.append('\n');
  }

  private static void appendCount(
      StringBuilder text, String name, Site site, ToLongFunction<Totals> number) {
    appendNumber(
        text,
        name,
        count(number.applyAsLong(site.now())),
        compared(
            site,
            totals -> OptionalDouble.of((double) number.applyAsLong(totals)),
            Report::change));
  }

  private static void appendNumber(StringBuilder text, String name, String value, String change) {
    String line = String.format(Locale.ROOT, "  %-14s %11s  %s", name, value, change);
    text.append(line.stripTrailing()).append('\n');
  }

  private static void appendList(StringBuilder text, String title, List<Line> lines) {
    if (!lines.isEmpty()) {
      text.append("  ").append(title).append('\n');
      for (Line line : lines) {
        text.append(String.format(Locale.ROOT, "  %,9d  ", line.visitors()));
        text.append(plain(line.value())).append('\n');
      }
    }
  }

  private void appendOthers(StringBuilder text) {
    text.append("\nOther sites\n");
    others.stream()
        .limit(MAX_OTHERS)
        .forEach(
            site -> {
              text.append(String.format(Locale.ROOT, "  %,9d  ", site.now().visitors()));
              text.append(plain(site.name()));
              String change =
                  compared(
                      site,
                      totals -> OptionalDouble.of((double) totals.visitors()),
                      Report::change);
              text.append(change.isEmpty() ? "" : "  " + change).append('\n');
            });
    if (others.size() > MAX_OTHERS) {
      List<Site> rest = others.subList(MAX_OTHERS, others.size());
      text.append("  and ").append(number(rest.size(), "more site")).append(" with ");
      text.append(number(visitors(rest), "visitor")).append('\n');
    }
    text.append("  ").append(dashboard).append('\n');
  }

  /** How a number changes. */
  @FunctionalInterface
  private interface Change {
    String of(double now, double before);
  }

  /** In brackets; empty if there is nothing to compare with. */
  private static String compared(
      Site site, Function<Totals, OptionalDouble> number, Change change) {
    if (site.before() == null) {
      return "";
    }
    OptionalDouble now = number.apply(site.now());
    OptionalDouble before = number.apply(site.before());
    return now.isEmpty() || before.isEmpty()
        ? ""
        : "(" + change.of(now.getAsDouble(), before.getAsDouble()) + ")";
  }

  private static String change(double now, double before) {
    if (before == 0) {
      return now == 0 ? "0 %" : "before: 0";
    }
    return signed(Math.round((now / before - 1) * PERCENT)) + " %";
  }

  private static String points(long points) {
    return signed(points) + (Math.abs(points) == 1 ? " point" : " points");
  }

  private static String signed(long number) {
    return (number > 0 ? "+" : "") + count(number);
  }

  private static OptionalDouble bounceRate(Totals totals) {
    OptionalDouble rate = totals.bounceRate();
    return rate.isEmpty() ? rate : OptionalDouble.of(rate.getAsDouble() * PERCENT);
  }

  private static long percent(Totals totals) {
    return Math.round(bounceRate(totals).orElse(0));
  }

  private static String duration(OptionalDouble seconds) {
    if (seconds.isEmpty()) {
      return "–";
    }
    long whole = Math.round(seconds.getAsDouble());
    return whole < SECONDS_OF_A_MINUTE
        ? whole + "s"
        : count(whole / SECONDS_OF_A_MINUTE) + "m " + whole % SECONDS_OF_A_MINUTE + "s";
  }

  /** Visitors can make up pages and sources, so these are shown as plain text, never as links. */
  private static String plain(String text) {
    String plain = INVISIBLE.matcher(text).replaceAll("").replace("://", ":");
    return plain.codePointCount(0, plain.length()) <= MAX_CHARS
        ? plain
        : plain.substring(0, plain.offsetByCodePoints(0, MAX_CHARS)) + "…";
  }
}
