package com.visitorcount.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BodyWriterTest {
  private static final HttpRequest PLAIN = request(Map.of());
  private static final HttpRequest GZIP = request(Map.of("accept-encoding", "gzip"));

  @ParameterizedTest
  @ValueSource(strings = {"a", "\"", "\n", "é", "日", "😀"})
  void write_endlessText_isStoppedAtWhatLambdaTakes(String unit) {
    AtomicLong written = new AtomicLong();

    assertTooLarge(
        () ->
            HttpResponse.compressed(
                PLAIN,
                "text/csv",
                out -> {
                  while (true) {
                    out.write(unit);
                    written.addAndGet(BodyWriter.jsonBytes(unit));
                  }
                }));

    assertThat(written.get() + BodyWriter.jsonBytes(unit))
        .isBetween(
            SizeLimits.MAX_ANSWER_BYTES + 1L,
            SizeLimits.MAX_ANSWER_BYTES + BodyWriter.jsonBytes(unit));
  }

  @Test
  void write_endlessTextThatIsCompressed_isStoppedAtWhatLambdaTakes() {
    Random random = new Random(1);
    AtomicLong written = new AtomicLong();

    assertTooLarge(
        () ->
            HttpResponse.compressed(
                GZIP,
                "text/csv",
                out -> {
                  while (true) {
                    // six bits a character, as in base64
                    out.write(' ' + random.nextInt(64));
                    written.incrementAndGet();
                  }
                }));

    assertThat(written.get())
        .isBetween(
            SizeLimits.MAX_ANSWER_BYTES * 95L / 100, SizeLimits.MAX_ANSWER_BYTES * 105L / 100);
  }

  /** Ten gigabytes, more than the test's memory. */
  @Test
  void json_thatNoMemoryHolds_is400() {
    String text =
        new Random(2)
            .ints(1_000_000, 'a', 'z' + 1)
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString();
    ArrayNode json = JsonNodeFactory.instance.arrayNode();
    for (int i = 0; i < 10_000; i++) {
      json.add(text);
    }

    assertTooLarge(() -> HttpResponse.json(200, json));
    assertTooLarge(() -> HttpResponse.compressedJson(PLAIN, json));
    assertTooLarge(() -> HttpResponse.compressedJson(GZIP, json));
  }

  @Test
  void compressedJson_tooLongAsItIs_isAnsweredToAClientThatTakesGzip() {
    ArrayNode json = JsonNodeFactory.instance.arrayNode();
    for (int i = 0; i < 1_000_000; i++) {
      json.add("a value");
    }

    assertTooLarge(() -> HttpResponse.compressedJson(PLAIN, json));
    assertThat(HttpResponse.compressedJson(GZIP, json).base64()).isTrue();
  }

  private static void assertTooLarge(Runnable making) {
    assertThatThrownBy(making::run)
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> assertThat(e.problem().type()).isEqualTo(ProblemType.ANSWER_TOO_LARGE));
  }

  private static HttpRequest request(Map<String, String> headers) {
    return new HttpRequest("r", "GET", "/", "", headers, null, false, "192.0.2.1");
  }
}
