package com.visitorcount.counter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import com.visitorcount.page.PageId;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClientBuilder;

final class CounterTableTest {
  private static final String TABLE = "VisitorCount";

  private final List<String> calls = new CopyOnWriteArrayList<>();
  private final List<InetSocketAddress> clients = new CopyOnWriteArrayList<>();
  private HttpServer store;

  @BeforeEach
  void start() throws IOException {
    store = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    store.createContext(
        "/",
        exchange -> {
          try (exchange) {
            exchange.getRequestBody().readAllBytes();
            calls.add(exchange.getRequestHeaders().getFirst("X-amz-target"));
            clients.add(exchange.getRemoteAddress());
            exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.0");
            exchange.sendResponseHeaders(200, 2);
            exchange.getResponseBody().write(new byte[] {'{', '}'});
          }
        });
    store.start();
  }

  @AfterEach
  void stop() {
    store.stop(0);
  }

  @Test
  void readOnce_readsAndCountsNothing() {
    CounterTable.readOnce(client(), TABLE);

    assertThat(calls).containsExactly("DynamoDB_20120810.GetItem");
  }

  @Test
  void readOnce_leavesNoConnectionToTheNextClient() {
    try (DynamoDbClient serving = client().build()) {
      CounterTable.readOnce(client(), TABLE);
      new CounterTable(serving, TABLE).counters(System::nanoTime).read(PageId.DEFAULT_PAGE);
    }

    assertThat(clients).hasSize(2).doesNotHaveDuplicates();
  }

  /**
   * The twin: a client that has read keeps its connection, which no longer works after a restore.
   */
  @Test
  void read_byTheClientThatServes_keepsTheConnection() {
    try (DynamoDbClient serving = client().build()) {
      Counters counters = new CounterTable(serving, TABLE).counters(System::nanoTime);
      counters.read(PageId.DEFAULT_PAGE);
      counters.read(PageId.DEFAULT_PAGE);
    }

    assertThat(clients).hasSize(2);
    assertThat(clients.get(1)).isEqualTo(clients.get(0));
  }

  @Test
  void readOnce_storeIsDown_isUnavailable() {
    store.stop(0);

    assertThatThrownBy(() -> CounterTable.readOnce(client(), TABLE))
        .isInstanceOf(StoreUnavailableException.class);
  }

  private DynamoDbClientBuilder client() {
    return DynamoDbClients.builder()
        .endpointOverride(URI.create("http://127.0.0.1:" + store.getAddress().getPort()));
  }
}
