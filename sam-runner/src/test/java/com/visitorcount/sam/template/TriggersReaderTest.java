package com.visitorcount.sam.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.visitorcount.sam.failure.LocalException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TriggersReaderTest {
  private static final String TEMPLATE =
      """
      Parameters:
        Delay: {Type: Number, Default: 7}
      Resources:
        Counts:
          Type: AWS::DynamoDB::Table
          Properties:
            KeySchema: [{AttributeName: id, KeyType: HASH}]
            AttributeDefinitions: [{AttributeName: id, AttributeType: S}]
            StreamSpecification: {StreamViewType: NEW_AND_OLD_IMAGES}
            TimeToLiveSpecification: {AttributeName: exp, Enabled: true}
        Plain:
          Type: AWS::DynamoDB::Table
          Properties:
            KeySchema: [{AttributeName: id, KeyType: HASH}]
            AttributeDefinitions: [{AttributeName: id, AttributeType: S}]
            TimeToLiveSpecification: {AttributeName: exp, Enabled: false}
        Failures: {Type: "AWS::S3::Bucket"}
        Topic: {Type: "AWS::SNS::Topic"}
        FunctionRole:
          Type: AWS::IAM::Role
          Properties:
            Policies:
              - PolicyDocument:
                  Statement:
                    - Effect: Allow
                      Action:
                        - dynamodb:DescribeStream
                        - dynamodb:GetRecords
                        - dynamodb:GetShardIterator
                        - dynamodb:ListStreams
                      Resource: !GetAtt Counts.StreamArn
                    - {Effect: Allow, Action: "s3:ListBucket", Resource: !GetAtt Failures.Arn}
                    - Effect: Allow
                      Action: s3:PutObject
                      Resource: !Sub "${Failures.Arn}/*"
                      Condition: {StringEquals: {s3:ResourceAccount: !Ref AWS::AccountId}}
        Function:
          Type: AWS::Serverless::Function
          Properties:
            Handler: a.B::c
            Role: !GetAtt FunctionRole.Arn
            Events:
              Stream:
                Type: DynamoDB
                Properties:
                  Stream: !GetAtt Counts.StreamArn
                  StartingPosition: TRIM_HORIZON
      """;
  private static final String MORE = " ".repeat(12);

  @Test
  void stream_withNothingMore_hasLambdasDefaults() {
    assertThat(stream(TEMPLATE))
        .isEqualTo(
            new StreamTrigger(
                "Counts",
                100,
                Duration.ZERO,
                1,
                false,
                OptionalInt.empty(),
                Optional.empty(),
                false,
                List.of(),
                Optional.empty()));
  }

  @Test
  void stream_withEverything_isReadWhole() {
    String template =
        with(
            "BatchSize: 1000",
            "MaximumBatchingWindowInSeconds: !Ref Delay",
            "ParallelizationFactor: 2",
            "BisectBatchOnFunctionError: true",
            "MaximumRetryAttempts: 3",
            "MaximumRecordAgeInSeconds: 3600",
            "FunctionResponseTypes: [ReportBatchItemFailures]",
            "FilterCriteria: {Filters: [{Pattern: '{\"a\":[\"b\"]}'}, {Pattern: '{\"c\":[\"d\"]}'}]}",
            "DestinationConfig: {OnFailure: {Destination: !GetAtt Failures.Arn}}");

    assertThat(stream(template))
        .isEqualTo(
            new StreamTrigger(
                "Counts",
                1000,
                Duration.ofSeconds(7),
                2,
                true,
                OptionalInt.of(3),
                Optional.of(Duration.ofHours(1)),
                true,
                List.of("{\"a\":[\"b\"]}", "{\"c\":[\"d\"]}"),
                Optional.of("Failures")));
  }

  @Test
  void stream_withLimitsOfMinusOne_hasNone() {
    StreamTrigger stream =
        stream(with("MaximumRetryAttempts: -1", "MaximumRecordAgeInSeconds: -1"));

    assertThat(stream.maxRetries()).isEmpty();
    assertThat(stream.maxRecordAge()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "BatchSize: 0                         | BatchSize must be from 1 to 10000, not 0",
        "MaximumBatchingWindowInSeconds: 301  | MaximumBatchingWindowInSeconds must be from 0 to 300, not 301",
        "ParallelizationFactor: 11            | ParallelizationFactor must be from 1 to 10, not 11",
        "MaximumRetryAttempts: 10001          | MaximumRetryAttempts must be from 0 to 10000, not 10001",
        "MaximumRecordAgeInSeconds: 59        | MaximumRecordAgeInSeconds must be from 60 to 604800, not 59",
        "BisectBatchOnFunctionError: maybe    | BisectBatchOnFunctionError must be true or false",
        "FunctionResponseTypes: [Other]       | FunctionResponseTypes can hold ReportBatchItemFailures alone",
        "TumblingWindowInSeconds: 10          | sam-runner does not understand TumblingWindowInSeconds",
        "Enabled: false                       | sam-runner does not understand Enabled",
        "FilterCriteria: {Filters: [{}]}      | Pattern is missing",
        "FilterCriteria: {Filters: [{Pattern: a}, {Pattern: b}, {Pattern: c}, {Pattern: d}, {Pattern: e}, {Pattern: f}]} | FilterCriteria has more than 5 Filters",
        "DestinationConfig: {OnFailure: {Destination: !GetAtt Topic.Arn}} | sam-runner knows no Destination but a bucket of this template"
      })
  void stream_thatLocalCannotRun_isOneSentence(String property, String fault) {
    assertThatThrownBy(() -> stream(with(property)))
        .isInstanceOf(LocalException.class)
        .hasMessage("The template's Function: " + fault + ".");
  }

  @Test
  void stream_ofAPosition_isOneSentence() {
    assertThatThrownBy(() -> stream(TEMPLATE.replace("TRIM_HORIZON", "AT_TIMESTAMP")))
        .isInstanceOf(LocalException.class)
        .hasMessage(
            "The template's Function: StartingPosition must be one of TRIM_HORIZON and LATEST for"
                + " sam-runner.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "dynamodb:DescribeStream",
        "dynamodb:GetRecords",
        "dynamodb:GetShardIterator",
        "dynamodb:ListStreams"
      })
  void stream_thatTheRoleDoesNotReach_isOneSentence(String action) {
    String template = TEMPLATE.replace("- " + action + "\n", "- dynamodb:Other\n");

    assertThatThrownBy(() -> stream(template))
        .isInstanceOf(LocalException.class)
        .hasMessage(
            "The template's Function: its role must allow %s on %s, since Lambda handles the stream in"
                    .formatted(action, Arn.ofStream("Counts"))
                + " that role.");
  }

  @ParameterizedTest
  @CsvSource({
    "s3:PutObject, s3:GetObject, arn:aws:s3:::Failures/*",
    "s3:ListBucket, s3:GetBucketAcl, arn:aws:s3:::Failures"
  })
  void bucket_thatTheRoleDoesNotReach_isOneSentence(String needed, String other, String arn) {
    String template =
        with("DestinationConfig: {OnFailure: {Destination: !GetAtt Failures.Arn}}")
            .replace(needed, other);

    assertThatThrownBy(() -> stream(template))
        .isInstanceOf(LocalException.class)
        .hasMessageContaining("its role must allow " + needed + " on " + arn + ",");
  }

  @Test
  void stream_ofATableWithoutOne_namesTheLine() {
    assertThatThrownBy(
            () ->
                stream(
                    TEMPLATE.replace(
                        "Stream: !GetAtt Counts.StreamArn", "Stream: !GetAtt Plain.StreamArn")))
        .isInstanceOf(LocalException.class)
        .hasMessageMatching("template\\.yaml, line \\d+: Plain has no stream\\.");
  }

  @Test
  void stream_fromElsewhere_isOneSentence() {
    assertThatThrownBy(
            () -> stream(TEMPLATE.replace("Stream: !GetAtt Counts.StreamArn", "Stream: arn:aws:x")))
        .isInstanceOf(LocalException.class)
        .hasMessage("The template's Function: its Stream is that of no table of this template.");
  }

  @Test
  void stream_ofOneImage_isOneSentence() {
    assertThatThrownBy(() -> stream(TEMPLATE.replace("NEW_AND_OLD_IMAGES", "NEW_IMAGE")))
        .isInstanceOf(LocalException.class)
        .hasMessage(
            "The template's Counts: sam-runner knows no StreamViewType but NEW_AND_OLD_IMAGES, and not"
                + " NEW_IMAGE.");
  }

  @Test
  void tables_areStreamedAndExpireAsTheTemplateSays() {
    Stack stack = Template.parse(TEMPLATE).evaluate(Map.of());

    assertThat(stack.table("Counts").streamed()).isTrue();
    assertThat(stack.table("Counts").expiryAttribute()).contains("exp");
    assertThat(stack.table("Plain").streamed()).isFalse();
    assertThat(stack.table("Plain").expiryAttribute()).isEmpty();
    assertThatThrownBy(() -> stack.table("Other")).hasMessage("The template has no table Other.");
  }

  @Test
  void schedule_isReadWithItsRule() {
    String rule = "arn:aws:events:us-east-1:123456789012:rule/FunctionHourly";
    String schedule = "Hourly: {Type: Schedule, Properties: {Schedule: rate(1 hour)%s}}";
    FunctionResource function = Templates.function(events(schedule.formatted("")));

    assertThat(function.streams()).isEmpty();
    assertThat(function.schedules())
        .containsExactly(new ScheduleTrigger(rule, "rate(1 hour)", Optional.empty()));
    assertThat(Templates.function(events(schedule.formatted(", Input: '{\"a\": 1}'"))).schedules())
        .containsExactly(new ScheduleTrigger(rule, "rate(1 hour)", Optional.of("{\"a\": 1}")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "Api: {Type: HttpApi}                  | sam-runner does not understand events of type HttpApi",
        "Queue: {Type: SQS, Properties: {}}    | sam-runner does not understand events of type SQS",
        "Hourly: {Type: Schedule, Properties: {}} | Schedule is missing",
        "Hourly: {Type: Schedule, Properties: {Schedule: rate(1 hour), State: x}} | sam-runner does not understand State",
        "Hourly: {Properties: {}}              | Type is missing"
      })
  void event_thatLocalCannotRun_isOneSentence(String event, String fault) {
    assertThatThrownBy(() -> Templates.function(events(event)))
        .isInstanceOf(LocalException.class)
        .hasMessage("The template's Function: " + fault + ".");
  }

  @Test
  void projectsTemplate_hasItsStreamAndItsSchedule() {
    Stack stack =
        Template.read(Path.of("../template.yaml")).evaluate(Map.of("TableNamePrefix", "Test-"));

    assertThat(stack.function("RollupFunction").streams())
        .singleElement()
        .satisfies(
            stream -> {
              assertThat(stream.table()).isEqualTo("Test-VisitorCount");
              assertThat(stream.reportsFailures()).isTrue();
              assertThat(stream.bisect()).isTrue();
              assertThat(stream.failureBucket()).contains("GivenUpBatches");
            });
    assertThat(stack.function("CompactFunction").schedules()).hasSize(1);
  }

  private static String with(String... properties) {
    StringBuilder template = new StringBuilder(TEMPLATE);
    for (String property : properties) {
      template.append(MORE).append(property).append('\n');
    }
    return template.toString();
  }

  private static String events(String event) {
    return Templates.withFunction("Events:", "  " + event);
  }

  private static StreamTrigger stream(String template) {
    return Templates.function(template).streams().get(0);
  }
}
