package com.visitorcount.sam.schedule;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.visitorcount.sam.template.Arn;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/** The event with which EventBridge invokes a function on schedule. */
public final class ScheduledEvent {
  private static final ObjectMapper JSON = new ObjectMapper();

  private ScheduledEvent() {}

  /** The event as JSON. */
  public static byte[] json(String ruleArn, Instant time) {
    ObjectNode event = JSON.createObjectNode();
    event.put("version", "0");
    event.put("id", UUID.randomUUID().toString());
    event.put("detail-type", "Scheduled Event");
    event.put("source", "aws.events");
    event.put("account", Arn.ACCOUNT_ID);
    event.put("time", time.truncatedTo(ChronoUnit.SECONDS).toString());
    event.put("region", Arn.REGION);
    event.putArray("resources").add(ruleArn);
    event.putObject("detail");
    return event.toString().getBytes(StandardCharsets.UTF_8);
  }
}
