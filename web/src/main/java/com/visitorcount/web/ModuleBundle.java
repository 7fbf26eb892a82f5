package com.visitorcount.web;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * Bundles ES modules into one, so that a page of many modules takes one request: their texts in
 * sequence, each after those that it imports, without the import lines.
 *
 * <p>Modules must be written for this: an import is a line {@code import { a, b } from
 * './other.js'}, exports are declared in place, no two modules declare the same top-level name, and
 * no two import each other.
 */
final class ModuleBundle {
  private static final Pattern IMPORT =
      Pattern.compile("(?m)^import \\{ \\w+(?:, \\w+)* } from '\\./([a-z-]+)\\.js'\\R");
  private static final Pattern EXPORT =
      Pattern.compile("(?m)^export (?=const|let|class|function|async function)");

  private final UnaryOperator<String> sources;
  private final Set<String> begun = new LinkedHashSet<>();
  private final Map<String, String> texts = new LinkedHashMap<>();

  private ModuleBundle(UnaryOperator<String> sources) {
    this.sources = sources;
  }

  /**
   * Bundles a module with everything that it imports.
   *
   * @param entry name of the module, without {@code .js}
   * @param sources gives the text of a module by its name
   * @throws IllegalStateException if modules import each other
   */
  static String of(String entry, UnaryOperator<String> sources) {
    ModuleBundle bundle = new ModuleBundle(sources);
    bundle.add(entry);
    return String.join("", bundle.texts.values());
  }

  private void add(String name) {
    if (texts.containsKey(name)) {
      return;
    }
    if (!begun.add(name)) {
      throw new IllegalStateException("Modules import each other: " + name + " in " + begun);
    }
    String source = sources.apply(name);
    IMPORT.matcher(source).results().forEach(found -> add(found.group(1)));
    texts.put(name, EXPORT.matcher(IMPORT.matcher(source).replaceAll("")).replaceAll(""));
  }
}
