package com.visitorcount.cli;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.time.Clock;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where a command reads and writes.
 *
 * @param input what the user types
 * @param output for results
 * @param errors for everything else
 * @param showsProgress whether somebody is watching
 * @param clock decides which days are over
 */
record Terminal(
    BufferedReader input,
    PrintWriter output,
    PrintWriter errors,
    boolean showsProgress,
    Clock clock) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Often enough to show movement, seldom enough to cost nothing. */
  private static final long PROGRESS_STEP = 1_000;

  Terminal {
    requireNonNull(input, "input");
    requireNonNull(output, "output");
    requireNonNull(errors, "errors");
    requireNonNull(clock, "clock");
  }

  /** The same terminal without error output, for work whose errors were already reported. */
  Terminal withoutErrors() {
    return new Terminal(input, output, new PrintWriter(Writer.nullWriter()), false, clock);
  }

  /** Shows progress on a line that the next call overwrites. */
  void progress(long done, String what) {
    if (showsProgress && done % PROGRESS_STEP == 0) {
      errors.print("\r%,d %s".formatted(done, what));
      errors.flush();
    }
  }

  /**
   * Such as {@code 1 row} or {@code 7 rows}.
   *
   * @param one the name of one thing, whose plural ends with an s
   */
  static String count(long number, String one) {
    return number + " " + one + (number == 1 ? "" : "s");
  }

  /** Writes the result as JSON or as a line of text. */
  void result(boolean asJson, Map<String, ?> json, String text) {
    if (showsProgress) {
      errors.print("\r");
      errors.flush();
    }
    try {
      output.println(asJson ? JSON.writeValueAsString(json) : text);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
    output.flush();
  }

  /** Reads a line from the user, null at the end of the input. */
  @Nullable String ask(String question) {
    errors.print(question);
    errors.flush();
    try {
      return input.readLine();
    } catch (IOException e) {
      return null;
    }
  }
}
