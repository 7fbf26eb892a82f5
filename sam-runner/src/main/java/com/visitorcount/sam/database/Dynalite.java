package com.visitorcount.sam.database;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.visitorcount.sam.failure.LocalException;
import com.visitorcount.sam.template.TableResource;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A DynamoDB emulator in a separate process, on a free port of 127.0.0.1. It exits whenever this
 * process ends, in whatever way, since that closes its input.
 */
public final class Dynalite implements AutoCloseable {
  private static final Duration STOP_TIMEOUT = Duration.ofSeconds(2);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Process process;
  private final URI endpoint;
  private final Tap tap;

  private Dynalite(Process process, URI endpoint, Tap tap) {
    this.process = process;
    this.endpoint = endpoint;
    this.tap = tap;
  }

  /**
   * Starts dynalite, installing it if necessary.
   *
   * @param module this module's directory, with package-lock.json
   * @param data directory for the data; null: in memory
   * @param streamedTables names of the tables whose writes {@link #tap} reports
   * @param limits by name of the tables that throttle; as in DynamoDB, units unused in the last 300
   *     seconds are available, too, and each of four partitions is limited to 3,000 reads and 1,000
   *     writes a second
   * @throws LocalException if Node.js is missing, or the directory cannot be used
   */
  public static Dynalite start(
      Path module,
      @Nullable Path data,
      Set<String> streamedTables,
      Map<String, TableResource.Limits> limits) {
    Node.requirePresent();
    NodeModules.install(module);
    List<String> command = new ArrayList<>(List.of("node", "src/main/node/dynalite.js"));
    if (data != null) {
      command.add("--data=" + create(data));
    }
    streamedTables.forEach(table -> command.add("--stream=" + table));
    command.add("--limits=" + JSON.valueToTree(limits));
    Process process =
        Node.start(
            new ProcessBuilder(command)
                .directory(module.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT));
    try {
      BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
      int port = port(output, data);
      return new Dynalite(
          process,
          URI.create("http://127.0.0.1:" + port + "/"),
          new Tap(output, process.outputWriter(StandardCharsets.UTF_8), data != null));
    } catch (RuntimeException e) {
      process.destroyForcibly();
      throw e;
    }
  }

  private static Path create(Path data) {
    try {
      return Files.createDirectories(data).toAbsolutePath();
    } catch (IOException e) {
      throw new LocalException("The data directory " + data + " cannot be made.", e);
    }
  }

  private static int port(BufferedReader output, @Nullable Path data) {
    try {
      JsonNode message = JSON.readTree(Objects.requireNonNullElse(output.readLine(), "{}"));
      if (message.has("port")) {
        return message.get("port").asInt();
      }
      String error = message.path("error").asText("it says nothing");
      throw new LocalException(
          data == null
              ? "dynalite does not start: " + error + "."
              : "dynalite cannot open %s, which another run may be using: %s."
                  .formatted(data, error));
    } catch (IOException e) {
      throw new LocalException("dynalite does not start: " + e.getMessage() + ".", e);
    }
  }

  /** The endpoint for the SDK. */
  public URI endpoint() {
    return endpoint;
  }

  /** Its streams, and its items' time to live. */
  public Tap tap() {
    return tap;
  }

  /** Stops it, within a few seconds at most. Data in a directory is kept. */
  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(STOP_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
