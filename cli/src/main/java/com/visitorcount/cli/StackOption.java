package com.visitorcount.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option of commands that need more of a stack than its tables. */
final class StackOption {
  @Option(names = "--stack", paramLabel = "NAME", description = "A deployed stack.")
  private @Nullable String stack;

  /**
   * The stack.
   *
   * @throws UsageException if the user gives none
   * @throws FailureException as {@link Stack#describe}
   */
  Stack required() {
    if (stack == null) {
      throw new UsageException("Say which stack: --stack NAME.");
    }
    return Stack.describe(stack);
  }
}
