package com.visitorcount.web;

import static java.util.stream.Collectors.joining;

import java.util.regex.Pattern;

/**
 * A script as it is written. What goes over the wire is the same without comments and needless
 * blanks: nearly as small as a minifier makes it, and still readable.
 *
 * <p>It is written for that: comments fill whole lines, texts are in single quotes without an
 * escaped one, and neither texts over several lines nor blanks in a regular expression occur.
 *
 * @param text the script
 */
record ScriptSource(String text) {
  /** A text, or else a sign that is read the same without the blanks around it. */
  private static final Pattern TEXT_OR_SIGN =
      Pattern.compile("('[^']*')| *([=<>(){}\\[\\],;:?&|*]) *");

  /** The script as it is served. */
  String stripped() {
    return text.lines()
        .map(String::strip)
        .filter(line -> !line.isEmpty() && !line.startsWith("//"))
        .map(line -> TEXT_OR_SIGN.matcher(line).replaceAll("$1$2"))
        .collect(joining("\n", "", "\n"));
  }
}
