package com.visitorcount.local.packaged;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.visitorcount.local.TestStack;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;

/**
 * The build makes a notice for each function's jar; the repository's NOTICE has the lines of all.
 */
final class NoticeTest {
  private static final Path ROOT = TestStack.root();
  private static final List<String> MODULES =
      List.of("lambda-increment", "lambda-read", "lambda-rollup");
  private static final Pattern LIBRARY =
      Pattern.compile("(?m)^(\\S+): ([a-z0-9.-]+):([a-z0-9.-]+):(\\S+)$");

  @Test
  void notice_isWhatTheJarsSay() throws IOException {
    Set<String> said = new TreeSet<>();
    for (String module : MODULES) {
      String notice = entry(module, "META-INF/NOTICE");

      assertThat(LIBRARY.matcher(notice).results()).as(module).hasSizeGreaterThan(40);
      said.addAll(notice.lines().toList());
    }

    assertThat(new TreeSet<>(Files.readAllLines(ROOT.resolve("NOTICE"))))
        .as("NOTICE must have the lines of each lambda-*/target/*-function.jar's META-INF/NOTICE")
        .isEqualTo(said);
  }

  @Test
  void licences_ofAllLibraries_areInEachJar() throws IOException {
    String texts = Files.readString(ROOT.resolve("licenses/libraries.txt"));
    Set<String> licences = new TreeSet<>();
    LIBRARY
        .matcher(Files.readString(ROOT.resolve("NOTICE")))
        .results()
        .forEach(
            library -> {
              licences.add(library.group(1));
              if (!library.group(1).equals("Apache-2.0")) {
                assertThat(texts)
                    .contains(
                        "== %s: %s:%s\n"
                            .formatted(library.group(1), library.group(2), library.group(3)));
              }
            });

    assertThat(licences).containsExactly("Apache-2.0", "BSD-2-Clause", "MIT", "MIT-0");
    assertThat(texts).contains("== Apache-2.0\n");
    for (String module : MODULES) {
      assertThat(entry(module, "META-INF/LICENSE")).as(module).isEqualTo(texts);
    }
  }

  @Test
  void flags_areOfThePackageThatTheNoticeNames() throws IOException {
    String flags = Files.readString(ROOT.resolve("web/src/main/resources/web/dashboard/flags.svg"));
    String made = flags.lines().skip(1).findFirst().orElseThrow();
    String version = made.replaceAll(".*country-flag-icons ([0-9.]+):", "$1");

    assertThat(version).matches("[0-9.]+");
    assertThat(Files.readString(ROOT.resolve("local/package.json")))
        .contains("\"country-flag-icons\": \"" + version + "\"");
    assertThat(Files.readString(ROOT.resolve("NOTICE")))
        .contains("country-flag-icons " + version + " (npm)");
    assertThat(Files.readString(ROOT.resolve("licenses/libraries.txt")))
        .contains("== MIT: country-flag-icons (npm)\n");
  }

  @Test
  void program_hasItsOwnNoticeAndAllLicences() throws IOException {
    Path jar = ROOT.resolve("cli/target/visitorcount.jar");
    String texts = Files.readString(ROOT.resolve("licenses/libraries.txt"));
    String notice = entry(jar, "META-INF/NOTICE");

    assertThat(LIBRARY.matcher(notice).results()).hasSizeGreaterThan(25);
    assertThat(notice).contains("info.picocli:picocli:", "de.siegmar:fastcsv:");
    LIBRARY
        .matcher(notice)
        .results()
        .filter(library -> !library.group(1).equals("Apache-2.0"))
        .forEach(
            library ->
                assertThat(texts)
                    .contains(
                        "== %s: %s:%s\n"
                            .formatted(library.group(1), library.group(2), library.group(3))));
    assertThat(entry(jar, "META-INF/LICENSE")).isEqualTo(texts);
  }

  private static String entry(String module, String name) throws IOException {
    return entry(ROOT.resolve(module).resolve("target").resolve(module + "-function.jar"), name);
  }

  private static String entry(Path jar, String name) throws IOException {
    try (ZipFile zip = new ZipFile(jar.toFile())) {
      ZipEntry entry = zip.getEntry(name);
      assertThat(entry).as("%s in %s", name, jar).isNotNull();
      try (InputStream content = zip.getInputStream(entry)) {
        return new String(content.readAllBytes(), UTF_8);
      }
    }
  }
}
