package com.visitorcount.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * The options of commands that delete for good. The user has to repeat the name of what is deleted.
 */
final class Consent {
  @Option(
      names = "--yes",
      paramLabel = "NAME",
      description = "The name of what is deleted, in place of typing it when asked.")
  @Nullable String yes;

  @Option(names = "--dry-run", description = "Only say what would be done.")
  boolean dryRun;

  @Option(names = "--json", description = "Print the result as JSON.")
  boolean json;

  /**
   * @throws UsageException unless the user repeats the name
   */
  void require(Terminal terminal, String name, String what) {
    String named = yes != null ? yes : terminal.ask("%s%nType %s to go on: ".formatted(what, name));
    if (!name.equals(named == null ? null : named.strip())) {
      throw new UsageException("Nothing was deleted: the name is " + name + ".");
    }
  }
}
