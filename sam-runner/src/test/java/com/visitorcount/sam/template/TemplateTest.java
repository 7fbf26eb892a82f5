package com.visitorcount.sam.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.visitorcount.sam.failure.LocalException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TemplateTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "Resources: {a: !Reff b}           | template.yaml, line 1: CloudFormation has no function Reff.",
        "Resources: {a: {'Fn::Get': b}}    | template.yaml, line 1: CloudFormation has no function Get.",
        "Resources: {a: &x b, c: *x}       | template.yaml, line 1: CloudFormation knows no YAML aliases.",
        "Parameters: {A: {Type: x, Type: y}} | template.yaml, line 1: Type is there twice.",
        "a text                            | template.yaml, line 1: a mapping belongs here.",
        "Parameters: {A: {Type: 'AWS::SSM'}} | Parameter A has the type AWS::SSM, which local cannot read."
      })
  void parse_ofABrokenTemplate_isOneSentence(String text, String sentence) {
    assertThatThrownBy(() -> Template.parse(text))
        .isInstanceOf(LocalException.class)
        .hasMessage(sentence);
  }

  @Test
  void evaluate_urlKnown_isInTheEnvironmentThatNamesIt() {
    Template template = Template.read(Path.of("../template.yaml"));

    assertThat(
            template
                .evaluate(Map.of(), Map.of("IncrementFunction", URI.create("http://127.0.0.1:1/")))
                .function("ReadFunction")
                .environment())
        .containsEntry("INCREMENT_URL", "http://127.0.0.1:1/");
    assertThat(template.evaluate(Map.of()).function("ReadFunction").environment())
        .containsEntry("INCREMENT_URL", "https://incrementfunction.lambda-url.us-east-1.on.aws/");
  }

  @Test
  void parse_ofBadYaml_namesTheLine() {
    assertThatThrownBy(() -> Template.parse("Resources:\n  a: [b\n  c: d\n"))
        .isInstanceOf(LocalException.class)
        .hasMessageStartingWith("template.yaml, line 3: this is no YAML, ");
  }

  @Test
  void parse_ofNothing_isOneSentence() {
    assertThatThrownBy(() -> Template.parse("# only a comment\n"))
        .isInstanceOf(LocalException.class)
        .hasMessage("template.yaml is empty.");
  }

  @Test
  void read_ofNoFile_isOneSentence() {
    assertThatThrownBy(() -> Template.read(Path.of("no/such/template.yaml")))
        .isInstanceOf(LocalException.class)
        .hasMessage("The template no/such/template.yaml cannot be read.");
  }

  @Test
  void evaluate_withAnUnknownParameter_namesThoseThatThereAre() {
    Template template = Template.parse(Templates.withVariable("x"));

    assertThatThrownBy(() -> template.evaluate(Map.of("Wrod", "x")))
        .isInstanceOf(LocalException.class)
        .hasMessage("The template has no parameter Wrod; it has Word, Number, List.");
  }

  @Test
  void function_ofAnotherName_isOneSentence() {
    Stack stack = Template.parse(Templates.withVariable("x")).evaluate(Map.of());

    assertThatThrownBy(() -> stack.function("Increment"))
        .isInstanceOf(LocalException.class)
        .hasMessage("The template has no function Increment.");
  }

  @Test
  void evaluate_ofTheProjectsTemplate_givesWhatTheCloudRuns() {
    Stack stack =
        Template.read(Path.of("../template.yaml"))
            .evaluate(Map.of("AllowedOrigins", "https://a.example,https://b.example"));

    FunctionResource increment = stack.function("IncrementFunction");
    assertThat(increment.handler())
        .isEqualTo("com.visitorcount.increment.IncrementHandler::handleRequest");
    assertThat(increment.environment())
        .containsEntry("TABLE_NAME", "VisitorCount")
        .containsEntry("ALLOWED_ORIGINS", "https://a.example,https://b.example")
        .containsEntry("POWERTOOLS_METRICS_NAMESPACE", "VisitorCount");
    assertThat(increment.timeout()).isGreaterThan(Duration.ofSeconds(2));
    assertThat(increment.reservedConcurrency()).isEmpty();
    assertThat(increment.role().allows("dynamodb:UpdateItem", Arn.ofTable("VisitorCount"), "k"))
        .isTrue();
    assertThat(increment.role().allows("dynamodb:DeleteItem", Arn.ofTable("VisitorCount"), "k"))
        .isFalse();
    assertThat(increment.url()).isNotNull();
    assertThat(increment.url().cors().allowOrigins())
        .containsExactly("https://a.example", "https://b.example");
    assertThat(stack.tables())
        .contains(
            new TableResource(
                "VisitorCount",
                List.of(new TableResource.Key("id", "HASH", "S")),
                true,
                Optional.of("exp"),
                Optional.of(new TableResource.Limits(200, 200))));
  }

  @Test
  void evaluate_ofTheProjectsTemplate_takesEveryParameter() {
    Stack stack =
        Template.read(Path.of("../template.yaml"))
            .evaluate(
                Map.of(
                    "AllowedOrigins", "*",
                    "TableNamePrefix", "Test-",
                    "ReadConcurrency", "0",
                    "KeptQueryParameters", "id,lang",
                    "MemorySize", "1024"));

    assertThat(stack.tables())
        .extracting(TableResource::name)
        .containsExactly("Test-VisitorCount", "Test-VisitorHistory");
    FunctionResource read = stack.function("ReadFunction");
    assertThat(read.environment())
        .containsEntry("TABLE_NAME", "Test-VisitorCount")
        .containsEntry("KEPT_QUERY_PARAMETERS", "id,lang");
    assertThat(read.memoryMegabytes()).isEqualTo(1024);
    assertThat(read.reservedConcurrency()).hasValue(0);
  }
}
