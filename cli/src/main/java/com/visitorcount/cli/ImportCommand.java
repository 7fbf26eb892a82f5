package com.visitorcount.cli;

import picocli.CommandLine.Command;

/** {@code import}: the parent of the import commands. */
@Command(
    name = "import",
    description = "Imports counters or history.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "WHAT",
    subcommands = {
      ImportCounters.class,
      ImportRows.class,
      ImportPlausible.class,
      ImportGoatCounter.class,
      ImportUmami.class
    })
final class ImportCommand {}
