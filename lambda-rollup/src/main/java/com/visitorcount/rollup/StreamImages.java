package com.visitorcount.rollup;

import com.amazonaws.services.lambda.runtime.events.models.dynamodb.AttributeValue;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;

/** Converts items of a stream event to the SDK's types. */
final class StreamImages {
  private StreamImages() {}

  /**
   * @param image null if the record has none
   */
  static Map<String, software.amazon.awssdk.services.dynamodb.model.AttributeValue> item(
      @Nullable Map<String, AttributeValue> image) {
    Map<String, software.amazon.awssdk.services.dynamodb.model.AttributeValue> item =
        new HashMap<>();
    if (image != null) {
      image.forEach((name, value) -> item.put(name, value(value)));
    }
    return item;
  }

  private static software.amazon.awssdk.services.dynamodb.model.AttributeValue value(
      AttributeValue value) {
    var builder = software.amazon.awssdk.services.dynamodb.model.AttributeValue.builder();
    if (value.getM() != null) {
      return builder.m(item(value.getM())).build();
    }
    if (value.getL() != null) {
      return builder.l(value.getL().stream().map(StreamImages::value).toList()).build();
    }
    if (value.getBS() != null) {
      return builder.bs(value.getBS().stream().map(StreamImages::bytes).toList()).build();
    }
    return builder
        .s(value.getS())
        .n(value.getN())
        .b(value.getB() == null ? null : bytes(value.getB()))
        .bool(value.getBOOL())
        .nul(value.getNULL())
        .ss(value.getSS() == null ? null : List.copyOf(value.getSS()))
        .ns(value.getNS() == null ? null : List.copyOf(value.getNS()))
        .build();
  }

  private static SdkBytes bytes(ByteBuffer buffer) {
    return SdkBytes.fromByteBuffer(buffer.asReadOnlyBuffer());
  }
}
