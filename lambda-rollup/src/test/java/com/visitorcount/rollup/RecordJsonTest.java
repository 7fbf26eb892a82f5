package com.visitorcount.rollup;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.DynamodbEvent.DynamodbStreamRecord;
import com.amazonaws.services.lambda.runtime.events.models.dynamodb.AttributeValue;
import com.amazonaws.services.lambda.runtime.events.models.dynamodb.Identity;
import com.amazonaws.services.lambda.runtime.events.models.dynamodb.StreamRecord;
import com.amazonaws.services.lambda.runtime.events.models.dynamodb.StreamViewType;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class RecordJsonTest {
  @Test
  void of_wholeRecord_isThatOfAnEvent() {
    Map<String, AttributeValue> image = new LinkedHashMap<>();
    image.put("text", new AttributeValue().withS("\u00fc \"\ud83d\ude00\u0000"));
    image.put("number", new AttributeValue().withN("1E+2"));
    image.put("bytes", bytes(1, 2, 255));
    image.put("yes", new AttributeValue().withBOOL(true));
    image.put("null", new AttributeValue().withNULL(true));
    image.put("texts", new AttributeValue().withSS(List.of("b", "a")));
    image.put("numbers", new AttributeValue().withNS(List.of("2")));
    image.put("sets", new AttributeValue().withBS(List.of(ByteBuffer.wrap(new byte[1]))));
    image.put("list", new AttributeValue().withL(List.of(new AttributeValue(), bytes(0))));
    image.put("map", new AttributeValue().withM(Map.of("a", new AttributeValue().withS(""))));
    DynamodbStreamRecord record = new DynamodbStreamRecord();
    record.setEventSourceARN("arn:aws:dynamodb:x");
    record.setEventID("e1");
    record.setEventName("MODIFY");
    record.setEventVersion("1.1");
    record.setEventSource("aws:dynamodb");
    record.setAwsRegion("us-east-1");
    record.setUserIdentity(new Identity().withType("Service").withPrincipalId("p"));
    record.setDynamodb(
        new StreamRecord()
            .withApproximateCreationDateTime(Date.from(Instant.parse("2026-11-25T10:15:30.120Z")))
            .withKeys(Map.of("id", new AttributeValue().withS("a.example/")))
            .withNewImage(image)
            .withOldImage(Map.of())
            .withSequenceNumber("111")
            .withSizeBytes(26L)
            .withStreamViewType(StreamViewType.NEW_AND_OLD_IMAGES));

    String expected =
        """
        {"eventID":"e1","eventName":"MODIFY","eventVersion":"1.1","eventSource":"aws:dynamodb",\
        "awsRegion":"us-east-1","dynamodb":{"ApproximateCreationDateTime":1795601730.120,\
        "Keys":{"id":{"S":"a.example/"}},"NewImage":{"bytes":{"B":"AQL/"},"list":{"L":[{},\
        {"B":"AA=="}]},"map":{"M":{"a":{"S":""}}},"null":{"NULL":true},"number":{"N":"1E+2"},\
        "numbers":{"NS":["2"]},"sets":{"BS":["AA=="]},\
        "text":{"S":"\\u00FC \\"\\uD83D\\uDE00\\u0000"},"texts":{"SS":["b","a"]},\
        "yes":{"BOOL":true}},"OldImage":{},"SequenceNumber":"111","SizeBytes":26,\
        "StreamViewType":"NEW_AND_OLD_IMAGES"},"userIdentity":{"type":"Service",\
        "principalId":"p"},"eventSourceARN":"arn:aws:dynamodb:x"}""";
    assertThat(RecordJson.of(record)).isEqualTo(expected);
    assertThat(RecordJson.of(record)).as("buffers are not used up").isEqualTo(expected);
  }

  @Test
  void of_emptyRecord_isEmpty() {
    assertThat(RecordJson.of(new DynamodbStreamRecord())).isEqualTo("{}");
  }

  private static AttributeValue bytes(int... values) {
    ByteBuffer buffer = ByteBuffer.allocate(values.length);
    for (int value : values) {
      buffer.put((byte) value);
    }
    return new AttributeValue().withB(buffer.flip());
  }
}
