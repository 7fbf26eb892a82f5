package com.visitorcount.cli;

import static java.util.Objects.requireNonNull;

import com.visitorcount.counter.CounterTable;
import com.visitorcount.history.HistoryTable;
import com.visitorcount.page.PageRules;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * The tables of a stack.
 *
 * @param counterTable name of the counter table
 * @param historyTable name of the history table
 * @param rules the stack's settings for page ids
 */
record Tables(
    DynamoDbClient client,
    String counterTable,
    CounterTable counters,
    String historyTable,
    HistoryTable history,
    PageRules rules)
    implements AutoCloseable {
  Tables {
    requireNonNull(client, "client");
    requireNonNull(counterTable, "counterTable");
    requireNonNull(counters, "counters");
    requireNonNull(historyTable, "historyTable");
    requireNonNull(history, "history");
    requireNonNull(rules, "rules");
  }

  static Tables of(DynamoDbClient client, String counters, String history, PageRules rules) {
    return new Tables(
        client,
        counters,
        new CounterTable(client, counters),
        history,
        new HistoryTable(client, history),
        rules);
  }

  @Override
  public void close() {
    client.close();
  }
}
