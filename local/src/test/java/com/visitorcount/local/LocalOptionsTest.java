package com.visitorcount.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.visitorcount.sam.failure.LocalException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class LocalOptionsTest {
  @Test
  void from_nothing_isPort8080InMemory() {
    LocalOptions options = LocalOptions.from(properties(Map.of()));

    assertThat(options)
        .isEqualTo(new LocalOptions(Path.of("").toAbsolutePath(), 8080, null, Map.of()));
    assertThat(options.port(2)).isEqualTo(8082);
  }

  @Test
  void from_everything_readsIt_andGivesItBack() {
    Map<String, String> given =
        Map.of(
            "maven.multiModuleProjectDirectory", "/project",
            "port", "9000",
            "data", "/data",
            "param.Sites", "a.example",
            "param.AlarmEmail", "",
            "demo", "true",
            "close", "now",
            "unrelated", "x");

    LocalOptions options = LocalOptions.from(properties(given));

    assertThat(options)
        .isEqualTo(
            new LocalOptions(
                Path.of("/project"),
                9000,
                Path.of("/data"),
                Map.of("Sites", "a.example", "AlarmEmail", ""),
                true,
                true));
    assertThat(LocalOptions.from(properties(options.toProperties()))).isEqualTo(options);
  }

  @Test
  void port_ofBaseZero_isAnyFreeOne() {
    assertThat(new LocalOptions(Path.of("a"), 0, null, Map.of()).port(2)).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "", "-1", "65534", "80.5", "99999999999"})
  void from_aPortThatIsNone_isOneSentence(String port) {
    assertThatThrownBy(() -> LocalOptions.from(properties(Map.of("port", port))))
        .isInstanceOf(LocalException.class)
        .hasMessage("The port must be a whole number from 0 to 65533, not " + port + ".");
  }

  @ParameterizedTest
  @CsvSource({
    "demo, yes, '-Ddemo can be true, not yes.'",
    "close, later, '-Dclose can be now, not later.'"
  })
  void from_aSwitchThatIsNone_isOneSentence(String name, String value, String sentence) {
    assertThatThrownBy(() -> LocalOptions.from(properties(Map.of(name, value))))
        .isInstanceOf(LocalException.class)
        .hasMessage(sentence);
  }

  private static Properties properties(Map<String, String> entries) {
    Properties properties = new Properties();
    properties.putAll(entries);
    return properties;
  }
}
