package com.visitorcount.local.packaged;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.visitorcount.badge.BadgeRequest;
import com.visitorcount.http.HttpRequest;
import com.visitorcount.local.TestStack;
import com.visitorcount.sam.database.NodeModules;
import java.io.IOException;
import java.io.Writer;
import java.math.BigInteger;
import java.net.URLEncoder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Badges are as wide as those of shields.io, according to its own renderer. */
final class BadgeWidthsTest {
  private static final List<String> STYLES =
      List.of("flat", "flat-square", "plastic", "for-the-badge", "social");
  private static final int TEXTS = 200;
  private static final double PIXELS = 2;
  private static final Pattern WIDTH = Pattern.compile("<svg [^>]*?width=\"([0-9.]+)\"");

  private record Text(String label, BigInteger count, boolean compact) {}

  @Test
  void twoHundredTexts_inEveryStyle_areAsWideAsThoseOfShields() throws Exception {
    List<Text> texts = texts();
    List<Double> ours = new ArrayList<>();
    List<String> asked = new ArrayList<>();
    for (Text text : texts) {
      for (String style : STYLES) {
        String svg = svg(text, style);
        ours.add(width(svg));
        asked.add(
            JsonNodeFactory.instance
                .objectNode()
                .put("label", text.label())
                .put("message", svg.replaceAll(".*<title>.*: ([^<]*)</title>.*", "$1"))
                .put("style", style)
                .toString());
      }
    }
    List<Double> theirs = widthsOfShields(asked);

    assertThat(theirs).hasSize(TEXTS * STYLES.size());
    for (int i = 0; i < ours.size(); i++) {
      assertThat(ours.get(i)).as(asked.get(i)).isCloseTo(theirs.get(i), within(PIXELS));
    }
  }

  private static List<Text> texts() {
    List<String> labels =
        new ArrayList<>(
            List.of("views", "page views", "Visitors", "READERS", "hits!", "访问次数", "閲覧数", "i"));
    Random random = new Random(20261129);
    while (labels.size() < TEXTS) {
      StringBuilder label = new StringBuilder("x");
      for (int i = random.nextInt(30); i > 0; i--) {
        label.append((char) (' ' + 1 + random.nextInt(94)));
      }
      labels.add(label.toString());
    }
    return labels.stream()
        .map(
            label ->
                new Text(label, new BigInteger(random.nextInt(60), random), random.nextInt(3) == 0))
        .toList();
  }

  private static String svg(Text text, String style) {
    String query =
        "label=%s&style=%s&compact=%s"
            .formatted(URLEncoder.encode(text.label(), UTF_8), style, text.compact());
    HttpRequest request =
        new HttpRequest("r", "GET", "/badge.svg", query, Map.of(), null, false, "192.0.2.1");
    return BadgeRequest.of(request).image(text.count()).body();
  }

  private static double width(String svg) {
    Matcher width = WIDTH.matcher(svg);
    assertThat(width.find()).as(svg).isTrue();
    return Double.parseDouble(width.group(1));
  }

  private static List<Double> widthsOfShields(List<String> badges)
      throws IOException, InterruptedException {
    Path module = TestStack.root().resolve("local");
    NodeModules.install(module);
    Process script =
        new ProcessBuilder("node", "src/test/node/badges.js")
            .directory(module.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    Thread writer =
        new Thread(
            () -> {
              try (Writer in = script.outputWriter(UTF_8)) {
                in.write(String.join("\n", badges) + "\n");
              } catch (IOException e) {
                // the script has ended, as its answer shows
              }
            });
    writer.start();
    String printed = new String(script.getInputStream().readAllBytes(), UTF_8);
    writer.join();

    assertThat(script.waitFor()).isZero();
    return printed.lines().map(Double::valueOf).toList();
  }
}
