package com.visitorcount.sam.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.visitorcount.sam.failure.LocalException;
import com.visitorcount.sam.template.TableResource;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

final class DynaliteTest {
  private static final Path MODULE = Path.of("").toAbsolutePath();
  private static final int TIMEOUT_SECONDS = 20;

  private static final List<TableResource> TABLES =
      List.of(
          new TableResource(
              "Counts",
              List.of(new TableResource.Key("id", "HASH", "S")),
              false,
              Optional.empty(),
              Optional.empty()),
          new TableResource(
              "History",
              List.of(
                  new TableResource.Key("pk", "HASH", "S"),
                  new TableResource.Key("sk", "RANGE", "S")),
              false,
              Optional.empty(),
              Optional.empty()));

  private static final Map<String, AttributeValue> ITEM =
      Map.of("id", AttributeValue.fromS("a"), "views", AttributeValue.fromN("7"));
  private static final Map<String, AttributeValue> KEY = Map.of("id", AttributeValue.fromS("a"));

  @Test
  void start_inMemory_keepsNothing() {
    for (int run = 0; run < 2; run++) {
      try (Dynalite dynalite = Dynalite.start(MODULE, null, Set.of(), Map.of());
          DynamoDbClient client = client(dynalite)) {
        Tables.create(client, TABLES);

        assertThat(client.listTables().tableNames()).containsExactly("Counts", "History");
        assertThat(client.getItem(r -> r.tableName("Counts").key(KEY)).item()).isEmpty();
        client.putItem(r -> r.tableName("Counts").item(ITEM));
      }
    }
  }

  @Test
  void start_withADirectory_keepsTheData(@TempDir Path directory) {
    Path data = directory.resolve("made/when/missing");
    try (Dynalite dynalite = Dynalite.start(MODULE, data, Set.of(), Map.of());
        DynamoDbClient client = client(dynalite)) {
      Tables.create(client, TABLES);
      client.putItem(r -> r.tableName("Counts").item(ITEM));
    }

    try (Dynalite dynalite = Dynalite.start(MODULE, data, Set.of(), Map.of());
        DynamoDbClient client = client(dynalite)) {
      Tables.create(client, TABLES);

      assertThat(client.getItem(r -> r.tableName("Counts").key(KEY)).item()).isEqualTo(ITEM);
    }
  }

  @Test
  void start_onADirectoryInUse_isOneSentenceAndHarmsNobody(@TempDir Path data) {
    try (Dynalite dynalite = Dynalite.start(MODULE, data, Set.of(), Map.of());
        DynamoDbClient client = client(dynalite)) {
      assertThatThrownBy(() -> Dynalite.start(MODULE, data, Set.of(), Map.of()))
          .isInstanceOf(LocalException.class)
          .hasMessageStartingWith(
              "dynalite cannot open " + data + ", which another run may be using: ");

      assertThat(client.listTables().tableNames()).isEmpty();
    }
  }

  @Test
  void start_onAFileAsDirectory_isOneSentence(@TempDir Path directory) throws IOException {
    Path file = Files.createFile(directory.resolve("file"));

    assertThatThrownBy(() -> Dynalite.start(MODULE, file, Set.of(), Map.of()))
        .isInstanceOf(LocalException.class)
        .hasMessage("The data directory " + file + " cannot be made.");
  }

  /** An iterator left open keeps every file that existed when it was created. */
  @Test
  void scan_manyTimes_keepsNothingOfWhatWasOverwritten(@TempDir Path data) throws IOException {
    int writes = 150;
    byte[] content = new byte[200_000];
    Random random = new Random(1);
    try (Dynalite dynalite = Dynalite.start(MODULE, data, Set.of(), Map.of());
        DynamoDbClient client = client(dynalite)) {
      Tables.create(client, TABLES);
      for (int i = 0; i < writes; i++) {
        random.nextBytes(content);
        client.putItem(
            r ->
                r.tableName("Counts")
                    .item(
                        Map.of(
                            "id",
                            AttributeValue.fromS("a"),
                            "content",
                            AttributeValue.fromB(SdkBytes.fromByteArray(content)))));
        assertThat(client.scan(r -> r.tableName("Counts")).count()).isOne();
      }

      assertThat(bytes(data)).isLessThan((long) writes * content.length / 2);
    }
  }

  private static long bytes(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(Path::toFile).mapToLong(File::length).sum();
    }
  }

  @Test
  void close_leavesNoProcess() {
    Set<Long> before = children();

    Dynalite.start(MODULE, null, Set.of(), Map.of()).close();

    assertThat(children()).isEqualTo(before);
  }

  @Test
  void process_whoseInputEnds_ends() throws Exception {
    Process process = launch();

    process.getOutputStream().close();

    assertThat(process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isZero();
  }

  @Test
  void process_thatIsTerminated_ends() throws Exception {
    Process process = launch();

    process.destroy();

    assertThat(process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isZero();
  }

  private static Process launch() throws IOException {
    Node.requirePresent();
    NodeModules.install(MODULE);
    Process process =
        new ProcessBuilder("node", "src/main/node/dynalite.js").directory(MODULE.toFile()).start();
    assertThat(process.inputReader(StandardCharsets.UTF_8).readLine()).matches("\\{\"port\":\\d+}");
    return process;
  }

  private static Set<Long> children() {
    return ProcessHandle.current()
        .children()
        .filter(ProcessHandle::isAlive)
        .map(ProcessHandle::pid)
        .collect(Collectors.toSet());
  }

  private static DynamoDbClient client(Dynalite dynalite) {
    return DynamoDbClient.builder().endpointOverride(dynalite.endpoint()).build();
  }
}
