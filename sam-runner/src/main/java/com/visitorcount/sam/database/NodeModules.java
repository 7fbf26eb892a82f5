package com.visitorcount.sam.database;

import com.visitorcount.sam.failure.LocalException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** The npm packages of a module, installed if they are missing or their lock file has changed. */
public final class NodeModules {
  private static final List<String> INSTALL =
      List.of("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund");

  private NodeModules() {}

  /**
   * Installs the packages if necessary. Several processes may call this at once: one installs, the
   * others wait.
   *
   * @param module directory with package-lock.json
   * @throws LocalException if npm is missing or fails
   */
  public static synchronized void install(Path module) {
    try {
      Path target = Files.createDirectories(module.resolve("target"));
      try (FileChannel lock =
          FileChannel.open(
              target.resolve("npm.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
        lock.lock();
        if (!areInstalled(module)) {
          run(module, target.resolve("npm.log"));
        }
      }
    } catch (IOException e) {
      throw new LocalException("The npm packages cannot be installed: " + e.getMessage() + ".", e);
    }
  }

  private static boolean areInstalled(Path module) throws IOException {
    // npm's own copy of the lock file, which it writes last
    Path installed = module.resolve("node_modules/.package-lock.json");
    Path wanted = module.resolve("package-lock.json");
    return Files.exists(installed)
        && Files.getLastModifiedTime(installed).compareTo(Files.getLastModifiedTime(wanted)) >= 0;
  }

  private static void run(Path module, Path log) {
    ProcessBuilder npm =
        new ProcessBuilder(INSTALL)
            .directory(module.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    int status = Node.waitFor(Node.start(npm));
    if (status != 0) {
      throw new LocalException(
          "npm could not install its packages (exit code %d); its output is in %s."
              .formatted(status, log));
    }
  }
}
