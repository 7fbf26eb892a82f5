package com.visitorcount.rollup;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.withSettings;

import com.amazonaws.services.lambda.runtime.events.DynamodbEvent.DynamodbStreamRecord;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse;
import com.amazonaws.services.lambda.runtime.events.models.dynamodb.AttributeValue;
import com.amazonaws.services.lambda.runtime.events.models.dynamodb.StreamRecord;
import com.visitorcount.fuzz.Mutations;
import com.visitorcount.history.HistoryTable;
import com.visitorcount.history.InMemoryHistory;
import com.visitorcount.history.row.Row;
import com.visitorcount.http.RequestRecord;
import com.visitorcount.http.RequestRecords;
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
 * Random stream records: those that cannot be read are set aside, and hold up nothing. Captures
 * standard output, where the log goes.
 */
@Isolated
final class StreamFuzzTest {
  private static final Instant NOW = Instant.parse("2026-11-25T10:15:30Z");
  private static final LocalDate TODAY = LocalDate.parse("2026-11-25");
  private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
  private static final int RECORDS = 4;

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
  void store_oneRecordMutated_storesItOrSetsItAsideAndKeepsTheOthers() {
    Mutations mutations = new Mutations(5);
    int unreadable = 0;
    for (int i = 0; i < Mutations.CASES; i++) {
      int place = mutations.number(RECORDS);
      List<DynamodbStreamRecord> batch = new ArrayList<>();
      for (int k = 0; k < RECORDS; k++) {
        Map<String, AttributeValue> before = image(10 + k);
        Map<String, AttributeValue> after = image(11 + k);
        boolean broken = k == place;
        batch.add(
            streamed(
                k,
                broken && mutations.onceIn(4) ? mutated(before, mutations) : before,
                broken ? mutated(after, mutations) : after,
                broken && mutations.onceIn(50) ? null : Date.from(NOW)));
      }
      HistoryTable history = InMemoryHistory.table();
      StreamsEventResponse response;
      try {
        response = new Rollup(history, CLOCK, RequestRecords.PROBLEMS).store(batch, record);
      } catch (RuntimeException e) {
        throw new AssertionError("case " + i + ": " + batch.get(place), e);
      }

      assertThat(response.getBatchItemFailures()).as("case %s", i).isEmpty();
      List<String> setAside = InMemoryHistory.setAside(history);
      for (String json : setAside) {
        assertThat(json)
            .as("case %s", i)
            .isEqualTo(RecordJson.of(batch.get(place)))
            .contains("\"SequenceNumber\":\"number " + place + "\"");
      }
      unreadable += setAside.size();
      List<Row> rows = new ArrayList<>();
      for (String site : history.history(CLOCK).sites()) {
        rows.addAll(history.history(CLOCK).openRows(site, TODAY));
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
    assertThat(lines).hasSize(unreadable);
    for (String line : lines) {
      assertThat(line)
          .startsWith("ERROR com.visitorcount.rollup.Rollup The record number ")
          .doesNotContain("01234567", "news.example", "letter", "example.com/a");
    }
    stdout.printf(
        Locale.ROOT, "stream: %d of %d records cannot be read%n", unreadable, Mutations.CASES);
    assertThat(unreadable).isBetween(Mutations.CASES / 20, Mutations.CASES * 19 / 20);
  }

  private static DynamodbStreamRecord streamed(
      int number,
      Map<String, AttributeValue> before,
      Map<String, AttributeValue> after,
      @Nullable Date written) {
    StreamRecord streamed =
        new StreamRecord()
            .withSequenceNumber("number " + number)
            .withApproximateCreationDateTime(written)
            .withOldImage(before)
            .withNewImage(after);
    DynamodbStreamRecord record = new DynamodbStreamRecord();
    record.setEventName("MODIFY");
    record.setDynamodb(streamed);
    return record;
  }

  private static Map<String, AttributeValue> image(int views) {
    Map<String, AttributeValue> last = new HashMap<>();
    last.put("t", number(Long.toString(NOW.toEpochMilli() - 10_000)));
    last.put("e", new AttributeValue().withBOOL(true));
    last.put("r", text("news.example"));
    last.put("s", text("letter"));
    last.put("l", text("DE"));
    last.put("b", text("Firefox"));
    last.put("o", text("Linux"));
    last.put("d", text("L"));
    last.put("v", bytes("01234567"));
    Map<String, AttributeValue> image = new HashMap<>();
    image.put("id", text("example.com/a"));
    image.put("views", number(Integer.toString(views)));
    image.put("born", number("1764000000123"));
    image.put("a", bytes(Integer.toString(views)));
    image.put("last", new AttributeValue().withM(last));
    return image;
  }

  private static Map<String, AttributeValue> mutated(
      Map<String, AttributeValue> valid, Mutations mutations) {
    Map<String, AttributeValue> image = new HashMap<>(valid);
    for (int changes = mutations.number(4); changes > 0 && !image.isEmpty(); changes--) {
      List<String> names = image.keySet().stream().sorted().toList();
      String name = names.get(mutations.number(names.size()));
      AttributeValue value = image.get(name);
      if (value.getM() != null && !mutations.onceIn(4)) {
        image.put(name, new AttributeValue().withM(mutated(value.getM(), mutations)));
      } else if (mutations.onceIn(4)) {
        image.remove(name);
      } else {
        image.put(name, value.getN() == null ? anything(mutations) : number(digits(mutations)));
      }
    }
    return image;
  }

  private static String digits(Mutations mutations) {
    return mutations.any(
        "0", "-1", "1.0", "1E1", "12.5", "9".repeat(38), "1E125", "", mutations.text());
  }

  private static AttributeValue anything(Mutations mutations) {
    return switch (mutations.number(7)) {
      case 0 -> text(mutations.text());
      case 1 -> number(digits(mutations));
      case 2 -> bytes(mutations.text());
      case 3 -> new AttributeValue().withBOOL(false);
      case 4 -> new AttributeValue().withNULL(true);
      case 5 -> new AttributeValue().withL(List.of(text(mutations.text()), new AttributeValue()));
      default -> new AttributeValue().withM(Map.of(mutations.text(), number("1")));
    };
  }

  private static AttributeValue text(String text) {
    return new AttributeValue().withS(text);
  }

  private static AttributeValue number(String number) {
    return new AttributeValue().withN(number);
  }

  private static AttributeValue bytes(String text) {
    return new AttributeValue().withB(ByteBuffer.wrap(text.getBytes(UTF_8)));
  }
}
