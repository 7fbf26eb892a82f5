package com.visitorcount.local.browser;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A Chromium without a driver: with one, it neither prerenders pages nor keeps them alive for going
 * back. The page that it opens drives itself.
 */
final class BareChromium implements AutoCloseable {
  private final Path profile = newProfile();
  private @Nullable Process process;

  private static Path newProfile() {
    try {
      return Files.createTempDirectory("visitorcount-chromium");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts the browser on a page. */
  void open(String url) {
    try {
      List<String> command = new ArrayList<>();
      command.add(Chromium.executable().toString());
      command.addAll(Chromium.ARGUMENTS);
      command.add("--headless=new");
      command.add("--user-data-dir=" + profile);
      command.add(url);
      process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    if (process != null) {
      end(process);
    }
    try {
      Files.walkFileTree(profile, new Deletion());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The parent is ended first, since it would restart its missing children. */
  private static void end(Process process) {
    List<ProcessHandle> family = new ArrayList<>(List.of(process.toHandle()));
    family.addAll(process.descendants().toList());
    family.forEach(ProcessHandle::destroyForcibly);
    for (ProcessHandle member : family) {
      member.onExit().orTimeout(10, TimeUnit.SECONDS).join();
    }
  }

  private static final class Deletion extends SimpleFileVisitor<Path> {
    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      Files.deleteIfExists(file);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path folder, IOException e) throws IOException {
      Files.deleteIfExists(folder);
      return FileVisitResult.CONTINUE;
    }
  }
}
