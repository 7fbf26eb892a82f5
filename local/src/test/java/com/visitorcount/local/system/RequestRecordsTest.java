package com.visitorcount.local.system;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.visitorcount.local.LocalStack;
import com.visitorcount.local.TestStack;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** {@code RequestRecords=problems}, over HTTP, through the real functions, stream and tables. */
@Isolated("it takes the place of System.out")
final class RequestRecordsTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http = HttpClient.newHttpClient();

  @Test
  void problems_plainViewsAndReads_leaveNoRecordAndTheRollupHasTheSums() throws Exception {
    PrintStream stdout = System.out;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    try (LocalStack stack =
        TestStack.start(Map.of("RequestRecords", "problems", "HistoryDelaySeconds", "1"))) {
      // the first request of a sandbox writes a record
      assertThat(view(stack, "warm-up", "v0")).isEqualTo(200);
      assertThat(TestStack.counted(stack, "warm-up")).isEqualTo("1");
      stack.runner().settle();
      System.setOut(new PrintStream(printed, true, UTF_8));

      for (int i = 1; i <= 12; i++) {
        assertThat(view(stack, "page-" + i % 5, "v" + i)).isEqualTo(200);
        TestStack.counted(stack, "page-" + i % 5);
      }
      assertThat(records(printed)).allMatch(record -> record.has("ViewsRolledUp"));
      assertThat(view(stack, "page-1", "v1")).isEqualTo(200);
      assertThat(view(stack, "", "v13")).isEqualTo(400);
      stack.runner().settle();
    } finally {
      System.setOut(stdout);
    }

    List<JsonNode> records = records(printed);
    assertThat(sum(records, "Views")).isEqualTo(12);
    assertThat(sum(records, "NewPages")).isEqualTo(5);
    assertThat(sum(records, "Reads")).isZero();
    List<JsonNode> requests =
        records.stream().filter(record -> !record.has("ViewsRolledUp")).toList();
    assertThat(requests).hasSize(2).noneMatch(record -> record.has("Views"));
    assertThat(sum(requests, "DuplicateViews")).isOne();
    assertThat(sum(requests, "RejectedRequests")).isOne();
  }

  private static int sum(List<JsonNode> records, String metric) {
    return records.stream().mapToInt(record -> record.path(metric).asInt()).sum();
  }

  private static List<JsonNode> records(ByteArrayOutputStream printed) throws IOException {
    List<JsonNode> records = new ArrayList<>();
    for (String line : printed.toString(UTF_8).lines().toList()) {
      if (line.contains("\"_aws\"")) {
        records.add(JSON.readTree(line));
      }
    }
    return records;
  }

  private int view(LocalStack stack, String page, String id) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(stack.increment())
            .header("content-type", "text/plain")
            .POST(BodyPublishers.ofString("{\"page\":\"" + page + "\",\"id\":\"" + id + "\"}"))
            .build();
    return http.send(request, BodyHandlers.discarding()).statusCode();
  }
}
