package com.visitorcount.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class WebFilesTest {
  private static final String FLAGS = "/dashboard/flags.svg";

  private final WebFiles files = new WebFiles();

  static Set<String> paths() {
    return WebFiles.paths();
  }

  @ParameterizedTest
  @CsvSource({
    "/v.js, 1000",
    "/v.events.js, 1700",
    "/v.full.js, 2100",
    "/visitor-count.js, 1024",
    "/busuanzi.js, 900"
  })
  void find_script_fitsItsBudgetCompressed(String path, int maxBytes) {
    assertThat(file(path).gzip()).hasSizeLessThanOrEqualTo(maxBytes);
  }

  /** Languages other than English. */
  private static final Pattern LANGUAGE =
      Pattern.compile("/dashboard/(german|french|spanish|portuguese)\\.js");

  /**
   * Everything that the page needs besides its numbers, in four requests; five in another language.
   */
  @Test
  void find_dashboard_fitsItsBudgetCompressed() {
    List<String> files =
        WebFiles.paths().stream()
            .filter(path -> path.startsWith("/dashboard/") && !LANGUAGE.matcher(path).matches())
            .filter(path -> !path.equals(FLAGS))
            .toList();

    assertThat(files).hasSize(4);
    assertThat(files.stream().mapToInt(path -> file(path).gzip().length).sum())
        .isLessThanOrEqualTo(36 * 1_024);
  }

  /** They are loaded once, with the first list of countries, and after the numbers. */
  @Test
  void find_flags_fitTheirBudgetCompressed_andHaveEveryCountry() {
    String flags = text(FLAGS);

    assertThat(file(FLAGS).gzip()).hasSizeLessThanOrEqualTo(40 * 1_024);
    assertThat(Locale.getISOCountries())
        .allSatisfy(code -> assertThat(flags).contains("<symbol id=\"" + code + "\""));
    assertThat(flags).doesNotContain("<script", "<style", "href").contains("MIT License");
  }

  /** The page's script bundles all modules: each is in it, and nothing is imported. */
  @Test
  void find_dashboardScript_isAllItsModules() throws IOException, URISyntaxException {
    String script = text("/dashboard/dashboard.js");
    Path folder = Path.of(requireNonNull(WebFiles.class.getResource("/web/dashboard")).toURI());
    try (Stream<Path> modules = Files.list(folder)) {
      for (Path module :
          modules
              .filter(file -> file.toString().endsWith(".js"))
              .filter(file -> !LANGUAGE.matcher("/dashboard/" + file.getFileName()).matches())
              .toList()) {
        String body =
            Files.readString(module)
                .replaceAll("(?m)^import .*\\R", "")
                .replaceAll("(?m)^export ", "");
        assertThat(script)
            .as(module.toString())
            .contains(new ScriptSource(body).stripped().strip());
      }
    }
    assertThat(script).doesNotContain("import {", "export ", "innerHTML", "eval(");
  }

  @ParameterizedTest
  @CsvSource({
    "/v.js, /v.src.js",
    "/v.events.js, /v.events.src.js",
    "/v.full.js, /v.full.src.js",
    "/visitor-count.js, /visitor-count.src.js",
    "/busuanzi.js, /busuanzi.src.js"
  })
  void find_script_isMadeFromTheSourceBesideIt(String served, String source) {
    assertThat(text(served)).isEqualTo(new ScriptSource(text(source)).stripped());
  }

  @ParameterizedTest
  @CsvSource({"/v.js, /v.events.js", "/v.events.js, /v.full.js"})
  void find_longerTracker_isTheShorterAndMore(String shorter, String longer) {
    String tracker = text(shorter);

    assertThat(text(longer))
        .startsWith(tracker.substring(0, tracker.lastIndexOf("})()")))
        .endsWith("\n})()\n");
  }

  @Test
  void sources_areWrittenSoThatStrippingIsSafe() throws IOException, URISyntaxException {
    Path root = Path.of(requireNonNull(WebFiles.class.getResource("/web")).toURI());
    try (Stream<Path> tree = Files.walk(root)) {
      List<Path> scripts = tree.filter(file -> file.toString().endsWith(".js")).toList();
      assertThat(scripts).hasSizeGreaterThan(20);
      for (Path script : scripts) {
        assertThat(Files.readString(script).lines())
            .as(script.toString())
            .filteredOn(line -> !line.strip().startsWith("//"))
            .allSatisfy(
                line -> {
                  assertThat(line).doesNotContain("//", "/*", "`", "\\'");
                  assertThat(line.chars().filter(sign -> sign == '\'').count()).isEven();
                });
      }
    }
  }

  @ParameterizedTest
  @MethodSource("paths")
  void find_listedPath_hasTypeAndTheSameBytesCompressed(String path) throws IOException {
    WebFile file = file(path);

    assertThat(file.contentType())
        .isEqualTo(
            switch (path.substring(path.lastIndexOf('.') + 1)) {
              case "js" -> "text/javascript; charset=utf-8";
              case "css" -> "text/css; charset=utf-8";
              case "svg" -> "image/svg+xml";
              default -> "text/html; charset=utf-8";
            });
    assertThat(unzip(file.gzip())).isEqualTo(file.plain());
  }

  @ParameterizedTest
  @MethodSource("paths")
  void find_anotherTime_givesTheSameBytes(String path) {
    WebFile other = requireNonNull(new WebFiles().find(path));

    assertThat(files.find(path)).isSameAs(file(path));
    assertThat(file(path).gzip()).isEqualTo(other.gzip());
    assertThat(file(path).plain()).isEqualTo(other.plain());
  }

  @Test
  void find_dashboardPage_namesItsFilesByTheirContent() {
    List<String> names =
        Pattern.compile("(?:src|href|data-[a-z]+)=\"([^\"#]+)\"")
            .matcher(text("/dashboard/"))
            .results()
            .map(name -> "/dashboard/" + name.group(1))
            .distinct()
            .toList();

    assertThat(names)
        .hasSizeGreaterThan(3)
        .allMatch(files::isImmutable)
        .allSatisfy(
            name ->
                assertThat(files.find(name))
                    .isNotNull()
                    .isSameAs(files.find(name.replaceFirst("\\.[0-9a-f]{12}", ""))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"/dashboard/dashboard.js", "/dashboard/dashboard.0123456789ab.js", "/v.js"})
  void find_otherNames_leadToTheFileAsItIsNow(String path) {
    assertThat(files.find(path)).isNotNull();
    assertThat(files.isImmutable(path)).isFalse();
  }

  @Test
  void find_callerChangesTheBytes_fileStays() {
    byte[] bytes = file("/v.js").plain();
    bytes[0]++;

    assertThat(file("/v.js").plain()).isNotEqualTo(bytes);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "v.js",
        "/V.js",
        "/v.js/",
        "/v.js?x",
        "/v%2Ejs",
        "//v.js",
        "/./v.js",
        "/x/../v.js",
        "/../web/v.src.js",
        "/..%2fweb/v.src.js",
        "/../com/visitorcount/web/WebFiles.class",
        "/..\\v.js",
        "/v.js\0",
        "/v.0123456789ab.js",
        "/dashboard/index.0123456789ab.html",
        "/dashboard/dashboard.0123456789AB.js",
        "/dashboard/dashboard.0123456789ab.0123456789ab.js",
        "/dashboard/none.0123456789ab.js"
      })
  void find_anythingElse_isNoFile(String path) {
    assertThat(files.find(path)).isNull();
  }

  @Test
  void paths_andResources_areTheSame() throws IOException, URISyntaxException {
    Path root = Path.of(requireNonNull(WebFiles.class.getResource("/web")).toURI());
    Set<String> expected = new HashSet<>();
    try (Stream<Path> tree = Files.walk(root)) {
      for (Path file : tree.filter(Files::isRegularFile).collect(Collectors.toSet())) {
        String path = "/" + root.relativize(file).toString().replace('\\', '/');
        boolean module =
            path.startsWith("/dashboard/")
                && path.endsWith(".js")
                && !LANGUAGE.matcher(path).matches();
        expected.add(module ? "/dashboard/dashboard.js" : path.replace("index.html", ""));
        expected.add(
            module
                ? "/dashboard/dashboard.js"
                : path.replace("index.html", "").replace(".src.js", ".js"));
      }
    }

    assertThat(WebFiles.paths()).isEqualTo(expected);
  }

  private WebFile file(String path) {
    return requireNonNull(files.find(path), path);
  }

  private String text(String path) {
    return new String(file(path).plain(), UTF_8);
  }

  private static byte[] unzip(byte[] gzip) throws IOException {
    return new GZIPInputStream(new ByteArrayInputStream(gzip)).readAllBytes();
  }
}
