package com.visitorcount.cli;

import com.visitorcount.counter.PageItems;
import com.visitorcount.history.Forgetting;
import com.visitorcount.lake.LakeKeys;
import com.visitorcount.page.PageId;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code forget site}: deletes everything of a site, or the history of some days. */
@Command(
    name = "site",
    description = {
      "Deletes a site for good: its counters, rows, numbers and place in the lists.",
      "With --from, --to or both, only rows and numbers of these days; counters stay."
    },
    mixinStandardHelpOptions = true)
final class ForgetSite implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin private final Target target = new Target();
  @Mixin private final Consent consent = new Consent();

  @Parameters(paramLabel = "SITE", description = "As in example.com, or default.")
  private String site = "";

  @Option(names = "--from", paramLabel = "DAY", description = "UTC day (default: the first one).")
  @Nullable LocalDate from;

  @Option(
      names = "--to",
      paramLabel = "DAY",
      description = "UTC day, two days ago or earlier (default: that one).")
  @Nullable LocalDate to;

  private long objects;

  ForgetSite(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    try (Tables tables = target.open()) {
      Forgetting history = tables.history().forgetting(terminal.clock().instant());
      return from == null && to == null ? all(tables, history) : days(history);
    }
  }

  private int all(Tables tables, Forgetting history) {
    PageItems counters = tables.counters().pageItems();
    List<PageId> pages = new ArrayList<>();
    counters.forEach(
        page -> {
          if (page.site().equals(site)) {
            pages.add(page);
          }
        });
    int days = history.days(site).size();
    String what =
        "%s and %s of history of %s"
            .formatted(Terminal.count(pages.size(), "counter"), Terminal.count(days, "day"), site);
    if (!consent.dryRun) {
      consent.require(terminal, site, "This deletes " + what + " for good.");
      // before history: otherwise, if this is interrupted, verify would report its rows as lost
      long deleted = 0;
      for (PageId page : pages) {
        counters.delete(page);
        terminal.progress(++deleted, "counters");
      }
      history.site(site);
      // last: a day that was to be written into the lake is no longer
      objects = LakeObjects.delete(terminal, target.stack(), LakeKeys.ofSite(site));
    }
    report(pages.size(), days, what);
    return ExitCode.OK;
  }

  private int days(Forgetting history) {
    LocalDate last = to == null ? history.lastDay() : to;
    if (last.isAfter(history.lastDay())) {
      throw new UsageException(
          "--to is at most %s: a day can be forgotten by itself once it is closed, two days later."
              .formatted(history.lastDay()));
    }
    LocalDate first = from == null ? LocalDate.EPOCH : from;
    if (last.isBefore(first)) {
      throw new UsageException("--from is after --to.");
    }
    SortedSet<LocalDate> days = history.days(site).subSet(first, last.plusDays(1));
    String what = Terminal.count(days.size(), "day") + " of history of " + site;
    if (!consent.dryRun) {
      consent.require(terminal, site, "This deletes " + what + " for good.");
      history.days(site, first, last);
      for (LocalDate day : days) {
        objects += LakeObjects.delete(terminal, target.stack(), LakeKeys.ofDay(site, day));
      }
    }
    report(0, days.size(), what);
    return ExitCode.OK;
  }

  private void report(int counters, int days, String what) {
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("counters", counters);
    result.put("days", days);
    result.put("lakeObjects", objects);
    result.put("dryRun", consent.dryRun);
    terminal.result(
        consent.json,
        result,
        (consent.dryRun ? "Would be: " : "Deleted: ")
            + what
            + (objects == 0 ? "" : ", and " + Terminal.count(objects, "object") + " of the lake")
            + ".");
  }
}
