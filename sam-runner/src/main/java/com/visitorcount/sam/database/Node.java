package com.visitorcount.sam.database;

import com.visitorcount.sam.failure.LocalException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Node.js, which must be installed on the machine, with npm. */
final class Node {
  private static final int OLDEST = 20;
  private static final Pattern VERSION = Pattern.compile("v(\\d{1,4})\\..*", Pattern.DOTALL);

  private Node() {}

  /**
   * @throws LocalException if it is missing, or too old for dynalite
   */
  static void requirePresent() {
    Process process = start(new ProcessBuilder("node", "--version").redirectErrorStream(true));
    try {
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      Matcher version = VERSION.matcher(output);
      if (waitFor(process) != 0
          || !version.matches()
          || Integer.parseInt(version.group(1)) < OLDEST) {
        throw new LocalException(
            "Node.js %d or newer is needed, and this is %s.".formatted(OLDEST, output.strip()));
      }
    } catch (IOException e) {
      throw new LocalException("Node.js does not say its version.", e);
    }
  }

  /**
   * @throws LocalException if the command is missing
   */
  static Process start(ProcessBuilder command) {
    try {
      return command.start();
    } catch (IOException e) {
      throw new LocalException(
          "The command %s is not on the PATH; install Node.js %d or newer, with npm."
              .formatted(command.command().get(0), OLDEST),
          e);
    }
  }

  static int waitFor(Process process) {
    try {
      return process.waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      process.destroy();
      throw new LocalException("Interrupted.", e);
    }
  }
}
