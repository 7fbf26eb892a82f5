package com.visitorcount.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/** Asks the read function for each page whether history adds up. */
final class Verification {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String NO_PAGE = "#";

  private final HttpClient http = HttpClient.newHttpClient();
  private final URI dynamoDb;
  private final String counterTable;
  private final URI read;

  /**
   * @param dynamoDb where the counters' table is
   * @param read the read function's URL
   */
  Verification(URI dynamoDb, String counterTable, URI read) {
    this.dynamoDb = dynamoDb;
    this.counterTable = counterTable;
    this.read = read;
  }

  /**
   * One line for each page and one for all: the difference is between the counter and the sum of
   * rows, lost views and views before history.
   */
  String report() {
    List<String> lines = new ArrayList<>();
    BigInteger all = BigInteger.ZERO;
    for (String page : pages()) {
      JsonNode account = account(page);
      BigInteger difference =
          account
              .path("rows")
              .bigIntegerValue()
              .add(account.path("lost").bigIntegerValue())
              .add(account.path("before_history").bigIntegerValue())
              .subtract(account.path("counter").bigIntegerValue());
      all = all.add(difference.abs());
      lines.add(
          "difference=%s counter=%s rows=%s lost=%s pending=%s before=%s page=%s"
              .formatted(
                  difference,
                  account.path("counter"),
                  account.path("rows"),
                  account.path("lost"),
                  account.path("pending"),
                  account.path("before_history"),
                  page));
    }
    lines.add("VERIFIED pages=%d difference=%s%n".formatted(lines.size(), all));
    return String.join(System.lineSeparator(), lines);
  }

  private List<String> pages() {
    try (DynamoDbClient client = DynamoDbClient.builder().endpointOverride(dynamoDb).build()) {
      return client
          .scanPaginator(
              scan ->
                  scan.tableName(counterTable)
                      .projectionExpression("#id")
                      .expressionAttributeNames(Map.of("#id", "id")))
          .items()
          .stream()
          .map(item -> requireNonNull(item.get("id"), "id").s())
          .filter(page -> !page.startsWith(NO_PAGE))
          .sorted()
          .toList();
    }
  }

  private JsonNode account(String page) {
    URI address = read.resolve("/api/v1/verify?page=" + URLEncoder.encode(page, UTF_8));
    try {
      HttpResponse<String> answer =
          http.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString());
      if (answer.statusCode() != 200) {
        throw new IllegalStateException("The read function answers " + answer.body());
      }
      return JSON.readTree(answer.body());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted", e);
    } catch (IOException e) {
      throw new IllegalStateException("The read function does not answer", e);
    }
  }
}
