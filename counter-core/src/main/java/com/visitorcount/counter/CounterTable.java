package com.visitorcount.counter;

import static java.util.Objects.requireNonNull;

import com.visitorcount.page.PageId;
import com.visitorcount.visitor.Salts;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClientBuilder;

/** The table {@code VisitorCount} and the client for all access to it. */
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

  /**
   * Reads an arbitrary item and counts nothing. Its client is closed when this returns: the process
   * has paid the one-time cost of a first call, and no connection or credentials remain.
   *
   * @throws StoreUnavailableException if the store cannot be read
   */
  public static void readOnce(String name) {
    readOnce(DynamoDbClients.builder(), name);
  }

  static void readOnce(DynamoDbClientBuilder builder, String name) {
    try (DynamoDbClient client = builder.build()) {
      new CounterTable(client, name).counters(() -> 0).read(PageId.DEFAULT_PAGE);
    }
  }

  /**
   * The counters of the pages.
   *
   * @param nanoTime as {@link System#nanoTime()}
   */
  public Counters counters(LongSupplier nanoTime) {
    return new DynamoDbCounters(client, name, nanoTime);
  }

  /**
   * The salts of the days.
   *
   * @param random fills an array with cryptographically strong random bytes
   */
  public Salts salts(Consumer<byte[]> random) {
    return new DynamoDbSalts(client, name, random);
  }

  /** Raises counters to the counts of another product. */
  public StartingCounts startingCounts() {
    return new StartingCounts(client, name);
  }

  /** The items of all pages and events. */
  public PageItems pageItems() {
    return new PageItems(client, name);
  }
}
