package com.visitorcount.rollup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyInt;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;

import com.amazonaws.services.lambda.runtime.events.DynamodbEvent.DynamodbStreamRecord;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse;
import com.amazonaws.services.lambda.runtime.events.models.dynamodb.AttributeValue;
import com.amazonaws.services.lambda.runtime.events.models.dynamodb.StreamRecord;
import com.visitorcount.history.HistoryTable;
import com.visitorcount.history.InMemoryHistory;
import com.visitorcount.history.row.Row;
import com.visitorcount.http.Metric;
import com.visitorcount.http.RequestRecord;
import com.visitorcount.http.RequestRecords;
import com.visitorcount.page.PageId;
import com.visitorcount.view.Campaign;
import com.visitorcount.view.Facts;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mockito.ArgumentCaptor;

final class RollupTest {
  private static final Instant NOW = Instant.parse("2026-11-25T10:15:30Z");
  private static final LocalDate TODAY = LocalDate.parse("2026-11-25");
  private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
  private static final String BORN = "1764000000123";
  private static final String VISITOR = "00c0ffee00c0ffee";

  private final HistoryTable history = InMemoryHistory.table();
  private final RequestRecord record = mock();

  @Test
  void store_view_isARowWithItsFacts() {
    assertThat(failed(store(history, view("1", "example.com/a", 42)))).isEmpty();

    assertThat(rows(history, "example.com"))
        .containsExactly(
            new Row(
                PageId.of("example.com/a"),
                Long.parseLong(BORN),
                42,
                NOW.getEpochSecond() - 20,
                new Facts(
                    true,
                    "news.example",
                    new Campaign("letter", "", "", "", ""),
                    "DE",
                    "Firefox",
                    "Linux",
                    "Laptop"),
                VISITOR));
    verify(record).count(Metric.VIEWS_ROLLED_UP, 1);
    verify(record).note("lagSeconds", "20");
    verify(record).note("records", "1");
    verify(record).note("chunks", "1");
  }

  @Test
  void store_viewsOfSeveralSites_isAChunkForEach() {
    assertThat(
            failed(
                store(
                    history,
                    view("1", "a.example/", 1),
                    view("2", "b.example/", 1),
                    view("3", "a.example/", 2),
                    view("4", "main_page", 1))))
        .isEmpty();

    assertThat(rows(history, "a.example")).hasSize(2);
    assertThat(rows(history, "b.example")).hasSize(1);
    assertThat(rows(history, PageId.DEFAULT_SITE)).hasSize(1);
    verify(record).count(Metric.VIEWS_ROLLED_UP, 4);
    verify(record).note("chunks", "3");
  }

  @Test
  void store_sameBatchAgainAndInParts_changesNothing() {
    DynamodbStreamRecord[] batch = {
      view("1", "a.example/", 1), view("2", "a.example/", 2), view("3", "a.example/", 3)
    };
    store(history, batch[0], batch[1]);
    store(history, batch);
    store(history, batch);
    store(history, batch[2], batch[1]);

    assertThat(rows(history, "a.example")).extracting(Row::sequence).containsExactly(1L, 2L, 3L);
  }

  /** An owner may set a counter to anything: no row, no failure, and the next view counts. */
  @ParameterizedTest
  @ValueSource(strings = {"0", "-3", "2.5", "1E40", "9223372036854775808"})
  void store_counterSetByHand_isNoViewAndNoFailure_caseC3(String views) {
    Map<String, AttributeValue> set = Map.of("id", text("a.example/"), "views", number(views));
    Map<String, AttributeValue> text = Map.of("id", text("a.example/"), "views", text("x"));

    StreamsEventResponse response =
        store(
            history,
            record("1", image("a.example/", 7), set),
            record("2", set, text),
            record("3", text, image("a.example/", 0)),
            record("4", image("a.example/", 0), image("a.example/", 1)));

    assertThat(failed(response)).isEmpty();
    assertThat(rows(history, "a.example")).extracting(Row::sequence).containsExactly(1L);
    verify(record, never()).count(Metric.FAULTS);
  }

  @Test
  void store_recordsThatCannotBeRead_areSetAsideAndTheOthersAreStored_caseB6() {
    List<DynamodbStreamRecord> batch = new ArrayList<>();
    for (int i = 1; i <= 10; i++) {
      batch.add(view("" + i, "a.example/", i));
    }
    batch.set(3, poison("4"));
    batch.set(6, poison("7"));

    StreamsEventResponse response = store(history, batch.toArray(DynamodbStreamRecord[]::new));

    assertThat(failed(response)).as("no retry would make them readable").isEmpty();
    assertThat(rows(history, "a.example"))
        .extracting(Row::sequence)
        .containsExactly(1L, 2L, 3L, 5L, 6L, 8L, 9L, 10L);
    assertThat(InMemoryHistory.setAside(history))
        .containsExactlyInAnyOrder(RecordJson.of(poison("4")), RecordJson.of(poison("7")));
    assertThat(history.compaction().run(NOW, () -> false).somethingSetAside()).isTrue();
    verify(record).count(Metric.VIEWS_ROLLED_UP, 8);
    verify(record).count(Metric.FAULTS);
    verify(record).note("setAside", "2");
    verify(record, never()).note(eq("failedRecords"), any());
  }

  /** For example one that was sent again by hand, incompletely. */
  @Test
  void store_recordWithoutAnything_isSetAside() {
    assertThat(
            failed(
                store(
                    history,
                    new DynamodbStreamRecord(),
                    view("2", "a.example/", 1),
                    new DynamodbStreamRecord())))
        .isEmpty();

    assertThat(InMemoryHistory.setAside(history)).containsExactly("{}");
    assertThat(rows(history, "a.example")).hasSize(1);
  }

  /** The writes are: the site's listing, its chunk, the record, and the note about it. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6})
  void store_tableRefusesAWrite_losesNoRecordThatCannotBeRead(int call) {
    HistoryTable refusing = InMemoryHistory.refusing(call);
    DynamodbStreamRecord[] batch = {poison("1"), view("2", "a.example/", 2), poison("3")};

    List<String> failed = failed(store(refusing, batch));

    assertThat(failed)
        .isEqualTo(
            switch (call) {
              case 1, 2, 3 -> List.of("2");
              case 5 -> List.of("3");
              default -> List.of("1");
            });
    verify(record).count(Metric.FAULTS);

    assertThat(failed(store(refusing, batch))).isEmpty();
    assertThat(rows(refusing, "a.example")).hasSize(1);
    assertThat(InMemoryHistory.setAside(refusing)).hasSize(2);
    assertThat(refusing.compaction().run(NOW, () -> false).somethingSetAside()).isTrue();
  }

  @Test
  void store_recordsOfTheSameNumber_areAllStored() {
    store(history, view("1", "a.example/", 1), view("1", "a.example/", 2));

    assertThat(rows(history, "a.example")).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4})
  void store_tableRefusesAWrite_namesTheFirstRecordThatIsNotStored(int call) {
    HistoryTable refusing = InMemoryHistory.refusing(call);

    StreamsEventResponse response =
        store(
            refusing,
            view("1", "a.example/", 1),
            view("2", "b.example/", 1),
            view("3", "a.example/", 2));

    // each site is listed before its chunk is written
    assertThat(failed(response)).containsExactly(call <= 2 ? "1" : "2");
    verify(record).count(Metric.FAULTS);
    assertThat(rows(refusing, call <= 2 ? "b.example" : "a.example")).isNotEmpty();
    assertThat(rows(refusing, call <= 2 ? "a.example" : "b.example")).isEmpty();
  }

  @Test
  void store_whatIsNoView_isPassedOver() {
    DynamodbStreamRecord salt =
        record(
            "1",
            null,
            Map.of(
                "id", text("#salt/2026-11-25"),
                "salt", new AttributeValue().withB(ByteBuffer.wrap(new byte[32])),
                "exp", number("1764201600")));
    DynamodbStreamRecord removed = record("2", image("a.example/", 3), null);
    DynamodbStreamRecord setByHand = record("3", image("a.example/", 3), image("a.example/", 500));

    assertThat(failed(store(history, salt, removed, setByHand))).isEmpty();

    assertThat(rows(history, "a.example")).isEmpty();
    assertThat(rows(history, PageId.DEFAULT_SITE)).isEmpty();
    verify(record).count(Metric.VIEWS_ROLLED_UP, 0);
    verify(record).note("records", "3");
    verify(record, never()).count(any());
    verify(record, never()).count(eq(Metric.VIEWS), anyInt());
  }

  @Test
  void store_viewOfAnOlderCounter_isARowWithoutFacts() {
    Map<String, AttributeValue> before = image("a.example/", 3);
    Map<String, AttributeValue> after = new HashMap<>(before);
    after.put("views", number("4"));

    store(history, record("1", before, after));

    assertThat(rows(history, "a.example"))
        .containsExactly(
            new Row(
                PageId.of("a.example/"),
                Long.parseLong(BORN),
                4,
                NOW.getEpochSecond(),
                Facts.NONE,
                ""));
  }

  @Test
  void store_emptyBatch_isNothing() {
    assertThat(failed(store(history))).isEmpty();
    verify(record).count(Metric.VIEWS_ROLLED_UP, 0);
  }

  @Test
  void store_viewsThatRequestsDidNotReport_areCountedHere() {
    store(
        history,
        RequestRecords.PROBLEMS,
        view("1", "a.example/", 1),
        view("2", "b.example/", 1),
        view("3", "a.example/", 2));

    verify(record).count(Metric.VIEWS, 3);
    verify(record).count(Metric.NEW_PAGES, 2);
  }

  /** Lambda repeats a batch from its first failed record on. */
  @Test
  void store_batchThatComesAgainInPart_countsEachViewOnce() {
    List<DynamodbStreamRecord> batch = new ArrayList<>();
    for (int i = 1; i <= 9; i++) {
      batch.add(view("" + i, i + ".example/", i));
    }
    int views = 0;
    int begun = 0;
    HistoryTable refusing = InMemoryHistory.refusing(8);
    while (begun < batch.size()) {
      RequestRecord attempt = mock();
      List<DynamodbStreamRecord> rest = batch.subList(begun, batch.size());
      StreamsEventResponse response =
          new Rollup(refusing, CLOCK, RequestRecords.PROBLEMS).store(rest, attempt);
      ArgumentCaptor<Integer> counted = ArgumentCaptor.captor();
      verify(attempt).count(eq(Metric.VIEWS), counted.capture());
      views += counted.getValue();
      begun = failed(response).stream().mapToInt(Integer::parseInt).findFirst().orElse(10) - 1;
    }

    assertThat(views).isEqualTo(9);
  }

  private StreamsEventResponse store(HistoryTable table, DynamodbStreamRecord... records) {
    return store(table, RequestRecords.ALL, records);
  }

  private StreamsEventResponse store(
      HistoryTable table, RequestRecords requestRecords, DynamodbStreamRecord... records) {
    return new Rollup(table, CLOCK, requestRecords).store(List.of(records), record);
  }

  private static List<String> failed(StreamsEventResponse response) {
    return response.getBatchItemFailures().stream()
        .map(StreamsEventResponse.BatchItemFailure::getItemIdentifier)
        .toList();
  }

  private static List<Row> rows(HistoryTable table, String site) {
    return table.history(CLOCK).openRows(site, TODAY);
  }

  private static DynamodbStreamRecord view(String number, String page, long sequence) {
    Map<String, AttributeValue> before = sequence == 1 ? null : image(page, sequence - 1);
    return record(number, before, image(page, sequence));
  }

  private static DynamodbStreamRecord poison(String number) {
    Map<String, AttributeValue> broken = new HashMap<>(image("a.example/", 4));
    broken.put("last", text("news"));
    return record(number, image("a.example/", 3), broken);
  }

  private static Map<String, AttributeValue> image(String page, long views) {
    return Map.of(
        "id",
        text(page),
        "views",
        number("" + views),
        "born",
        number(BORN),
        "a",
        new AttributeValue().withB(ByteBuffer.wrap(new byte[] {0, 0, 0, (byte) views})),
        "last",
        new AttributeValue()
            .withM(
                Map.of(
                    "t",
                    number("" + (NOW.toEpochMilli() - 20_000)),
                    "e",
                    new AttributeValue().withBOOL(true),
                    "r",
                    text("news.example"),
                    "s",
                    text("letter"),
                    "l",
                    text("DE"),
                    "b",
                    text("Firefox"),
                    "o",
                    text("Linux"),
                    "d",
                    text("L"),
                    "v",
                    new AttributeValue()
                        .withB(ByteBuffer.wrap(HexFormat.of().parseHex(VISITOR))))));
  }

  private static AttributeValue text(String text) {
    return new AttributeValue().withS(text);
  }

  private static AttributeValue number(String number) {
    return new AttributeValue().withN(number);
  }

  private static DynamodbStreamRecord record(
      String number, Map<String, AttributeValue> before, Map<String, AttributeValue> after) {
    StreamRecord streamed =
        new StreamRecord()
            .withSequenceNumber(number)
            .withApproximateCreationDateTime(Date.from(NOW))
            .withOldImage(before)
            .withNewImage(after);
    DynamodbStreamRecord record = new DynamodbStreamRecord();
    record.setEventName(before == null ? "INSERT" : after == null ? "REMOVE" : "MODIFY");
    record.setDynamodb(streamed);
    return record;
  }
}
