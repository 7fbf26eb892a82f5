package com.visitorcount.sam.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.visitorcount.sam.failure.LocalException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class IntrinsicsTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "plain                                          | plain",
        "86400                                          | 86400",
        "true                                           | true",
        "2012-10-17                                     | 2012-10-17",
        "!Ref Word                                      | word",
        "{Ref: Word}                                    | word",
        "!Ref Number                                    | -1",
        "!Ref AWS::Region                               | us-east-1",
        "!Ref AWS::AccountId                            | 123456789012",
        "!Ref Table                                     | word-table",
        "!Ref Other                                     | arn:aws:sns:us-east-1:123456789012:Other",
        "!Ref Function                                  | Function",
        "!GetAtt Table.Arn           | arn:aws:dynamodb:us-east-1:123456789012:table/word-table",
        "{'Fn::GetAtt': [Table, Arn]} | arn:aws:dynamodb:us-east-1:123456789012:table/word-table",
        "!GetAtt Function.Arn        | arn:aws:lambda:us-east-1:123456789012:function:Function",
        "!GetAtt Other.Arn           | arn:aws:sns:us-east-1:123456789012:Other",
        "!Sub '${Word}/${AWS::Region}/${Table}'         | word/us-east-1/word-table",
        "!Sub 'a ${!Word} b$1'                          | a ${Word} b$1",
        "!Sub '${Table.Arn}'         | arn:aws:dynamodb:us-east-1:123456789012:table/word-table",
        "!Sub ['${A}-${Word}', {A: !Ref Number}]        | -1-word",
        "{'Fn::Sub': 'x${Word}'}                        | xword",
        "!Join ['-', [a, !Ref Word]]                    | a-word",
        "!Join [',', !Ref List]                         | a,b,c",
        "!Join ['-', [a, !Ref AWS::NoValue, b]]         | a-b",
        "!If [Always, yes, no]                          | yes",
        "!If [Never, yes, no]                           | no",
        "!If [ByNumber, yes, !FindInMap [not, looked, at]] | yes",
        "!Select [1, !Ref List]                         | b",
        "!Select [2, !Split ['/', 'a/b/c']]             | c",
        "!Select [1, !Split ['.', 'a.b']]               | b"
      })
  void value_ofEachFunction_isWhatCloudFormationMakesOfIt(String text, String expected) {
    assertThat(Templates.function(Templates.withVariable(text)).environment())
        .containsEntry("VALUE", expected);
  }

  @Test
  void noValue_ofAVariable_leavesItOut() {
    FunctionResource function =
        Templates.function(Templates.withVariable("!If [Never, x, !Ref AWS::NoValue]"));

    assertThat(function.environment()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "!Ref Tabel              | Tabel is neither a parameter nor a resource",
        "!Ref Skipped            | Skipped is neither a parameter nor a resource",
        "!GetAtt Tabel.Arn       | Tabel.Arn is no attribute of a resource",
        "!GetAtt Table           | Table is no attribute of a resource",
        "!GetAtt Table.StreamArn | Table has no stream",
        "!GetAtt FunctionUrl.FunctionUrl | Function is no function with a FunctionUrlConfig",
        "!GetAtt TableUrl.FunctionUrl | Table is no function with a FunctionUrlConfig",
        "!GetAtt Table.Name      | sam-runner does not know the attribute Table.Name",
        "!Sub '${Wrod}'          | Wrod is neither a parameter nor a resource",
        "!Sub '${List}'          | List is no text",
        "!Join [a]               | Join takes a list of 2",
        "!Join [',', !Ref Word]  | a list belongs here",
        "!If [Sometimes, a, b]   | there is no condition Sometimes",
        "!Select [3, !Ref List]  | there is no entry 3 in a list of 3",
        "!FindInMap [a, b, c]    | sam-runner cannot evaluate the function FindInMap here",
        "!Equals [a, a]          | sam-runner cannot evaluate the function Equals here"
      })
  void value_thatCannotBeMade_isOneSentenceWithTheLine(String text, String fault) {
    String template = Templates.withVariable(text);
    List<String> before = template.lines().takeWhile(line -> !line.contains("VALUE")).toList();

    assertThatThrownBy(() -> Templates.function(template))
        .isInstanceOf(LocalException.class)
        .hasMessage("template.yaml, line %d: %s.".formatted(before.size() + 1, fault));
  }

  @Test
  void condition_thatLeadsBackToItself_isOneSentence() {
    String template = Templates.withVariable("!If [Circle, a, b]");

    assertThatThrownBy(() -> Templates.function(template))
        .isInstanceOf(LocalException.class)
        .hasMessageEndingWith(": Circle depends on itself.");
  }

  @Test
  void tableName_thatLeadsBackToItself_isOneSentence() {
    String template = Templates.withVariable("!Ref Table").replace("${Word}-table", "${Table}");

    assertThatThrownBy(() -> Templates.function(template))
        .isInstanceOf(LocalException.class)
        .hasMessageEndingWith("Table depends on itself.");
  }
}
