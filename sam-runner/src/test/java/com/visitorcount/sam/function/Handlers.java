package com.visitorcount.sam.function;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.amazonaws.services.lambda.runtime.events.DynamodbEvent;
import com.amazonaws.services.lambda.runtime.events.DynamodbEvent.DynamodbStreamRecord;
import com.amazonaws.services.lambda.runtime.events.ScheduledEvent;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse;
import com.amazonaws.services.lambda.runtime.events.StreamsEventResponse.BatchItemFailure;
import com.amazonaws.services.lambda.runtime.events.models.dynamodb.StreamRecord;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.visitorcount.sam.template.FunctionResource;
import com.visitorcount.sam.template.Role;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Handlers for tests, loaded by name like those of the template. */
public final class Handlers {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Handlers() {}

  /** A function with this handler, and these variables. */
  public static LambdaFunction load(Class<?> handler, Map<String, String> environment) {
    return load(handler, environment, OptionalInt.empty());
  }

  public static LambdaFunction load(
      Class<?> handler, Map<String, String> environment, OptionalInt reservedConcurrency) {
    return load(handler, environment, reservedConcurrency, Clock.systemUTC());
  }

  /** A function with this handler and another clock. */
  public static LambdaFunction load(Class<?> handler, Clock clock) {
    return load(handler, Map.of(), OptionalInt.empty(), clock);
  }

  private static LambdaFunction load(
      Class<?> handler,
      Map<String, String> environment,
      OptionalInt reservedConcurrency,
      Clock clock) {
    return LambdaFunction.load(
        new FunctionResource(
            "TestFunction",
            "",
            handler.getName() + "::handleRequest",
            environment,
            Duration.ofSeconds(10),
            512,
            reservedConcurrency,
            new Role("TestRole", List.of()),
            null,
            List.of(),
            List.of()),
        clock);
  }

  /** Answers with the event, unchanged. */
  public static final class Echo
      implements RequestHandler<Map<String, Object>, APIGatewayV2HTTPResponse> {
    public Echo(Map<String, String> environment, Clock clock) {}

    @Override
    public APIGatewayV2HTTPResponse handleRequest(Map<String, Object> event, Context context) {
      return APIGatewayV2HTTPResponse.builder().withStatusCode(200).withBody(json(event)).build();
    }
  }

  /** Answers with the bytes of the event; its other method has fewer parameters. */
  public static final class Bytes implements RequestStreamHandler {
    public Bytes(Map<String, String> environment, Clock clock) {}

    @Override
    public void handleRequest(InputStream event, OutputStream answer, Context context)
        throws IOException {
      event.transferTo(answer);
    }

    public Object handleRequest(Object event, Context context) {
      return "Lambda does not call this one";
    }
  }

  /** Answers with the JSON in its variable ANSWER. */
  public static final class Answering implements RequestHandler<Object, Object> {
    private final String answer;

    public Answering(Map<String, String> environment, Clock clock) {
      this.answer = environment.get("ANSWER");
    }

    @Override
    public Object handleRequest(Object event, Context context) {
      try {
        return JSON.readValue(answer, Object.class);
      } catch (JsonProcessingException e) {
        throw new IllegalArgumentException(e);
      }
    }
  }

  /** Answers with what it knows about itself. */
  public static final class Describing
      implements RequestHandler<APIGatewayV2HTTPEvent, Map<String, Object>> {
    private final Map<String, String> environment;

    public Describing(Map<String, String> environment, Clock clock) {
      this.environment = environment;
    }

    @Override
    public Map<String, Object> handleRequest(APIGatewayV2HTTPEvent event, Context context) {
      return Map.of(
          "environment", environment,
          "path", event.getRawPath(),
          "function", context.getFunctionName(),
          "requestId", context.getAwsRequestId(),
          "memory", context.getMemoryLimitInMB(),
          "remainingMillis", context.getRemainingTimeInMillis());
    }
  }

  /** Answers with what it reads in the records of a stream. */
  public static final class Streaming
      implements RequestHandler<DynamodbEvent, StreamsEventResponse> {
    public Streaming(Map<String, String> environment, Clock clock) {}

    /** Fails all records, naming each by its content as the event types deserialise it. */
    @Override
    public StreamsEventResponse handleRequest(DynamodbEvent event, Context context) {
      return new StreamsEventResponse(
          event.getRecords().stream().map(Streaming::named).map(BatchItemFailure::new).toList());
    }

    private static String named(DynamodbStreamRecord record) {
      StreamRecord change = record.getDynamodb();
      return String.join(
          " ",
          record.getEventName(),
          change.getSequenceNumber(),
          change.getApproximateCreationDateTime().toInstant().toString(),
          change.getKeys().get("id").getS(),
          change.getNewImage().get("n").getN(),
          String.valueOf(change.getNewImage().get("b").getB().remaining()),
          record.getUserIdentity() == null ? "-" : record.getUserIdentity().getPrincipalId());
    }
  }

  /** Answers with a schedule's event as deserialised, with its clock's time as the id. */
  public static final class Scheduled implements RequestHandler<ScheduledEvent, ScheduledEvent> {
    private final Clock clock;

    public Scheduled(Map<String, String> environment, Clock clock) {
      this.clock = clock;
    }

    @Override
    public ScheduledEvent handleRequest(ScheduledEvent event, Context context) {
      event.setId(clock.instant().toString());
      return event;
    }
  }

  public static final class Throwing implements RequestHandler<Object, Object> {
    public Throwing(Map<String, String> environment, Clock clock) {}

    @Override
    public Object handleRequest(Object event, Context context) {
      throw new IllegalStateException("thrown on purpose");
    }
  }

  /** Waits within a request until it is released. */
  public static final class Waiting implements RequestHandler<Object, Object> {
    public static final CountDownLatch ENTERED = new CountDownLatch(1);
    public static final CountDownLatch RELEASED = new CountDownLatch(1);

    public Waiting(Map<String, String> environment, Clock clock) {}

    @Override
    public Object handleRequest(Object event, Context context) {
      ENTERED.countDown();
      try {
        return RELEASED.await(20, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /** Cannot be constructed. */
  public static final class Refusing implements RequestHandler<Object, Object> {
    public Refusing(Map<String, String> environment, Clock clock) {
      throw new IllegalStateException("TABLE_NAME is missing");
    }

    @Override
    public Object handleRequest(Object event, Context context) {
      return event;
    }
  }

  private static String json(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
