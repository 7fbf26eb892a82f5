package com.visitorcount.web;

import static java.util.stream.Collectors.joining;

import java.util.regex.Pattern;

/**
 * A script as it is written. It is served without comments and needless blanks: nearly as small as
 * from a minifier, and still readable.
 *
 * <p>Scripts must be written for this: comments fill whole lines, texts are in single quotes
 * without an escaped one, and there are no multi-line texts and no blanks in regular expressions.
 *
 * @param text the script
 */
record ScriptSource(String text) {
  /** A text, or a sign that means the same without the blanks around it. */
  private static final Pattern TEXT_OR_SIGN =
      Pattern.compile("('[^']*')| *([=<>(){}\\[\\],;:?&|*]) *");

  /** The script as served. */
  String stripped() {
    return text.lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty() && !line.startsWith("//"))
        .map(line -> TEXT_OR_SIGN.matcher(line).replaceAll("$1$2"))
        .collect(joining("\n", "", "\n"));
  }
}
