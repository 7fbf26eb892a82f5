package com.visitorcount.cli;

import picocli.CommandLine.Command;

/** {@code export}: the parent of the export commands. */
@Command(
    name = "export",
    description = "Writes history to a file.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "WHAT",
    subcommands = {ExportRows.class, ExportParquet.class})
final class ExportCommand {}
