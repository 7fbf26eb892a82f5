package com.visitorcount.sam.template;

import com.visitorcount.sam.failure.LocalException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Reads what invokes a function besides its URL: the streams and schedules of its Events. */
final class TriggersReader {
  private static final int DEFAULT_BATCH_SIZE = 100;
  private static final int WITHOUT_LIMIT = -1;
  private static final String REPORT = "ReportBatchItemFailures";
  private static final Set<String> STARTS = Set.of("TRIM_HORIZON", "LATEST");

  private static final Set<String> OTHER_STREAM_PROPERTIES =
      Set.of(
          "Enabled",
          "KmsKeyArn",
          "MetricsConfig",
          "ProvisionedPollerConfig",
          "StartingPositionTimestamp",
          "TumblingWindowInSeconds");
  private static final Set<String> OTHER_SCHEDULE_PROPERTIES =
      Set.of("DeadLetterConfig", "Enabled", "RetryPolicy", "State");

  /** Actions that the function's role must allow so that Lambda can read a stream. */
  private static final List<String> STREAM_ACTIONS =
      List.of(
          "dynamodb:DescribeStream",
          "dynamodb:GetRecords",
          "dynamodb:GetShardIterator",
          "dynamodb:ListStreams");

  private final Evaluator evaluator;
  private final String functionId;
  private final Properties function;
  private final Role role;

  TriggersReader(Evaluator evaluator, String functionId, Properties function, Role role) {
    this.evaluator = evaluator;
    this.functionId = functionId;
    this.function = function;
    this.role = role;
  }

  /**
   * @throws LocalException for an event of any other type
   */
  List<ScheduleTrigger> schedules() {
    List<ScheduleTrigger> schedules = new ArrayList<>();
    function
        .inEach("Events")
        .forEach(
            (id, event) -> {
              switch (event.requiredText("Type")) {
                case "Schedule" -> schedules.add(schedule(id, event.in("Properties")));
                case "DynamoDB" -> {}
                default ->
                    throw function.fault(
                        "sam-runner does not understand events of type "
                            + event.requiredText("Type"));
              }
            });
    return schedules;
  }

  List<StreamTrigger> streams() {
    return function.inEach("Events").values().stream()
        .filter(event -> event.requiredText("Type").equals("DynamoDB"))
        .map(event -> stream(event.in("Properties")))
        .toList();
  }

  private ScheduleTrigger schedule(String id, Properties properties) {
    properties.refuse(OTHER_SCHEDULE_PROPERTIES);
    return new ScheduleTrigger(
        Arn.ofRule(functionId + id), properties.requiredText("Schedule"), properties.text("Input"));
  }

  private StreamTrigger stream(Properties properties) {
    properties.refuse(OTHER_STREAM_PROPERTIES);
    String streamArn = properties.requiredText("Stream");
    String table = table(streamArn);
    if (!STARTS.contains(properties.requiredText("StartingPosition"))) {
      throw function.fault(
          "StartingPosition must be one of TRIM_HORIZON and LATEST for sam-runner");
    }
    STREAM_ACTIONS.forEach(action -> requireAllowed(action, streamArn));
    Optional<String> bucket =
        properties.in("DestinationConfig").in("OnFailure").text("Destination").map(this::bucket);
    try {
      return new StreamTrigger(
          table,
          properties.wholeNumber("BatchSize").orElse(DEFAULT_BATCH_SIZE),
          Duration.ofSeconds(properties.wholeNumber("MaximumBatchingWindowInSeconds").orElse(0)),
          properties.wholeNumber("ParallelizationFactor").orElse(1),
          properties.flag("BisectBatchOnFunctionError"),
          limit(properties, "MaximumRetryAttempts"),
          age(limit(properties, "MaximumRecordAgeInSeconds")),
          reports(properties.texts("FunctionResponseTypes")),
          properties.in("FilterCriteria").all("Filters").stream()
              .map(filter -> filter.requiredText("Pattern"))
              .toList(),
          bucket);
    } catch (IllegalArgumentException e) {
      throw function.fault(String.valueOf(e.getMessage()));
    }
  }

  private static OptionalInt limit(Properties properties, String name) {
    OptionalInt limit = properties.wholeNumber(name);
    return limit.equals(OptionalInt.of(WITHOUT_LIMIT)) ? OptionalInt.empty() : limit;
  }

  private static Optional<Duration> age(OptionalInt seconds) {
    return seconds.isEmpty()
        ? Optional.empty()
        : Optional.of(Duration.ofSeconds(seconds.getAsInt()));
  }

  private boolean reports(List<String> responseTypes) {
    if (!responseTypes.isEmpty() && !responseTypes.equals(List.of(REPORT))) {
      throw function.fault("FunctionResponseTypes can hold " + REPORT + " alone");
    }
    return !responseTypes.isEmpty();
  }

  private String table(String streamArn) {
    return evaluator.resources(Resource.TABLE).values().stream()
        .filter(Resource::hasStream)
        .map(evaluator::physicalName)
        .filter(name -> Arn.ofStream(name).equals(streamArn))
        .findFirst()
        .orElseThrow(() -> function.fault("its Stream is that of no table of this template"));
  }

  private String bucket(String arn) {
    String name =
        evaluator.resources(Resource.BUCKET).values().stream()
            .filter(bucket -> evaluator.arn(bucket).equals(arn))
            .map(evaluator::physicalName)
            .findFirst()
            .orElseThrow(
                () ->
                    function.fault(
                        "sam-runner knows no Destination but a bucket of this template"));
    requireAllowed("s3:ListBucket", arn);
    requireAllowed("s3:PutObject", arn + "/*");
    return name;
  }

  private void requireAllowed(String action, String resource) {
    if (!role.allows(action, resource, "")) {
      throw function.fault(
          "its role must allow %s on %s, since Lambda handles the stream in that role"
              .formatted(action, resource));
    }
  }
}
