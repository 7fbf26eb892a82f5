package com.visitorcount.sam.template;

/** The ARNs of resources in the account that a local run simulates. */
public final class Arn {
  static final String PARTITION = "aws";
  public static final String REGION = "us-east-1";
  public static final String ACCOUNT_ID = "123456789012";

  private Arn() {}

  /** The ARN of a DynamoDB table. */
  public static String ofTable(String name) {
    return of("dynamodb", REGION, "table/" + name);
  }

  /** The ARN of a DynamoDB table's stream. */
  public static String ofStream(String tableName) {
    return ofTable(tableName) + "/stream/2026-01-01T00:00:00.000";
  }

  /** The ARN of an S3 bucket. */
  public static String ofBucket(String name) {
    return String.join(":", "arn", PARTITION, "s3", "", "", name);
  }

  /** The ARN of a function. */
  public static String ofFunction(String name) {
    return of("lambda", REGION, "function:" + name);
  }

  /** The ARN that a function has while it acts in its role. */
  public static String ofAssumedRole(String roleName, String functionName) {
    return of("sts", "", "assumed-role/" + roleName + "/" + functionName);
  }

  static String ofRule(String name) {
    return of("events", REGION, "rule/" + name);
  }

  static String ofRole(String name) {
    return of("iam", "", "role/" + name);
  }

  static String of(String service, String region, String resource) {
    return String.join(":", "arn", PARTITION, service, region, ACCOUNT_ID, resource);
  }
}
