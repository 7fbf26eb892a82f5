package com.visitorcount.cli;

/** The program's exit codes. */
final class ExitCode {
  /** Success. */
  static final int OK = 0;

  /** Failure; what was done stays done, and the command can be repeated. */
  static final int FAILED = 1;

  /** Invalid command; nothing was done. */
  static final int USAGE = 2;

  /** Done, but some lines of the file were invalid and left out. */
  static final int LINES_LEFT_OUT = 3;

  /** Done, and the stack has problems. */
  static final int PROBLEMS = 4;

  private ExitCode() {}
}
