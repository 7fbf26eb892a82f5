package com.visitorcount.sam.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.visitorcount.sam.database.TableWrite;
import com.visitorcount.sam.failure.LocalException;
import com.visitorcount.sam.template.TableResource;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RecordFilterTest {
  private static final TableWrite WRITE =
      new TableWrite(
          "Counts",
          "1",
          Instant.EPOCH,
          null,
          new ObjectMapper()
              .valueToTree(
                  Map.of(
                      "id", Map.of("S", "site/page"),
                      "tags", Map.of("SS", List.of("a", "b")))),
          false);
  private static final TableResource TABLE =
      new TableResource(
          "Counts",
          List.of(new TableResource.Key("id", "HASH", "S")),
          true,
          Optional.empty(),
          Optional.empty());

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'eventName':['INSERT']}                             | true",
        "{'eventName':['MODIFY','INSERT']}                    | true",
        "{'eventName':['MODIFY']}                             | false",
        "{'eventName':[{'prefix':'INS'}]}                     | true",
        "{'eventName':[{'prefix':'MOD'}]}                     | false",
        "{'eventName':[{'anything-but':'INSERT'}]}            | false",
        "{'eventName':[{'anything-but':['REMOVE','MODIFY']}]} | true",
        "{'userIdentity':{'type':[{'anything-but':'Service'}]}} | false",
        "{'userIdentity':{'type':[{'exists':false}]}}         | true",
        "{'userIdentity':{'type':[{'exists':true}]}}          | false",
        "{'dynamodb':{'NewImage':{'id':{'S':[{'exists':true}]}}}}  | true",
        "{'dynamodb':{'NewImage':{'id':[{'exists':true}]}}}   | false",
        "{'dynamodb':{'NewImage':{'id':{'S':[{'prefix':'site/'}]}}}} | true",
        "{'dynamodb':{'NewImage':{'tags':{'SS':['b']}}}}      | true",
        "{'dynamodb':{'NewImage':{'tags':{'SS':['c']}}}}      | false",
        "{'eventName':['INSERT'],'eventSource':['aws:sqs']}   | false"
      })
  void pattern_matchesAsInEventBridge(String pattern, boolean matches) {
    assertThat(isWanted(json(pattern))).isEqualTo(matches);
  }

  @Test
  void patterns_areAlternatives_andNoneIsAll() {
    String other = json("{'eventName':['REMOVE']}");
    String fitting = json("{'eventName':['INSERT']}");

    assertThat(isWanted(other, fitting)).isTrue();
    assertThat(isWanted()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        "{'eventName':'INSERT'}",
        "{'eventName':[]}",
        "{'eventName':[1]}",
        "{'eventName':[{'numeric':['>',1]}]}",
        "{'eventName':[{'exists':'yes'}]}",
        "{'eventName':[{'anything-but':{'prefix':'a'}}]}",
        "{'$or':[{'eventName':['INSERT']}]}",
        "{'$or':['x']}",
        "{'dynamodb':{}}"
      })
  void pattern_thatIsNotUnderstood_isOneSentence(String pattern) {
    assertThatThrownBy(() -> RecordFilter.of(List.of(json(pattern))))
        .isInstanceOf(LocalException.class)
        .hasMessage("sam-runner does not understand the filter pattern " + json(pattern) + ".");
  }

  @Test
  void pattern_thatIsNoJson_isOneSentence() {
    assertThatThrownBy(() -> RecordFilter.of(List.of("{a")))
        .isInstanceOf(LocalException.class)
        .hasMessage("The filter pattern {a is no JSON.");
  }

  private static boolean isWanted(String... patterns) {
    return StreamRecord.of(WRITE, TABLE, RecordFilter.of(List.of(patterns))).isWanted();
  }

  private static String json(String text) {
    return text.replace('\'', '"');
  }
}
