package com.visitorcount.local.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.visitorcount.local.TestStack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every dependency of the build has a line in {@code docs/decisions.md} that says why. */
final class DependencyTableTest {
  private static final Pattern COMMENT = Pattern.compile("<!--.*?-->", Pattern.DOTALL);
  private static final Pattern LIBRARY =
      Pattern.compile(
          "<(?:dependency|path)>\\s*<groupId>([^<]+)</groupId>\\s*<artifactId>([^<]+)</artifactId>");
  private static final Pattern PLUGIN =
      Pattern.compile(
          "<plugin>\\s*(?:<groupId>[^<]+</groupId>\\s*)?<artifactId>([^<]+)</artifactId>");
  private static final Pattern NODE_MODULES =
      Pattern.compile("\"(?:d|devD)ependencies\": \\{([^}]*)}");

  private static final Pattern NODE_MODULE = Pattern.compile("\"([^\"]+)\":");

  @Test
  void table_hasWhatThePomsName() throws IOException {
    Markdown decisions = Markdown.read(TestStack.root().resolve("docs/decisions.md"));
    Set<String> told = new TreeSet<>();
    for (Markdown.Row row : decisions.table("library", "where", "why")) {
      told.addAll(Markdown.code(row.cells().get(0)));
      assertThat(row.cells().get(2)).as(row.toString()).isNotEmpty();
    }
    for (Markdown.Row row : decisions.table("plugin", "why")) {
      told.addAll(Markdown.code(row.cells().get(0)));
      assertThat(row.cells().get(1)).as(row.toString()).isNotEmpty();
    }

    assertThat(told).isEqualTo(named());
  }

  private static Set<String> named() throws IOException {
    Set<String> names = new TreeSet<>();
    for (Path pom : poms()) {
      String text = COMMENT.matcher(Files.readString(pom)).replaceAll("");
      LIBRARY
          .matcher(text)
          .results()
          .filter(library -> !library.group(1).equals("com.visitorcount"))
          .forEach(library -> names.add(library.group(2)));
      PLUGIN.matcher(text).results().forEach(plugin -> names.add(plugin.group(1)));
    }
    for (String module : List.of("sam-runner", "local", "benchmarks")) {
      NODE_MODULES
          .matcher(Files.readString(TestStack.root().resolve(module + "/package.json")))
          .results()
          .flatMap(modules -> NODE_MODULE.matcher(modules.group(1)).results())
          .forEach(library -> names.add(library.group(1)));
    }
    assertThat(names).contains("dynamodb", "nullaway", "maven-shade-plugin", "dynalite", "isbot");
    return names;
  }

  private static List<Path> poms() throws IOException {
    try (Stream<Path> folders = Files.list(TestStack.root())) {
      List<Path> poms =
          Stream.concat(Stream.of(TestStack.root()), folders)
              .map(folder -> folder.resolve("pom.xml"))
              .filter(Files::exists)
              .toList();
      assertThat(poms).hasSizeGreaterThan(8);
      return poms;
    }
  }
}
