package com.visitorcount.web;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class ModuleBundleTest {
  private static final Pattern DECLARED =
      Pattern.compile("(?m)^(?:export )?(?:const|let|class|(?:async )?function) (\\w+)");
  private static final Pattern IMPORTED =
      Pattern.compile("(?m)^import \\{ (\\w+(?:, \\w+)*) } from '\\./([a-z-]+)\\.js'$");
  private static final Pattern TABLE =
      Pattern.compile("const (?:PROPERTIES|TABS|STEPS|COMPARISONS|PANELS) = \\{[^}]*}");

  @Test
  void of_modulesThatImport_standAfterThoseThatTheyImport_eachOnce() {
    Map<String, String> modules =
        Map.of(
            "main", "import { a } from './a.js'\nimport { b, c } from './b-c.js'\nrun(a, b, c)\n",
            "a", "import { b } from './b-c.js'\nexport const a = b\n",
            "b-c", "export const b = 1\nexport async function c() {}\nconst own = 'export x'\n");

    assertThat(ModuleBundle.of("main", modules::get))
        .isEqualTo(
            """
            const b = 1
            async function c() {}
            const own = 'export x'
            const a = b
            run(a, b, c)
            """);
  }

  @Test
  void of_modulesThatImportEachOther_isRefused() {
    Map<String, String> modules =
        Map.of("a", "import { b } from './b.js'\n", "b", "import { a } from './a.js'\n");

    assertThatThrownBy(() -> ModuleBundle.of("a", modules::get))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("a in [a, b]");
  }

  @Test
  void dashboardModules_importOnlyWhatIsExported_andDeclareEachNameOnce() throws Exception {
    List<String> names = new ArrayList<>();
    for (Path module : dashboardModules()) {
      String source = Files.readString(module);
      DECLARED
          .matcher(source)
          .results()
          .map(found -> found.group(1))
          // languages are separate files, of which one is loaded
          .filter(name -> !name.equals("TEXTS"))
          .forEach(names::add);
      IMPORTED
          .matcher(source)
          .results()
          .forEach(
              found -> {
                String other = read(module.resolveSibling(found.group(2) + ".js"));
                for (String name : found.group(1).split(", ", -1)) {
                  assertThat(other)
                      .as("%s imports %s", module.getFileName(), name)
                      .containsPattern(
                          "(?m)^export (const|class|(async )?function) " + name + "\\b");
                  assertThat(Pattern.compile("\\b" + name + "\\b").matcher(source).results())
                      .as("%s uses %s", module.getFileName(), name)
                      .hasSizeGreaterThan(1);
                }
              });
    }

    assertThat(names).hasSizeGreaterThan(100).doesNotHaveDuplicates();
  }

  /** Every language on the page has every text, and none that is no longer used. */
  @Test
  void dashboardTexts_areThereInEveryLanguage() throws Exception {
    Path folder = dashboardModules().get(0).resolveSibling("");
    String page = Files.readString(folder.resolve("index.html"));
    StringBuilder code = new StringBuilder();
    for (Path module : dashboardModules()) {
      String source = Files.readString(module);
      if (!source.contains("export const TEXTS = {")) {
        code.append(source);
      }
    }
    Set<String> texts =
        Stream.of(
                Pattern.compile("\\bt\\((?:\\w+ \\? )?'([^']+)'").matcher(code).results(),
                Pattern.compile("\\bt\\(\\w+ \\? '[^']+' : '([^']+)'").matcher(code).results(),
                Pattern.compile("\\btext: '([^']+)'").matcher(code).results(),
                TABLE
                    .matcher(code)
                    .results()
                    .flatMap(
                        table -> Pattern.compile(": '([^']+)'").matcher(table.group()).results()),
                Pattern.compile("data-t>([^<]+)<").matcher(page).results(),
                Pattern.compile("aria-label=\"([^\"]+)\"").matcher(page).results())
            .flatMap(found -> found)
            .map(found -> found.group(1))
            .filter(text -> text.matches(".*[a-z]{2}.*"))
            .collect(Collectors.toSet());
    assertThat(texts).hasSizeGreaterThan(150);
    List<String> languages =
        Pattern.compile("data-[a-z]{2}=\"(\\w+\\.js)\"")
            .matcher(page)
            .results()
            .map(found -> found.group(1))
            .toList();
    assertThat(languages).isNotEmpty();
    for (String language : languages) {
      Map<String, String> translated = translations(read(folder.resolve(language)));
      assertThat(translated.keySet()).as(language).containsAll(texts);
      translated.forEach(
          (text, translation) -> {
            assertThat(code.toString().contains(text) || page.contains(text))
                .as("%s: %s occurs", language, text)
                .isTrue();
            assertThat(places(translation))
                .as("%s: %s", language, text)
                .containsExactlyInAnyOrderElementsOf(places(text));
          });
      assertThat(translated.keySet())
          .as("%s beside %s", language, languages.get(0))
          .isEqualTo(translations(read(folder.resolve(languages.get(0)))).keySet());
    }
  }

  private static Map<String, String> translations(String source) {
    Map<String, String> translations = new TreeMap<>();
    Pattern.compile("(?m)^  (?:'([^']+)'|(\\w+)):\\s+'([^']+)'")
        .matcher(source)
        .results()
        .forEach(
            found -> {
              String text = found.group(1) == null ? found.group(2) : found.group(1);
              assertThat(translations.put(text, found.group(3))).as("%s once", text).isNull();
            });
    return translations;
  }

  /** The placeholders, such as {0}. */
  private static List<String> places(String text) {
    return Pattern.compile("\\{\\d}").matcher(text).results().map(MatchResult::group).toList();
  }

  private static List<Path> dashboardModules() throws IOException, URISyntaxException {
    Path folder =
        Path.of(requireNonNull(WebFiles.class.getResource("/web/dashboard/main.js")).toURI())
            .resolveSibling("");
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".js")).sorted().toList();
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
