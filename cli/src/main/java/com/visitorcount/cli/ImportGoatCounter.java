package com.visitorcount.cli;

import com.visitorcount.history.row.Row;
import com.visitorcount.page.PageId;
import com.visitorcount.page.PageRules;
import com.visitorcount.view.Campaign;
import com.visitorcount.view.Event;
import com.visitorcount.view.Facts;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code import goatcounter}: turns a CSV export of GoatCounter into rows of closed days. */
@Command(
    name = "goatcounter",
    description = {
      "Adds the views and events of a GoatCounter site to closed days.",
      "The file is GoatCounter's CSV export, version 2. Bots are skipped. Importing again replaces"
          + " what was imported before."
    },
    mixinStandardHelpOptions = true)
final class ImportGoatCounter implements Callable<Integer> {
  private static final List<String> COLUMNS =
      List.of("2Path", "Event", "Bot", "Session", "Referrer", "Referrer scheme", "Date");
  private static final Pattern WIDTH = Pattern.compile("([0-9]{1,6})(?:[.,x].*)?");

  /** A host with what may precede and follow it. */
  private static final Pattern HOST =
      Pattern.compile("(?:[a-z][a-z+.-]*://)?([^/?#:]+)(?:[/?#:].*)?", Pattern.DOTALL);

  private final Terminal terminal;

  @Mixin private final Target target = new Target();
  @Mixin private final ImportOptions options = new ImportOptions();
  @Mixin private final SiteOption site = new SiteOption();
  @Mixin private final RowsIntoDays rows = new RowsIntoDays();

  ImportGoatCounter(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    try (Tables tables = target.open()) {
      String name = site.required(tables.rules());
      return rows.run(
          terminal,
          tables,
          options,
          "goatcounter",
          (lastDay, receiver) ->
              options.read(
                  terminal, COLUMNS, line -> row(line, name, tables.rules(), lastDay), receiver));
    }
  }

  /**
   * Reads a line.
   *
   * @return null for a line of a bot
   * @throws IllegalArgumentException if the line is invalid; the message says why
   */
  static @Nullable Row row(CsvFile.Line line, String site, PageRules rules, LocalDate lastDay) {
    if (!line.get("Bot").isEmpty() && !line.get("Bot").equals("0")) {
      return null;
    }
    boolean isEvent = line.get("Event").equals("true");
    String path = line.get("2Path");
    if (path.isBlank()) {
      throw new IllegalArgumentException("2Path is empty");
    }
    PageId page = isEvent ? PageId.event(site, path) : SiteOption.page(site, path, rules);
    return RowLines.within(
        new Row(
            page,
            0,
            line.number(),
            second(line),
            facts(line, site),
            line.get("Session", CsvFile.MAX_TEXT_BYTES),
            isEvent ? Event.NONE : null),
        lastDay);
  }

  private static long second(CsvFile.Line line) {
    try {
      return OffsetDateTime.parse(line.get("Date")).toEpochSecond();
    } catch (DateTimeException e) {
      throw new IllegalArgumentException("Date is not written as in 2026-11-24T13:05:09Z", e);
    }
  }

  private static Facts facts(CsvFile.Line line, String site) {
    String referrer = line.start("Referrer");
    boolean isCampaign = line.get("Referrer scheme").equals("c");
    String from = isCampaign ? "" : referrer(line.get("Referrer scheme"), referrer, site);
    return new Facts(
        line.get("FirstVisit").equals("true") || !referrer.isEmpty(),
        from,
        isCampaign ? new Campaign(referrer, "", "", "", "") : Campaign.NONE,
        OtherNames.country(line.get("Location")),
        OtherNames.browser(line.start("Browser")),
        OtherNames.system(line.start("System")),
        device(line.get("Screen size")));
  }

  /** The host of a URL; GoatCounter's names for groups of hosts, such as Google, are kept. */
  private static String referrer(String scheme, String referrer, String site) {
    if (scheme.equals("g")) {
      return referrer;
    }
    Matcher host = HOST.matcher(referrer.strip().toLowerCase(Locale.ROOT));
    return host.matches() && !host.group(1).equals(site) ? host.group(1) : "";
  }

  private static String device(String size) {
    Matcher width = WIDTH.matcher(size);
    return width.matches() ? OtherNames.device(Integer.parseInt(width.group(1))) : "";
  }
}
