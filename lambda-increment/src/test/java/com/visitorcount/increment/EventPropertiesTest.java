package com.visitorcount.increment;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.visitorcount.view.Event;
import java.io.IOException;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class EventPropertiesTest {
  @Test
  void of_textsNumbersAndBooleans_areTexts() throws IOException {
    assertThat(of("{'a':' x ','b':1.5,'c':false,'d':-0,'e':'\\u00e9'}"))
        .isEqualTo(Map.of("a", "x", "b", "1.5", "c", "false", "d", "0", "e", "é"));
  }

  @Test
  void of_whatIsNoValue_isLeftOutAndTakesNoPlace() throws IOException {
    assertThat(of("{'a':null,'b':{},'c':[1],'d':'','e':' ','':'x',' ':'y','f':1,'g':2,'h':3}"))
        .isEqualTo(Map.of("f", "1", "g", "2", "h", "3"));
  }

  @Test
  void of_moreThanFive_keepsTheFirst() throws IOException {
    assertThat(of("{'z':1,'y':2,'x':3,'w':4,'v':5,'a':6,'b':7}"))
        .containsOnlyKeys("z", "y", "x", "w", "v");
  }

  @ParameterizedTest
  @CsvSource({"x, 30, 60", "é, 15, 30", "語, 10, 20", "😀, 7, 15"})
  void of_longTexts_areCutBetweenCharacters(String character, int ofName, int ofValue) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put(character.repeat(100), character.repeat(1_000));
    json.put(character.repeat(101), "cut to the name of the first");

    assertThat(EventProperties.of(json))
        .isEqualTo(Map.of(character.repeat(ofName), character.repeat(ofValue)));
  }

  @Test
  void of_unprintableCharacters_areBlanks() throws IOException {
    assertThat(of("{'a\\nb':'c\\u0000d\\u2028e\\ud800f','\\u0007':1,'g':'\\u0085'}"))
        .isEqualTo(Map.of("a b", "c d e f"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "'text'", "[1,2]", "null", "true"})
  void of_noObject_isNone(String json) throws IOException {
    assertThat(of(json)).isEmpty();
  }

  @Test
  void of_randomTexts_areAlwaysPropertiesOfAnEvent() {
    SplittableRandom random = new SplittableRandom(16);
    for (int i = 0; i < 2_000; i++) {
      ObjectNode json = JsonNodeFactory.instance.objectNode();
      for (int j = random.nextInt(8); j >= 0; j--) {
        json.put(text(random), text(random));
      }
      Map<String, String> properties = EventProperties.of(json);
      // the constructor checks their number and lengths
      assertThat(new Event("", properties).properties()).isEqualTo(properties);
      properties.forEach(
          (name, value) ->
              assertThat(new String((name + value).getBytes(UTF_8), UTF_8))
                  .isEqualTo(name + value)
                  .doesNotContainPattern("[\\p{Cc}\\u2028\\u2029]"));
    }
  }

  private static String text(SplittableRandom random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(80); i > 0; i--) {
      text.append(
          (char)
              (random.nextInt(3) == 0
                  ? random.nextInt(0x10000)
                  : random.nextInt(2) == 0 ? 0xD800 + random.nextInt(0x800) : random.nextInt(128)));
    }
    return text.toString();
  }

  private static Map<String, String> of(String json) throws IOException {
    return EventProperties.of(new ObjectMapper().readTree(json.replace('\'', '"')));
  }
}
