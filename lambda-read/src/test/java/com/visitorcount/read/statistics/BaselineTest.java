package com.visitorcount.read.statistics;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

import com.visitorcount.history.statistics.Question;
import com.visitorcount.history.statistics.Statistics;
import com.visitorcount.http.HttpRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Case C15: the table of examples in {@code docs/api.md}, row by row. */
final class BaselineTest {
  private static final Pattern ROW =
      Pattern.compile(
          "^\\| (\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d) (\\S+) \\| `([^`]+)` \\| ([^|]+) \\| ([^|]+) \\|$",
          Pattern.MULTILINE);
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm");

  static Stream<Arguments> examples() throws IOException {
    List<MatchResult> rows =
        ROW.matcher(Files.readString(Path.of("..", "docs", "api.md"))).results().toList();
    assertThat(rows).hasSizeGreaterThan(25);
    return rows.stream()
        .map(
            row ->
                Arguments.of(row.group(1), row.group(2), row.group(3), row.group(4), row.group(5)));
  }

  @ParameterizedTest
  @MethodSource("examples")
  void compared_eachExampleOfTheDocs_isAsItSays(
      String now, String zone, String query, String period, String compared) {
    ZoneId id = ZoneId.of(zone);
    Clock clock = Clock.fixed(LocalDateTime.parse(now, TIME).atZone(id).toInstant(), id);
    String all = query + "&timezone=" + zone;
    StatisticsRequest asked =
        StatisticsRequest.parse(
            new HttpRequest("r", "GET", "/", all, Map.of(), null, false, "192.0.2.1")
                .queryParameters(),
            "example.com",
            mock(Statistics.class),
            clock);

    assertThat(text(asked.question())).isEqualTo(period);
    assertThat(text(requireNonNull(asked.before()))).isEqualTo(compared);
  }

  private static String text(Question question) {
    LocalDateTime end = question.end().atZone(question.zone()).toLocalDateTime();
    String last =
        end.toLocalTime().equals(LocalTime.MIDNIGHT)
            ? end.toLocalDate().minusDays(1).toString()
            : TIME.format(end);
    return question.from() + " to " + last;
  }
}
