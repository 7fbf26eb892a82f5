package com.visitorcount.rollup;

import com.amazonaws.services.lambda.runtime.events.DynamodbEvent.DynamodbStreamRecord;
import com.amazonaws.services.lambda.runtime.events.models.dynamodb.AttributeValue;
import com.amazonaws.services.lambda.runtime.events.models.dynamodb.Identity;
import com.amazonaws.services.lambda.runtime.events.models.dynamodb.StreamRecord;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A stream record as JSON, in the form in which Lambda passes it to a function: a list of them
 * under {@code Records} is a valid event. The same record always gives the same text, in ASCII.
 */
final class RecordJson {
  private static final JsonFactory JSON =
      JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  private static final int MILLIS_DIGITS = 3;

  private RecordJson() {}

  static String of(DynamodbStreamRecord record) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      json.writeStartObject();
      text(json, "eventID", record.getEventID());
      text(json, "eventName", record.getEventName());
      text(json, "eventVersion", record.getEventVersion());
      text(json, "eventSource", record.getEventSource());
      text(json, "awsRegion", record.getAwsRegion());
      change(json, record.getDynamodb());
      identity(json, record.getUserIdentity());
      text(json, "eventSourceARN", record.getEventSourceARN());
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("a string takes everything", e);
    }
    return text.toString();
  }

  private static void change(JsonGenerator json, @Nullable StreamRecord change) throws IOException {
    if (change == null) {
      return;
    }
    json.writeObjectFieldStart("dynamodb");
    if (change.getApproximateCreationDateTime() != null) {
      long millis = change.getApproximateCreationDateTime().toInstant().toEpochMilli();
      json.writeNumberField(
          "ApproximateCreationDateTime", BigDecimal.valueOf(millis, MILLIS_DIGITS));
    }
    image(json, "Keys", change.getKeys());
    image(json, "NewImage", change.getNewImage());
    image(json, "OldImage", change.getOldImage());
    text(json, "SequenceNumber", change.getSequenceNumber());
    if (change.getSizeBytes() != null) {
      json.writeNumberField("SizeBytes", change.getSizeBytes());
    }
    text(json, "StreamViewType", change.getStreamViewType());
    json.writeEndObject();
  }

  private static void identity(JsonGenerator json, @Nullable Identity identity) throws IOException {
    if (identity != null) {
      json.writeObjectFieldStart("userIdentity");
      text(json, "type", identity.getType());
      text(json, "principalId", identity.getPrincipalId());
      json.writeEndObject();
    }
  }

  private static void text(JsonGenerator json, String name, @Nullable String value)
      throws IOException {
    if (value != null) {
      json.writeStringField(name, value);
    }
  }

  private static void image(
      JsonGenerator json, String name, @Nullable Map<String, AttributeValue> image)
      throws IOException {
    if (image != null) {
      json.writeFieldName(name);
      attributes(json, image);
    }
  }

  private static void attributes(JsonGenerator json, Map<String, AttributeValue> attributes)
      throws IOException {
    json.writeStartObject();
    for (Map.Entry<String, AttributeValue> attribute : new TreeMap<>(attributes).entrySet()) {
      json.writeFieldName(attribute.getKey());
      value(json, attribute.getValue());
    }
    json.writeEndObject();
  }

  private static void value(JsonGenerator json, @Nullable AttributeValue value) throws IOException {
    if (value == null) {
      json.writeNull();
      return;
    }
    json.writeStartObject();
    text(json, "S", value.getS());
    text(json, "N", value.getN());
    if (value.getB() != null) {
      json.writeFieldName("B");
      bytes(json, value.getB());
    }
    if (value.getBOOL() != null) {
      json.writeBooleanField("BOOL", value.getBOOL());
    }
    if (value.getNULL() != null) {
      json.writeBooleanField("NULL", value.getNULL());
    }
    texts(json, "SS", value.getSS());
    texts(json, "NS", value.getNS());
    if (value.getBS() != null) {
      json.writeArrayFieldStart("BS");
      for (ByteBuffer bytes : value.getBS()) {
        bytes(json, bytes);
      }
      json.writeEndArray();
    }
    if (value.getL() != null) {
      json.writeArrayFieldStart("L");
      for (AttributeValue entry : value.getL()) {
        value(json, entry);
      }
      json.writeEndArray();
    }
    if (value.getM() != null) {
      json.writeFieldName("M");
      attributes(json, value.getM());
    }
    json.writeEndObject();
  }

  private static void texts(JsonGenerator json, String name, @Nullable List<String> texts)
      throws IOException {
    if (texts != null) {
      json.writeArrayFieldStart(name);
      for (String text : texts) {
        json.writeString(text);
      }
      json.writeEndArray();
    }
  }

  private static void bytes(JsonGenerator json, ByteBuffer buffer) throws IOException {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    json.writeBinary(bytes);
  }
}
