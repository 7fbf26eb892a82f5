package com.visitorcount.increment;

import static java.util.Objects.requireNonNull;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Distinguishes programs from people's browsers by user agents of at most {@value
 * UserAgents#MAX_CHARS} characters: the patterns take quadratic time.
 */
final class Bot {
  /** For historical reasons every browser claims to be one of these; few programs do. */
  private static final List<String> BROWSERS_BEGIN = List.of("Mozilla/", "Opera/");

  /**
   * A phone's model name says nothing about programs (Cubot is a brand). Apps describe the phone a
   * second time, in brackets of their own.
   */
  private static final Pattern ANDROID_MODEL =
      Pattern.compile(
          "android(?: \\(| ?[\\d.]*+\\s*+;"
              + "(?:\\s*+(?:u|[a-z]{2}(?:[-_][a-z]{2,4})?|mobile|tablet)\\s*+;){0,4}+)"
              + "(?<model>(?<=\\()[^)]*+|[^;)]*+)");

  /** No phone has these names, so they also count in place of a model. */
  private static final Pattern IN_A_MODEL =
      Pattern.compile(
          "https?:|catchpoint|headlesschrome|chrome-lighthouse|phantomjs|pingdom|ptst/"
              + "|(?:adidx|ads|ahrefs|amazon|apple|baidu|bing|cc|claude|deepseek|discord|dot|exa"
              + "|facebook|google|gpt|linkedin|mj12|msn|oai-search|perplexity|petal|semrush|seznam"
              + "|slack|telegram|twitter|uptime|yahoo|yandex|you)(?:search|images?|mobile)?-?bot"
              + "|(?:baidu|byte|sogou web |yisou|360)spider"
              + "|(?:amzn|chatgpt|claude|kimi|manus|mistralai|perplexity)-user"
              + "|gemini-deep-research|google-|googleother|meta-external|facebookexternalhit"
              + "|(?:[a-z](?<!cu)bot|crawler|spider)/\\d");

  /** Programs say "compatible;" and then what they are; these are or were browsers. */
  private static final Pattern COMPATIBLE =
      Pattern.compile(
          "compatible;"
              + "(?! ?(?:msie|u;|windows nt|opera|konqueror|ibrowse|netpositive|linux|gecko|polaris))");

  /** Programs that load images for readers. */
  private static final Pattern IMAGE_PROXY =
      Pattern.compile("\\bcamo\\b|imageproxy|imgproxy|mailproxy|image proxy|asset proxy");

  /**
   * A mark of a program.
   *
   * @param text contained in every match of the pattern, and faster to find
   * @param pattern null if the text alone is the mark
   */
  private record Mark(String text, @Nullable Pattern pattern) {
    static Mark of(String line) {
      String[] parts = line.split("\t", 2);
      return new Mark(parts[0], parts.length < 2 ? null : Pattern.compile(parts[1]));
    }

    boolean isIn(String userAgent) {
      return userAgent.contains(text) && (pattern == null || pattern.matcher(userAgent).find());
    }
  }

  private static final List<Mark> MARKS = read();

  private Bot() {}

  /** Whether a user agent is a program's, or empty. */
  static boolean is(String userAgent) {
    if (BROWSERS_BEGIN.stream().noneMatch(userAgent::startsWith)) {
      return true;
    }
    String whole = userAgent.toLowerCase(Locale.ROOT);
    if (COMPATIBLE.matcher(whole).find()) {
      return true;
    }
    Matcher model = ANDROID_MODEL.matcher(whole);
    StringBuilder rest = new StringBuilder();
    while (model.find()) {
      if (IN_A_MODEL.matcher(model.group("model")).find()) {
        return true;
      }
      model.appendReplacement(rest, "");
      rest.append(whole, model.start(), model.start("model"));
    }
    return isMarked(model.appendTail(rest).toString());
  }

  /** Whether a program loads images for readers. */
  static boolean isImageProxy(String userAgent) {
    return IMAGE_PROXY.matcher(userAgent.toLowerCase(Locale.ROOT)).find();
  }

  private static boolean isMarked(String text) {
    return MARKS.stream().anyMatch(mark -> mark.isIn(text));
  }

  private static List<Mark> read() {
    try (InputStream file =
            requireNonNull(Bot.class.getResourceAsStream("bots.txt"), "bots.txt is in this jar");
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(file, StandardCharsets.US_ASCII))) {
      return lines.lines().filter(line -> !line.startsWith("#")).map(Mark::of).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
