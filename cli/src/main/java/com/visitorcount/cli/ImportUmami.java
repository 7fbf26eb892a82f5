package com.visitorcount.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.visitorcount.history.row.Row;
import com.visitorcount.page.PageId;
import com.visitorcount.page.PageRules;
import com.visitorcount.view.Campaign;
import com.visitorcount.view.Event;
import com.visitorcount.view.Facts;
import java.io.IOException;
import java.net.URLDecoder;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.TemporalAccessor;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code import umami}: turns an export of Umami into rows of closed days. */
@Command(
    name = "umami",
    description = {
      "Adds the views and events of an Umami website to closed days.",
      "The file is website_event.csv of Umami's export, or the whole export.zip. Importing again"
          + " replaces what was imported before in the sites of the file."
    },
    mixinStandardHelpOptions = true)
final class ImportUmami implements Callable<Integer> {
  private static final String FILE = "website_event.csv";
  private static final List<String> COLUMNS =
      List.of("session_id", "url_path", "event_type", "created_at");

  /**
   * Characters before which Umami puts an apostrophe so that spreadsheets do not read a formula.
   */
  private static final String FORMULA = "=+-@\t\r";

  private static final DateTimeFormatter TIME =
      new DateTimeFormatterBuilder()
          .append(DateTimeFormatter.ISO_LOCAL_DATE)
          .appendPattern("['T'][' ']")
          .append(DateTimeFormatter.ISO_LOCAL_TIME)
          .appendPattern("[XXX][X]")
          .toFormatter(Locale.ROOT);

  private final Terminal terminal;

  @Mixin private final Target target = new Target();
  @Mixin private final ImportOptions options = new ImportOptions();
  @Mixin private final SiteOption site = new SiteOption();
  @Mixin private final RowsIntoDays rows = new RowsIntoDays();

  ImportUmami(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    try (Tables tables = target.open()) {
      String name = site.orNull(tables.rules());
      return rows.run(
          terminal,
          tables,
          options,
          "umami",
          (lastDay, receiver) -> read(line -> row(line, name, tables.rules(), lastDay), receiver));
    }
  }

  private CsvFile.Contents read(
      Function<CsvFile.Line, @Nullable Row> parse, Consumer<Row> receiver) {
    if (!options.file.toString().endsWith(".zip")) {
      return options.read(terminal, COLUMNS, parse, receiver);
    }
    try (ZipFile archive = new ZipFile(options.file.toFile())) {
      ZipEntry entry =
          archive.stream()
              .filter(each -> ("/" + each.getName()).endsWith("/" + FILE))
              .findFirst()
              .orElseThrow(() -> new FailureException(options.file + " has no " + FILE + "."));
      return options.read(CsvFile.in(archive, entry, terminal), COLUMNS, parse, receiver);
    } catch (IOException e) {
      throw new FailureException("%s cannot be read: %s".formatted(options.file, e.getMessage()));
    }
  }

  /**
   * Reads a line.
   *
   * @param site null to use the line's host
   * @return null for a line that is neither a view nor an event
   * @throws IllegalArgumentException if the line is invalid; the message says why
   */
  static @Nullable Row row(
      CsvFile.Line line, @Nullable String site, PageRules rules, LocalDate lastDay) {
    String type = line.get("event_type");
    boolean isEvent = type.equals("2");
    if (!isEvent && !type.equals("1")) {
      return null;
    }
    PageId page = page(line, site, rules);
    return RowLines.within(
        new Row(
            isEvent ? PageId.event(page.site(), plain(line.get("event_name"))) : page,
            0,
            line.number(),
            second(line),
            facts(line, page.site()),
            line.get("session_id", CsvFile.MAX_TEXT_BYTES),
            isEvent ? new Event(page.toString(), Map.of()) : null),
        lastDay);
  }

  private static PageId page(CsvFile.Line line, @Nullable String site, PageRules rules) {
    String host = site == null ? line.get("hostname") : site;
    if (host.isBlank()) {
      throw new IllegalArgumentException("hostname is missing: say --site");
    }
    String query = line.get("url_query");
    String separator = query.isEmpty() || query.startsWith("?") ? "" : "?";
    return SiteOption.page(host, line.get("url_path") + separator + query, rules);
  }

  private static String plain(String text) {
    return text.length() > 1 && text.charAt(0) == '\'' && FORMULA.indexOf(text.charAt(1)) >= 0
        ? text.substring(1)
        : text;
  }

  private static long second(CsvFile.Line line) {
    try {
      TemporalAccessor time =
          TIME.parseBest(line.get("created_at"), OffsetDateTime::from, LocalDateTime::from);
      return time instanceof OffsetDateTime offset
          ? offset.toEpochSecond()
          : LocalDateTime.from(time).toEpochSecond(ZoneOffset.UTC);
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("created_at is not written as in 2026-11-24 13:05:09", e);
    }
  }

  private static Facts facts(CsvFile.Line line, String site) {
    String referrer = line.start("referrer_domain").strip().toLowerCase(Locale.ROOT);
    boolean isOwn =
        referrer.equals(site) || referrer.equals(line.get("hostname").toLowerCase(Locale.ROOT));
    return new Facts(
        !isOwn || referrer.isEmpty(),
        isOwn ? "" : referrer,
        new Campaign(
            tag(line, "utm_source"),
            tag(line, "utm_medium"),
            tag(line, "utm_campaign"),
            tag(line, "utm_term"),
            tag(line, "utm_content")),
        OtherNames.country(line.get("country")),
        OtherNames.browser(line.start("browser")),
        OtherNames.system(line.start("os")),
        OtherNames.device(line.get("device")));
  }

  /** Older exports have the campaign only in the query. */
  private static String tag(CsvFile.Line line, String name) {
    String tag = plain(line.start(name));
    if (!tag.isEmpty()) {
      return tag;
    }
    for (String parameter : line.get("url_query").split("[?&]", -1)) {
      if (parameter.startsWith(name + "=")) {
        return CsvFile.start(decoded(parameter.substring(name.length() + 1)));
      }
    }
    return "";
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, UTF_8);
    } catch (IllegalArgumentException e) {
      return text;
    }
  }
}
