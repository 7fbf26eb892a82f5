package com.visitorcount.local.packaged;

import com.visitorcount.local.TestStack;
import com.visitorcount.sam.template.FunctionResource;
import com.visitorcount.sam.template.Stack;
import com.visitorcount.sam.template.Template;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/** The template's functions, each jar unpacked once; and broken copies of them. */
final class Packages {
  private final Path directory;
  private final Map<String, Path> unpacked = new HashMap<>();
  private final Stack stack =
      Template.read(TestStack.template())
          .evaluate(
              Map.of(
                  "AllowedOrigins", "*",
                  "PublicStatistics", "true",
                  "ClientRequestsPerSecond", "0"));

  /** A change to a folder of an unpacked jar. */
  @FunctionalInterface
  interface Damage {
    void to(Path metaInf) throws IOException;
  }

  /**
   * @param directory empty
   */
  Packages(Path directory) {
    this.directory = directory;
  }

  /** A function of the template. */
  FunctionResource function(String id) {
    return stack.function(id);
  }

  /** A function's package, as deployed. */
  Path task(FunctionResource function) throws IOException {
    Path task = unpacked.get(function.codeUri());
    if (task == null) {
      task =
          PackagedFunction.unpack(
              PackagedFunction.jar(function), Files.createTempDirectory(directory, "task"));
      unpacked.put(function.codeUri(), task);
    }
    return task;
  }

  /** A copy of a package with a damaged {@code META-INF}. */
  Path damaged(FunctionResource function, Damage damage) throws IOException {
    Path task = task(function);
    Path copy = Files.createTempDirectory(directory, "damaged");
    try (Stream<Path> entries = Files.list(task)) {
      for (Path entry : (Iterable<Path>) entries::iterator) {
        if (!entry.endsWith("META-INF")) {
          Files.createSymbolicLink(copy.resolve(entry.getFileName()), entry);
        }
      }
    }
    Path metaInf = task.resolve("META-INF");
    try (Stream<Path> entries = Files.walk(metaInf)) {
      for (Path entry : (Iterable<Path>) entries::iterator) {
        Files.copy(entry, copy.resolve(task.relativize(entry)));
      }
    }
    damage.to(copy.resolve("META-INF"));
    return copy;
  }

  /** A folder for a process. */
  Path process() throws IOException {
    return Files.createTempDirectory(directory, "process");
  }
}
