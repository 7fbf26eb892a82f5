package com.visitorcount.cli;

import com.visitorcount.counter.BrokenCounterException;
import com.visitorcount.page.InvalidPageException;
import com.visitorcount.page.PageId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code forget page}: deletes a page or event from all days. */
@Command(
    name = "page",
    description =
        "Deletes a page or event for good: its counter, its rows, and its part in all numbers.",
    mixinStandardHelpOptions = true)
final class ForgetPage implements Callable<Integer> {
  private final Terminal terminal;

  @Mixin private final Target target = new Target();
  @Mixin private final Consent consent = new Consent();

  @Parameters(
      paramLabel = "PAGE",
      description = "As in example.com/about, or example.com!signup for an event.")
  private String page = "";

  ForgetPage(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    try (Tables tables = target.open()) {
      PageId id = tables.rules().page(page);
      String count = count(tables, id);
      if (!consent.dryRun) {
        consent.require(
            terminal, id.toString(), "This deletes %s and its %s views.".formatted(id, count));
        // before history: otherwise, if this is interrupted, verify would report its rows as lost
        tables.counters().pageItems().delete(id);
        tables.history().forgetting(terminal.clock().instant()).page(id);
      }
      Map<String, Object> result = new LinkedHashMap<>();
      result.put("page", id.toString());
      result.put("count", count);
      result.put("dryRun", consent.dryRun);
      terminal.result(
          consent.json,
          result,
          "%s%s, which had %s views."
              .formatted(consent.dryRun ? "Would be: " : "Deleted: ", id, count));
      return ExitCode.OK;
    } catch (InvalidPageException e) {
      throw new UsageException(String.valueOf(e.getMessage()));
    }
  }

  private static String count(Tables tables, PageId id) {
    try {
      return tables.counters().counters(System::nanoTime).read(id).toString();
    } catch (BrokenCounterException e) {
      return "unreadable";
    }
  }
}
