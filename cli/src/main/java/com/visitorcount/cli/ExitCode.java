package com.visitorcount.cli;

/** How the program ends. */
final class ExitCode {
  /** All was done. */
  static final int OK = 0;

  /** Something went wrong; what was done stays done, and the command can be given again. */
  static final int FAILED = 1;

  /** The command makes no sense; nothing was done. */
  static final int USAGE = 2;

  /** Done, but some lines of the file could not be read and were left out. */
  static final int LINES_LEFT_OUT = 3;

  /** Done, and something is wrong with the stack. */
  static final int PROBLEMS = 4;

  private ExitCode() {}
}
