package com.visitorcount.sam.template;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class StatementTest {
  @ParameterizedTest
  @CsvSource({
    "dynamodb:GetItem, dynamodb:GetItem, true",
    "DynamoDB:getitem, dynamodb:GetItem, true",
    "dynamodb:*,       dynamodb:GetItem, true",
    "*,                dynamodb:GetItem, true",
    "dynamodb:Get?tem, dynamodb:GetItem, true",
    "dynamodb:Get,     dynamodb:GetItem, false",
    "dynamodb.GetItem, dynamodb:GetItem, false",
    "dynamodb:?,       dynamodb:GetItem, false",
    "s3:*,             dynamodb:GetItem, false"
  })
  void allows_ofAnAction_knowsIamsWildcards(String pattern, String action, boolean allowed) {
    Statement statement = new Statement(Set.of(pattern), Set.of("*"));

    assertThat(statement.allows(action, "r", "k")).isEqualTo(allowed);
  }

  @ParameterizedTest
  @CsvSource({
    "arn:aws:dynamodb:*:*:table/A, true",
    "arn:aws:dynamodb:us-east-1:123456789012:table/*, true",
    "arn:aws:dynamodb:us-east-1:123456789012:table/a, false",
    "arn:aws:dynamodb:us-east-1:123456789012:table/, false"
  })
  void allows_ofAResource_isTrueToItsCase(String pattern, boolean allowed) {
    Statement statement = new Statement(Set.of("a"), Set.of(pattern));

    assertThat(statement.allows("a", Arn.ofTable("A"), "")).isEqualTo(allowed);
  }

  @ParameterizedTest
  @CsvSource({"#shares, true", "#sites, false", "'', false"})
  void allows_ofSomeItems_isTrueForTheirPartitionOnly(String key, boolean allowed) {
    Statement statement = new Statement(Set.of("a"), Set.of("r"), Set.of("#shares"));

    assertThat(statement.allows("a", "r", key)).isEqualTo(allowed);
    assertThat(new Statement(Set.of("a"), Set.of("r")).allows("a", "r", key)).isTrue();
  }
}
