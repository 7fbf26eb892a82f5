package com.visitorcount.rollup;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.withSettings;

import com.amazonaws.services.lambda.runtime.events.DynamodbEvent.DynamodbStreamRecord;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse;
import com.amazonaws.services.lambda.runtime.events.models.dynamodb.AttributeValue;
import com.amazonaws.services.lambda.runtime.events.models.dynamodb.StreamRecord;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.visitorcount.fuzz.Mutations;
import com.visitorcount.history.HistoryTable;
import com.visitorcount.history.InMemoryHistory;
import com.visitorcount.http.RequestRecord;
import com.visitorcount.row.Row;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * Whatever the stream brings: what cannot be read is named, and holds up nothing else. Takes
 * standard output for itself, where the log goes.
 */
@Isolated
final class StreamFuzzTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Instant NOW = Instant.parse("2026-11-25T10:15:30Z");
  private static final LocalDate TODAY = LocalDate.parse("2026-11-25");
  private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
  private static final int RECORDS = 4;

  private static final String IMAGE =
      """
      {"id":{"S":"example.com/a"},"views":{"N":"%d"},"born":{"N":"1764000000123"},
      "a":{"B":"0"},"q":{"B":"4"},
      "last":{"M":{"t":{"N":"1764065720000"},"e":{"BOOL":true},"r":{"S":"news.example"},
      "s":{"S":"letter"},"l":{"S":"DE"},"b":{"S":"Firefox"},"o":{"S":"Linux"},"d":{"S":"L"},
      "v":{"B":"01234567"}}}}""";

  private final RequestRecord record = mock(withSettings().stubOnly());

  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private final PrintStream stdout = System.out;

  @BeforeEach
  void takeOutput() {
    System.setOut(new PrintStream(written, true, UTF_8));
  }

  @AfterEach
  void giveBack() {
    System.setOut(stdout);
  }

  @Test
  void store_oneRecordMutated_namesItOrStoresItAndKeepsTheOthers() throws Exception {
    Mutations mutations = new Mutations(5);
    int named = 0;
    for (int i = 0; i < Mutations.CASES; i++) {
      int place = mutations.number(RECORDS);
      List<DynamodbStreamRecord> batch = new ArrayList<>();
      for (int k = 0; k < RECORDS; k++) {
        JsonNode before = JSON.readTree(IMAGE.formatted(10 + k));
        JsonNode after = JSON.readTree(IMAGE.formatted(11 + k));
        boolean broken = k == place;
        batch.add(
            streamed(
                k,
                broken && mutations.onceIn(4) ? mutations.json(before) : before,
                broken ? mutations.json(after) : after,
                broken && mutations.onceIn(50) ? null : Date.from(NOW)));
      }
      HistoryTable history = InMemoryHistory.table();
      StreamsEventResponse response;
      try {
        response = new Rollup(history.chunks(), CLOCK).store(batch, record);
      } catch (RuntimeException e) {
        throw new AssertionError("case " + i + ": " + batch.get(place), e);
      }

      List<String> failed =
          response.getBatchItemFailures().stream()
              .map(StreamsEventResponse.BatchItemFailure::getItemIdentifier)
              .toList();
      assertThat(failed).isSubsetOf("number " + place);
      named += failed.size();
      List<Row> rows = new ArrayList<>();
      for (String site : history.history(CLOCK).sites()) {
        rows.addAll(history.history(CLOCK).rows(site, TODAY));
      }
      for (int k = 0; k < RECORDS; k++) {
        long sequence = 11L + k;
        if (k != place) {
          assertThat(rows)
              .as("case %s", i)
              .anyMatch(
                  row ->
                      row.page().toString().equals("example.com/a") && row.sequence() == sequence);
        }
      }
      assertThat(rows.size()).isLessThanOrEqualTo(RECORDS);
    }
    List<String> lines = written.toString(UTF_8).lines().toList();
    assertThat(lines).hasSize(named);
    for (String line : lines) {
      assertThat(line)
          .startsWith("ERROR com.visitorcount.rollup.Rollup The record number ")
          .doesNotContain("01234567", "news.example", "letter", "example.com/a");
    }
    stdout.printf(Locale.ROOT, "stream: %d of %d records cannot be read%n", named, Mutations.CASES);
    assertThat(named).isBetween(Mutations.CASES / 20, Mutations.CASES * 19 / 20);
  }

  private static DynamodbStreamRecord streamed(
      int number, JsonNode before, JsonNode after, @Nullable Date written) {
    StreamRecord streamed =
        new StreamRecord()
            .withSequenceNumber("number " + number)
            .withApproximateCreationDateTime(written)
            .withOldImage(image(before))
            .withNewImage(image(after));
    DynamodbStreamRecord record = new DynamodbStreamRecord();
    record.setEventName("MODIFY");
    record.setDynamodb(streamed);
    return record;
  }

  private static Map<String, AttributeValue> image(JsonNode json) {
    Map<String, AttributeValue> image = new HashMap<>();
    json.properties().forEach(field -> image.put(field.getKey(), value(field.getValue())));
    return image;
  }

  /** Of several types, whichever come: whoever sends that is no DynamoDB. */
  private static AttributeValue value(JsonNode json) {
    AttributeValue value = new AttributeValue();
    if (json.has("S")) {
      value.setS(json.get("S").asText());
    }
    if (json.has("N")) {
      value.setN(json.get("N").asText());
    }
    if (json.has("B")) {
      value.setB(ByteBuffer.wrap(json.get("B").asText().getBytes(UTF_8)));
    }
    if (json.has("BOOL")) {
      value.setBOOL(json.get("BOOL").asBoolean());
    }
    if (json.has("M")) {
      value.setM(image(json.get("M")));
    }
    if (json.isArray()) {
      List<AttributeValue> values = new ArrayList<>();
      json.forEach(element -> values.add(value(element)));
      value.setL(values);
    }
    return value;
  }
}
