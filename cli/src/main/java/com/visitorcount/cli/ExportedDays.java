package com.visitorcount.cli;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The options that say what is exported. */
final class ExportedDays {
  @Parameters(paramLabel = "SITE", description = "As in example.com, or default.")
  private String site = "";

  @Option(names = "--from", paramLabel = "DAY", description = "UTC day (default: the first one).")
  private @Nullable LocalDate from;

  @Option(names = "--to", paramLabel = "DAY", description = "UTC day (default: today).")
  private @Nullable LocalDate to;

  /** Days of a site, both inclusive. */
  record Range(String site, LocalDate first, LocalDate last) {}

  /**
   * What is meant by the options.
   *
   * @throws UsageException if that is nothing
   */
  Range range(Tables tables, Instant now) {
    LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
    LocalDate first =
        from == null
            ? tables
                .history()
                .history(Clock.fixed(now, ZoneOffset.UTC))
                .firstDay(site)
                .orElse(today)
            : from;
    LocalDate last = to == null ? today : to;
    if (last.isBefore(first)) {
      throw new UsageException("--from is after --to.");
    }
    return new Range(site, first, last);
  }
}
