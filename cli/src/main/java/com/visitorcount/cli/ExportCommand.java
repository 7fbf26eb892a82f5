package com.visitorcount.cli;

import picocli.CommandLine.Command;

/** What is moved out. */
@Command(
    name = "export",
    description = "Writes history to a file.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "WHAT",
    subcommands = {ExportRows.class})
final class ExportCommand {}
