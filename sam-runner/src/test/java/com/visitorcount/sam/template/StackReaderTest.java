package com.visitorcount.sam.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.visitorcount.sam.failure.LocalException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class StackReaderTest {
  private static final String TABLE = Arn.ofTable("word-table");

  @Test
  void function_withoutAnything_hasLambdasDefaults() {
    FunctionResource function = Templates.function(Templates.withFunction());

    assertThat(function.timeout()).isEqualTo(Duration.ofSeconds(3));
    assertThat(function.memoryMegabytes()).isEqualTo(128);
    assertThat(function.reservedConcurrency()).isEmpty();
    assertThat(function.environment()).isEmpty();
    assertThat(function.url()).isNull();
  }

  @Test
  void function_withGlobals_isMergedAsSamDoes() {
    FunctionResource function =
        Templates.function(
            """
            Globals:
              Function:
                Timeout: 10
                MemorySize: 512
                Environment: {Variables: {A: global, B: global}}
            """
                + Templates.withFunction(
                    "MemorySize: 256", "Environment: {Variables: {B: own, C: own}}"));

    assertThat(function.timeout()).isEqualTo(Duration.ofSeconds(10));
    assertThat(function.memoryMegabytes()).isEqualTo(256);
    assertThat(function.environment())
        .containsExactlyInAnyOrderEntriesOf(Map.of("A", "global", "B", "own", "C", "own"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "Timeout: soon | Timeout must be a whole number, not soon",
        "Handler: [a]  | Handler must be a text",
        "Environment: {Variables: [A]} | Variables must be a mapping",
        "Environment: {Variables: {A: [b]}} | A must be a text",
        "FunctionUrlConfig: {AuthType: AWS_IAM} | AuthType must be the literal NONE, or SAM does not open the URL",
        "FunctionUrlConfig: {AuthType: !Ref Word} | AuthType must be the literal NONE, or SAM does not open the URL",
        "FunctionUrlConfig: {Cors: {}} | AuthType must be the literal NONE, or SAM does not open the URL",
        "FunctionUrlConfig: {AuthType: NONE, Cors: {AllowMethods: [GET, OPTIONS]}} | AllowMethods cannot hold OPTIONS",
        "FunctionUrlConfig: {AuthType: NONE, Cors: {MaxAge: 604800}} | MaxAge must be from 0 to 86400, not 604800",
        "FunctionUrlConfig: {AuthType: NONE, Cors: {AllowOrigins: ['*'], AllowCredentials: true}} | AllowCredentials cannot be combined with origin *",
        "FunctionUrlConfig: {AuthType: NONE, Cors: {AllowOrigins: ['*', 'https://a.example']}} | AllowOrigins has * together with other origins"
      })
  void function_thatAwsWouldRefuse_isOneSentence(String property, String fault) {
    String template = Templates.withFunction(property).replace(handlerUnless(property), "");

    assertThatThrownBy(() -> Templates.function(template))
        .isInstanceOf(LocalException.class)
        .hasMessage("The template's Function: " + fault + ".");
  }

  private static String handlerUnless(String property) {
    return property.startsWith("Handler") ? "      Handler: a.B::c\n" : "\u0000";
  }

  @Test
  void cors_ofTheTemplate_isReadWhole() {
    FunctionResource function =
        Templates.function(
            Templates.withFunction(
                "FunctionUrlConfig:",
                "  AuthType: NONE",
                "  Cors:",
                "    AllowOrigins: !Ref List",
                "    AllowMethods: [POST]",
                "    AllowHeaders: [content-type]",
                "    ExposeHeaders: [etag]",
                "    MaxAge: 86400",
                "    AllowCredentials: true"));

    assertThat(function.url())
        .isEqualTo(
            new FunctionUrlConfig(
                new Cors(
                    List.of("a", "b", "c"),
                    List.of("POST"),
                    List.of("content-type"),
                    List.of("etag"),
                    86_400,
                    true)));
  }

  @Test
  void url_withoutCors_hasNone() {
    FunctionResource function =
        Templates.function(Templates.withFunction("FunctionUrlConfig: {AuthType: NONE}"));

    assertThat(function.url()).isEqualTo(new FunctionUrlConfig(null));
  }

  @Test
  void role_allowsWhatItsStatementsSay() {
    Role role =
        role(
            "{Effect: Allow, Action: [dynamodb:GetItem, 'dynamodb:Batch*'], Resource: !GetAtt Table.Arn}",
            "{Effect: Allow, Action: dynamodb:PutItem, Resource: '*'}");

    assertThat(role.allows("dynamodb:GetItem", TABLE, "k")).isTrue();
    assertThat(role.allows("dynamodb:BatchGetItem", TABLE, "k")).isTrue();
    assertThat(role.allows("dynamodb:PutItem", Arn.ofTable("other"), "k")).isTrue();
    assertThat(role.allows("dynamodb:GetItem", Arn.ofTable("other"), "k")).isFalse();
    assertThat(role.allows("dynamodb:UpdateItem", TABLE, "k")).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{Effect: Deny, Action: a, Resource: b} | sam-runner does not understand Effect Deny",
        "{Effect: Allow, NotAction: a, Resource: b} | sam-runner does not understand NotAction",
        "{Effect: Allow, Action: a, NotResource: b} | sam-runner does not understand NotResource",
        "{Effect: Allow, Action: a, Resource: b, Condition: {x: {y: z}}} | sam-runner does not understand Condition, except for s3:ResourceAccount and dynamodb:LeadingKeys",
        "{Effect: Allow, Action: a, Resource: b, Condition: {StringEquals: {s3:ResourceAccount: '1'}}} | sam-runner does not understand Condition, except for s3:ResourceAccount and dynamodb:LeadingKeys",
        "{Action: a, Resource: b} | Effect is missing"
      })
  void role_withAStatementThatLocalWouldIgnore_isOneSentence(String statement, String fault) {
    assertThatThrownBy(() -> role(statement))
        .isInstanceOf(LocalException.class)
        .hasMessage("The template's FunctionRole: " + fault + ".");
  }

  @Test
  void role_withAManagedPolicy_isOneSentence() {
    String template = Templates.withFunction() + "      ManagedPolicyArns: [x]\n";

    assertThatThrownBy(() -> Templates.function(template))
        .isInstanceOf(LocalException.class)
        .hasMessage(
            "The template's FunctionRole: sam-runner does not understand ManagedPolicyArns.");
  }

  @Test
  void function_withoutARole_isOneSentence() {
    String template =
        Templates.withFunction().replace("Role: !GetAtt FunctionRole.Arn", "Description: x");

    assertThatThrownBy(() -> Templates.function(template))
        .isInstanceOf(LocalException.class)
        .hasMessage("The template's Function: sam-runner needs a Role to check its calls against.");
  }

  @Test
  void function_withARoleFromElsewhere_isOneSentence() {
    String template =
        Templates.withFunction()
            .replace("!GetAtt FunctionRole.Arn", "arn:aws:iam::123456789012:role/other");

    assertThatThrownBy(() -> Templates.function(template))
        .isInstanceOf(LocalException.class)
        .hasMessage("The template's Function: its Role is no role of this template.");
  }

  private static Role role(String... statements) {
    String list = "\n                - " + String.join("\n                - ", statements);
    return Templates.function(Templates.withFunction().replace(" []", list)).role();
  }
}
