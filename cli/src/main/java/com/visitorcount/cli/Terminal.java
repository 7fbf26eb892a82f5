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
 * @param input what its user types
 * @param output results
 * @param errors everything else
 * @param showsProgress whether somebody watches
 * @param clock tells which days are over
 */
record Terminal(
    BufferedReader input,
    PrintWriter output,
    PrintWriter errors,
    boolean showsProgress,
    Clock clock) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** So often that it moves, and so seldom that it costs nothing. */
  private static final long PROGRESS_STEP = 1_000;

  Terminal {
    requireNonNull(input, "input");
    requireNonNull(output, "output");
    requireNonNull(errors, "errors");
    requireNonNull(clock, "clock");
  }

  /** The same terminal for what was said already. */
  Terminal withoutErrors() {
    return new Terminal(input, output, new PrintWriter(Writer.nullWriter()), false, clock);
  }

  /** Shows how much is done, on a line that the next call overwrites. */
  void progress(long done, String what) {
    if (showsProgress && done % PROGRESS_STEP == 0) {
      errors.print("\r%,d %s".formatted(done, what));
      errors.flush();
    }
  }

  /** Writes what came out, as JSON or as a line of text. */
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

  /** A line that the user types, null at the end of the input. */
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
