package com.visitorcount.sam.template;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.Node;

/**
 * A resource of the template, with properties not yet evaluated.
 *
 * @param id its logical id
 */
record Resource(String id, String type, Mapping properties) {
  static final String BUCKET = "AWS::S3::Bucket";
  static final String FUNCTION = "AWS::Serverless::Function";
  static final String ROLE = "AWS::IAM::Role";
  static final String TABLE = "AWS::DynamoDB::Table";
  static final String TOPIC = "AWS::SNS::Topic";

  private static final Map<String, String> NAME_PROPERTIES =
      Map.of(BUCKET, "BucketName", FUNCTION, "FunctionName", ROLE, "RoleName", TABLE, "TableName");

  /** The property with its name in the account; null: it is named by its logical id. */
  @Nullable Node nameProperty() {
    @Nullable String property = NAME_PROPERTIES.get(type);
    return property == null ? null : properties.node(property);
  }

  /** Whether it is a table with a stream. */
  boolean hasStream() {
    return type.equals(TABLE) && properties.node("StreamSpecification") != null;
  }

  /** Its ARN; a made-up one for types of resources that no function calls locally. */
  String arn(String name) {
    return switch (type) {
      case BUCKET -> Arn.ofBucket(name);
      case FUNCTION -> Arn.ofFunction(name);
      case ROLE -> Arn.ofRole(name);
      case TABLE -> Arn.ofTable(name);
      default -> Arn.of(type.split("::", -1)[1].toLowerCase(Locale.ROOT), Arn.REGION, name);
    };
  }
}
