package com.visitorcount.counter;

import static java.util.Objects.requireNonNull;

import com.visitorcount.page.PageId;
import com.visitorcount.visitor.Salts;
import java.util.function.Consumer;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/**
 * The table {@code VisitorCount}, and the one client through which all that is in it is reached.
 */
public final class CounterTable {
  private final DynamoDbClient client;
  private final String name;

  /**
   * @param client see {@link DynamoDbClients}
   */
  public CounterTable(DynamoDbClient client, String name) {
    this.client = requireNonNull(client, "client");
    this.name = requireNonNull(name, "name");
  }

  /** The table by a client of its own, for the life of the process. */
  public static CounterTable open(String name) {
    return new CounterTable(DynamoDbClients.builder().build(), name);
  }

  /**
   * Reads one item, whatever it holds, and counts nothing: the first call to DynamoDB takes far
   * longer than those after it, and a function has more time for it before its first request. That
   * it fails is for that request to find out.
   */
  public void warmUp() {
    try {
      counters().read(PageId.DEFAULT_PAGE);
    } catch (CountersUnavailableException e) {
      // the first request meets it again, and reports it
    }
  }

  /** The counters of the pages. */
  public Counters counters() {
    return new DynamoDbCounters(client, name);
  }

  /**
   * The salts of the days.
   *
   * @param random fills an array with bytes that nobody can guess
   */
  public Salts salts(Consumer<byte[]> random) {
    return new DynamoDbSalts(client, name, random);
  }
}
