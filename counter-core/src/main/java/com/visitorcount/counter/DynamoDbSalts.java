package com.visitorcount.counter;

import static java.util.Objects.requireNonNull;

import com.visitorcount.visitor.Salts;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ReturnValue;
import software.amazon.awssdk.services.dynamodb.model.UpdateItemRequest;

/**
 * Salts as items of the counters' table. Reading and creating one is the same write, so all writers
 * get the same salt, even if they all start at midnight; each asks once a day.
 */
final class DynamoDbSalts implements Salts {
  private static final String SALT = "salt";

  /** Seconds since the epoch after which DynamoDB may delete the item. */
  private static final String EXPIRES = "exp";

  private static final int SALT_BYTES = 32;
  private static final int DAYS_KEPT = 2;

  private record SaltOfDay(LocalDate day, SdkBytes salt) {}

  private final DynamoDbClient client;
  private final String table;
  private final Consumer<byte[]> random;
  private final AtomicReference<@Nullable SaltOfDay> latest = new AtomicReference<>();

  /**
   * @param random fills an array with cryptographically strong random bytes
   */
  DynamoDbSalts(DynamoDbClient client, String table, Consumer<byte[]> random) {
    this.client = requireNonNull(client, "client");
    this.table = requireNonNull(table, "table");
    this.random = requireNonNull(random, "random");
  }

  @Override
  public byte[] of(LocalDate utcDay) {
    SaltOfDay known = latest.get();
    if (known == null || !known.day.equals(utcDay)) {
      known = new SaltOfDay(utcDay, getOrCreate(utcDay));
      latest.set(known);
    }
    return known.salt.asByteArray();
  }

  private SdkBytes getOrCreate(LocalDate utcDay) {
    byte[] salt = new byte[SALT_BYTES];
    random.accept(salt);
    long expires = utcDay.plusDays(DAYS_KEPT).atStartOfDay(ZoneOffset.UTC).toEpochSecond();
    UpdateItemRequest request =
        UpdateItemRequest.builder()
            .tableName(table)
            .key(ItemKeys.ofSalt(utcDay))
            .updateExpression(
                "SET #salt = if_not_exists(#salt, :salt), #exp = if_not_exists(#exp, :exp)")
            .expressionAttributeNames(Map.of("#salt", SALT, "#exp", EXPIRES))
            .expressionAttributeValues(
                Map.of(
                    ":salt",
                    AttributeValue.fromB(SdkBytes.fromByteArray(salt)),
                    ":exp",
                    AttributeValue.fromN(Long.toString(expires))))
            .returnValues(ReturnValue.ALL_NEW)
            .build();
    return DynamoDbClients.orUnavailable(() -> stored(client.updateItem(request).attributes()));
  }

  /** Checks the salt, since it is used for a whole day. */
  private static SdkBytes stored(Map<String, AttributeValue> item) {
    AttributeValue salt = item.get(SALT);
    if (salt == null || salt.b() == null || salt.b().asByteArrayUnsafe().length != SALT_BYTES) {
      throw new StoreUnavailableException("DynamoDB returned an invalid salt");
    }
    return salt.b();
  }
}
