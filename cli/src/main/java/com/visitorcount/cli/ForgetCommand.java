package com.visitorcount.cli;

import picocli.CommandLine.Command;

/** {@code forget}: the parent of the commands that delete. */
@Command(
    name = "forget",
    description = "Deletes counters and history for good.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "WHAT",
    subcommands = {ForgetSite.class, ForgetPage.class})
final class ForgetCommand {}
