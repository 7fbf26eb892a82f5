package com.visitorcount.sam.storage;

import com.visitorcount.sam.failure.LocalException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * S3 as far as a local run needs it: objects are files, buckets folders, and slashes in keys make
 * subfolders. Safe for use by several threads.
 */
public final class Buckets implements AutoCloseable {
  private final @Nullable Path kept;
  private @Nullable Path temporary;

  private Buckets(@Nullable Path kept) {
    this.kept = kept;
  }

  /**
   * Opens the buckets.
   *
   * @param data folder to keep them in; null: they are deleted on close
   */
  public static Buckets open(@Nullable Path data) {
    return new Buckets(data == null ? null : data.resolve("s3"));
  }

  /**
   * Writes an object.
   *
   * @param key without {@code ..}
   * @return its file
   * @throws LocalException if it cannot be written
   */
  public Path put(String bucket, String key, byte[] content) {
    try {
      Path file = folder().resolve(bucket).resolve(key);
      Files.createDirectories(file.getParent());
      return Files.write(file, content);
    } catch (IOException e) {
      throw new LocalException("The object " + key + " cannot be written.", e);
    }
  }

  private synchronized Path folder() throws IOException {
    if (kept != null) {
      return kept;
    }
    if (temporary == null) {
      temporary = Files.createTempDirectory("visitorcount-s3-");
    }
    return temporary;
  }

  /** The objects of a bucket, sorted by key. */
  public synchronized List<Path> objects(String bucket) {
    @Nullable Path folder = kept == null ? temporary : kept;
    if (folder == null || !Files.isDirectory(folder.resolve(bucket))) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(folder.resolve(bucket))) {
      return files.filter(Files::isRegularFile).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * An object's file, if there is one.
   *
   * @param key without {@code ..}
   */
  public synchronized Optional<Path> object(String bucket, String key) {
    @Nullable Path folder = kept == null ? temporary : kept;
    return Optional.ofNullable(folder)
        .map(all -> all.resolve(bucket).resolve(key))
        .filter(Files::isRegularFile);
  }

  /** The key of one of the {@link #objects} of a bucket. */
  public synchronized String key(String bucket, Path object) {
    Path folder = Objects.requireNonNull(kept == null ? temporary : kept);
    return folder.resolve(bucket).relativize(object).toString().replace('\\', '/');
  }

  @Override
  public synchronized void close() {
    if (temporary == null) {
      return;
    }
    try (Stream<Path> files = Files.walk(temporary)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    temporary = null;
  }
}
