package com.visitorcount.sam.database;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What dynalite lacks and its launcher adds: streams and time to live. Communicates with the
 * launcher in lines of JSON over its stdin and stdout. Safe for use by several threads.
 */
public final class Tap {
  private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(30);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Instant opened = Instant.now();
  private final BufferedReader output;
  private final BufferedWriter commands;
  private final boolean kept;
  private final AtomicInteger lastId = new AtomicInteger();
  private final Map<Integer, CompletableFuture<JsonNode>> unanswered = new ConcurrentHashMap<>();

  /**
   * @param kept whether writes that are not dropped are reported to a later run
   */
  Tap(BufferedReader output, BufferedWriter commands, boolean kept) {
    this.output = output;
    this.commands = commands;
    this.kept = kept;
  }

  /**
   * Reports every write on the streamed tables in order, starting with those left by an earlier
   * run. Call it once, before anything else.
   *
   * @param clock gives the time of a write
   * @param writes is called on a single thread, and must return quickly
   */
  public void start(Clock clock, Consumer<TableWrite> writes) {
    Thread reader = new Thread(() -> read(clock, writes), "stream-tap");
    reader.setDaemon(true);
    reader.start();
    send(JSON.createObjectNode().put("start", true));
  }

  private void read(Clock clock, Consumer<TableWrite> writes) {
    try (output) {
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        JsonNode message = JSON.readTree(line);
        @Nullable JsonNode record = message.get("record");
        if (record == null) {
          answered(message.path("done").asInt()).complete(message);
        } else {
          writes.accept(write(record, clock));
        }
      }
    } catch (IOException e) {
      // the process ended in the middle of a line
    }
    unanswered.keySet().forEach(id -> answered(id).cancel(false));
  }

  private CompletableFuture<JsonNode> answered(int id) {
    @Nullable CompletableFuture<JsonNode> answer = unanswered.remove(id);
    return answer == null ? new CompletableFuture<>() : answer;
  }

  private TableWrite write(JsonNode record, Clock clock) {
    Instant written = Instant.ofEpochMilli(record.path("atMillis").asLong());
    return new TableWrite(
        record.path("table").asText(),
        record.path("sequence").asText(),
        // writes left by an earlier run have the time of that run
        written.isBefore(opened) ? written : clock.instant(),
        record.get("before"),
        record.get("after"),
        record.path("expired").asBoolean());
  }

  /**
   * Returns when all writes answered before this call have been reported.
   *
   * @throws IllegalStateException if dynalite has stopped
   */
  public void catchUp() {
    ask(JSON.createObjectNode());
  }

  /**
   * Deletes expired items and returns when that is done.
   *
   * @param attribute its value is the expiry time in seconds since the epoch
   * @throws IllegalStateException if dynalite has stopped
   */
  public void expire(String table, String attribute, Instant now) {
    ask(
        JSON.createObjectNode()
            .put("expire", table)
            .put("attribute", attribute)
            .put("nowSeconds", now.getEpochSecond()));
  }

  /**
   * The request units that a table with limits has used since this process began.
   *
   * @return zero for a table without limits
   * @throws IllegalStateException if dynalite has stopped
   */
  public RequestUnits used(String table) {
    JsonNode units = ask(JSON.createObjectNode()).path("units").path(table);
    return new RequestUnits(units.path("read").asDouble(), units.path("write").asDouble());
  }

  /** Drops writes, so that they are not reported to a later run. */
  public void drop(Collection<String> sequenceNumbers) {
    if (kept) {
      send(JSON.createObjectNode().set("drop", JSON.valueToTree(sequenceNumbers)));
    }
  }

  private JsonNode ask(ObjectNode command) {
    int id = lastId.incrementAndGet();
    CompletableFuture<JsonNode> answer = new CompletableFuture<>();
    unanswered.put(id, answer);
    send(command.put("id", id));
    try {
      return answer.get(ANSWER_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted", e);
    } catch (ExecutionException | TimeoutException | RuntimeException e) {
      throw new IllegalStateException("dynalite does not answer", e);
    } finally {
      unanswered.remove(id);
    }
  }

  private void send(JsonNode command) {
    try {
      synchronized (commands) {
        commands.write(command.toString());
        commands.newLine();
        commands.flush();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("dynalite has stopped", e);
    }
  }
}
