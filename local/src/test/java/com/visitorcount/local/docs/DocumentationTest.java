package com.visitorcount.local.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.visitorcount.http.Metric;
import com.visitorcount.local.TestStack;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.AbstractConstruct;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** The documentation matches the code. */
final class DocumentationTest {
  private static final Path ROOT = TestStack.root();
  private static final Markdown DEPLOY = Markdown.read(ROOT.resolve("docs/deploy.md"));
  private static final Markdown OPERATIONS = Markdown.read(ROOT.resolve("docs/operations.md"));
  private static final BigDecimal SECONDS_OF_A_DAY = new BigDecimal(86_400);
  private static final BigDecimal MILLION = new BigDecimal(1_000_000);

  /** Fields of log lines from Lambda, Powertools and CloudWatch, as far as queries use them. */
  private static final Set<String> FIELDS_OF_OTHERS =
      Set.of("log", "timestamp", "message", "level", "error.name", "function_request_id");

  @Test
  void links_leadToFilesAndHeadings() throws IOException {
    List<String> broken = new ArrayList<>();
    int links = 0;
    for (Markdown text : texts()) {
      for (String link : text.links()) {
        links++;
        if (!leadsSomewhere(text, link)) {
          broken.add(ROOT.relativize(text.file()) + ": " + link);
        }
      }
    }
    assertThat(broken).isEmpty();
    assertThat(links).isGreaterThan(20);
  }

  @Test
  void links_thatAreBroken_areFoundOut() {
    Markdown text = Markdown.parse(ROOT.resolve("x.md"), "# A `b`: c\n[a](#a-b-c) [b](#a-b)\n");

    assertThat(text.links()).containsExactly("#a-b-c", "#a-b");
    assertThat(leadsSomewhere(text, "#a-b-c")).isTrue();
    assertThat(leadsSomewhere(text, "#a-b")).isFalse();
    assertThat(leadsSomewhere(text, "docs/api.md#pages")).isTrue();
    assertThat(leadsSomewhere(text, "docs/api.md#chapters")).isFalse();
    assertThat(leadsSomewhere(text, "docs/none.md")).isFalse();
  }

  @Test
  void tables_areWhole() throws IOException {
    assertThat(texts()).flatExtracting(Markdown::tableFaults).isEmpty();
  }

  @Test
  void tables_thatAreBroken_areFoundOut() {
    String table = "| a | b |\n| --- | --- |\n| 1 \\| 2 | `x` |\n";

    assertThat(Markdown.parse(Path.of("x.md"), table).tableFaults()).isEmpty();
    assertThat(Markdown.parse(Path.of("x.md"), table + "\n| 3 | 4 |\n").tableFaults())
        .containsExactly("x.md, line 5: a row without a head");
    assertThat(Markdown.parse(Path.of("x.md"), table + "| 3 |\n").tableFaults())
        .containsExactly("x.md, line 4: 1 cells instead of 2");
  }

  @Test
  void alarms_allStandInTheRunbookAndInTheCosts() throws IOException {
    Set<String> alarms = alarms().keySet();

    assertThat(named(OPERATIONS.table("alarm"))).containsExactlyInAnyOrderElementsOf(alarms);
    int metrics = alarms().values().stream().mapToInt(DocumentationTest::metricsOf).sum();
    assertThat(metrics).isEqualTo(alarms.size());
    assertThat(Files.readString(ROOT.resolve("docs/cost.md")))
        .contains("| %d alarms, each on one metric".formatted(alarmsByDefault()));
  }

  @Test
  void metrics_ofTheTextsAndTheTemplate_areThoseThatThereAre() throws IOException {
    Set<String> metrics = metrics();

    assertThat(named(OPERATIONS.table("metric"))).containsExactlyInAnyOrderElementsOf(metrics);
    Set<String> metricLike = new TreeSet<>();
    for (Markdown text : texts()) {
      text.find(Pattern.compile("metrics? `([A-Za-z]+)`")).stream()
          .map(match -> match.group(1))
          .forEach(metricLike::add);
    }
    assertThat(metricLike).contains("NewPages");
    assertThat(metrics).containsAll(metricLike);
    assertThat(metricsOfTheTemplate()).isSubsetOf(metrics).contains("NewPages", "Faults");
  }

  /** A query with a field that no line has finds nothing, without an error. */
  @Test
  void queries_nameFieldsThatLinesHave() throws IOException {
    Set<String> fields = new HashSet<>(FIELDS_OF_OTHERS);
    fields.addAll(metrics());
    fields.addAll(properties());
    Set<String> used = new TreeSet<>();
    for (String query : OPERATIONS.fenced()) {
      if (query.contains("\n| ")) {
        used.addAll(fieldsOf(query));
      }
    }
    assertThat(used).contains("lagSeconds", "Views", "problem", "dropped").isSubsetOf(fields);
    assertThat(fieldsOf("# x\nfilter Vews = 1\n| stats sum(lag) as views by page\n| sort views\n"))
        .containsExactly("Vews", "lag", "page");
  }

  @Test
  void properties_allStandInTheTable() throws IOException {
    assertThat(named(OPERATIONS.table("property")))
        .containsExactlyInAnyOrderElementsOf(properties());
  }

  @Test
  void parameters_allStandInTheDeploymentGuideWithTheirDefaults() throws IOException {
    Map<String, String> told = new LinkedHashMap<>();
    for (Markdown.Row row : DEPLOY.table("parameter", "default", "meaning")) {
      List<String> names = Markdown.code(row.cells().get(0));
      List<String> defaults =
          Stream.of(row.cells().get(1).split(", ", -1))
              .map(value -> value.equals("empty") ? "" : value.replace("`", ""))
              .toList();
      for (int i = 0; i < names.size(); i++) {
        told.put(names.get(i), defaults.get(Math.min(i, defaults.size() - 1)));
      }
    }
    Map<String, String> declared = new TreeMap<>();
    section("Parameters")
        .forEach((name, parameter) -> declared.put(name, text(parameter, "Default")));
    assertThat(new TreeMap<>(told)).isEqualTo(declared);
  }

  /** The two exceptions have defaults that the checks of the template require. */
  @Test
  void parameters_areAllSetOtherwiseWhenCiChecksTheTemplate() throws IOException {
    Set<String> set = new TreeSet<>(Set.of("CreateDashboard", "DeletionProtection"));
    Pattern.compile("--param ([A-Za-z0-9]+)=")
        .matcher(Files.readString(ROOT.resolve(".ci/run")))
        .results()
        .forEach(parameter -> set.add(parameter.group(1)));
    assertThat(set).isEqualTo(new TreeSet<>(section("Parameters").keySet()));
  }

  @Test
  void tests_thatTextsName_exist() throws IOException {
    Set<String> sources = sources();
    for (Markdown text : texts()) {
      List<String> named =
          text.prose().stream()
              .flatMap(line -> Markdown.code(line).stream())
              .filter(code -> code.matches("[A-Z]\\w+(Test|Benchmark)"))
              .toList();
      assertThat(sources).as(text.file().toString()).containsAll(named);
    }
  }

  @Test
  void classes_ofTheWalks_exist() throws IOException {
    List<String> prose = Markdown.read(ROOT.resolve("docs/architecture.md")).prose();
    int start = prose.indexOf("## Four walks");
    int end = prose.indexOf("## The table `VisitorCount`");
    List<String> ofAws = List.of("UpdateItem", "BatchGetItem", "VisitorCount");

    assertThat(prose.subList(start, end).stream().flatMap(line -> Markdown.code(line).stream()))
        .filteredOn(code -> code.matches("[A-Z]\\w+") && !ofAws.contains(code))
        .hasSizeGreaterThan(30)
        .isSubsetOf(sources());
  }

  /** What an example adds is not there yet; everything else that it names is. */
  @Test
  void names_ofTheExamples_exist() throws IOException {
    Set<String> words = new HashSet<>();
    Set<String> files = new HashSet<>();
    for (Path file : sourceFiles()) {
      if (file.endsWith("DocumentationTest.java")) {
        continue;
      }
      files.add(file.getFileName().toString());
      WORD.matcher(Files.readString(file)).results().forEach(word -> words.add(word.group()));
    }
    List<String> named =
        Markdown.read(ROOT.resolve("docs/examples.md")).prose().stream()
            .flatMap(line -> Markdown.code(line).stream())
            .toList();

    assertThat(named).hasSizeGreaterThan(80);
    assertThat(named)
        .filteredOn(code -> code.matches("[\\w.-]+\\.(js|css|html|yaml|md)"))
        .filteredOn(code -> !files.contains(code))
        .isEmpty();
    assertThat(named)
        .filteredOn(code -> code.matches("\\w*[A-Z_]\\w*"))
        .filteredOn(code -> !words.contains(code) && !ADDED_BY_EXAMPLES.contains(code))
        .isEmpty();
  }

  private static final Pattern WORD = Pattern.compile("\\w+");

  private static final Set<String> ADDED_BY_EXAMPLES =
      Set.of("Language", "LANGUAGE", "LANGUAGES", "CHANGED_LANGUAGE", "dayWithLanguages");

  /** The sources of all modules, and what stands beside them. */
  private static List<Path> sourceFiles() throws IOException {
    List<Path> sources = new ArrayList<>();
    try (Stream<Path> here = Files.list(ROOT)) {
      for (Path path : here.toList()) {
        if (Files.isDirectory(path.resolve("src"))) {
          try (Stream<Path> files = Files.walk(path.resolve("src"))) {
            files
                .filter(Files::isRegularFile)
                .filter(DocumentationTest::isText)
                .forEach(sources::add);
          }
        } else if (Files.isRegularFile(path) && isText(path)) {
          sources.add(path);
        }
      }
    }
    return sources;
  }

  private static boolean isText(Path file) {
    return file.toString().matches(".*\\.(java|js|css|html|yaml|md)");
  }

  @Test
  void decisions_allStandInTheirIndex() {
    Markdown decisions = Markdown.read(ROOT.resolve("docs/decisions.md"));
    assertThat(decisions.links())
        .containsAll(
            decisions.anchors().stream()
                .filter(anchor -> !anchor.equals("decisions"))
                .map(anchor -> "#" + anchor)
                .toList());
  }

  /** The names of all classes, from their files. */
  private static Set<String> sources() throws IOException {
    Set<String> names = new HashSet<>();
    try (Stream<Path> modules = Files.list(ROOT)) {
      for (Path module : modules.filter(path -> Files.isDirectory(path.resolve("src"))).toList()) {
        try (Stream<Path> files = Files.walk(module.resolve("src"))) {
          files
              .map(file -> file.getFileName().toString())
              .filter(name -> name.endsWith(".java"))
              .forEach(name -> names.add(name.substring(0, name.length() - ".java".length())));
        }
      }
    }
    return names;
  }

  @Test
  void costsOfADay_areTheProductOfRateAndPrice() throws IOException {
    Map<String, Object> parameters = section("Parameters");
    List<Markdown.Row> rows = OPERATIONS.table("what", "a second", "$ a million", "$ a day");
    for (Markdown.Row row : rows) {
      BigDecimal day =
          new BigDecimal(row.cells().get(1))
              .multiply(SECONDS_OF_A_DAY)
              .multiply(new BigDecimal(row.cells().get(2)))
              .divide(MILLION)
              .setScale(2, RoundingMode.HALF_UP);
      assertThat(row.cells().get(3)).as(row.toString()).isEqualTo(day.toPlainString());
    }
    assertThat(rows.get(0).cells().get(1))
        .isEqualTo(text(parameters.get("MaxWriteRequestUnits"), "Default"));
    assertThat(rows.get(2).cells().get(1))
        .isEqualTo(text(parameters.get("MaxReadRequestUnits"), "Default"));
  }

  private static List<Markdown> texts() throws IOException {
    List<Markdown> texts = new ArrayList<>();
    Files.walkFileTree(
        ROOT,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            String name = String.valueOf(folder.getFileName());
            boolean others = Set.of("target", "node_modules", ".git", "src").contains(name);
            return others ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (file.toString().endsWith(".md")) {
              texts.add(Markdown.read(file));
            }
            return FileVisitResult.CONTINUE;
          }
        });
    assertThat(texts).hasSizeGreaterThan(8);
    return texts;
  }

  private static boolean leadsSomewhere(Markdown text, String link) {
    if (link.matches("[a-z]+:.*")) {
      return true;
    }
    String[] parts = link.split("#", 2);
    Path target = parts[0].isEmpty() ? text.file() : text.file().resolveSibling(parts[0]);
    if (parts.length == 1) {
      return Files.exists(target);
    }
    Markdown other = parts[0].isEmpty() ? text : null;
    return (other != null || Files.exists(target))
        && (other == null ? Markdown.read(target) : other).anchors().contains(parts[1]);
  }

  private static List<String> named(List<Markdown.Row> rows) {
    return rows.stream().flatMap(row -> Markdown.code(row.cells().get(0)).stream()).toList();
  }

  private static Set<String> metrics() {
    return Arrays.stream(Metric.values()).map(Metric::label).collect(Collectors.toSet());
  }

  /** The properties that the functions add to their records, from their sources. */
  private static Set<String> properties() throws IOException {
    Pattern note = Pattern.compile("\\.note\\(\\s*\"([A-Za-z]+)\"");
    Set<String> names = new TreeSet<>();
    for (String module : List.of("http", "increment", "read", "rollup")) {
      Path sources = ROOT.resolve("lambda-" + module).resolve("src/main/java");
      try (Stream<Path> files = Files.walk(sources)) {
        for (Path file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
          note.matcher(Files.readString(file)).results().forEach(name -> names.add(name.group(1)));
        }
      }
    }
    return names;
  }

  /** The fields of a query, without keywords, texts and its own names. */
  private static Set<String> fieldsOf(String query) {
    String bare = query.replaceAll("(?m)^#.*$", "").replaceAll("\"[^\"]*\"", "");
    Set<String> own =
        Pattern.compile(" as (\\w+)")
            .matcher(bare)
            .results()
            .map(match -> match.group(1))
            .collect(Collectors.toSet());
    Set<String> fields = new TreeSet<>();
    Pattern.compile("(?<![\\w.@])@?[A-Za-z_][\\w.]*+(?!\\()")
        .matcher(bare)
        .results()
        .map(match -> match.group().replaceFirst("^@", ""))
        .filter(name -> !own.contains(name))
        .filter(name -> !QUERY_WORDS.contains(name))
        .forEach(fields::add);
    return fields;
  }

  private static final Set<String> QUERY_WORDS =
      Set.of("fields", "filter", "stats", "sort", "limit", "by", "as", "or", "and", "desc", "asc");

  private static Map<String, Object> alarms() throws IOException {
    Map<String, Object> alarms = new TreeMap<>();
    section("Resources")
        .forEach(
            (id, resource) -> {
              if (text(resource, "Type").equals("AWS::CloudWatch::Alarm")) {
                alarms.put(id, map(resource).get("Properties"));
              }
            });
    return alarms;
  }

  /** The number of alarms, without those that a parameter switches on. */
  private static long alarmsByDefault() throws IOException {
    return section("Resources").values().stream()
        .filter(resource -> text(resource, "Type").equals("AWS::CloudWatch::Alarm"))
        .filter(resource -> !map(resource).containsKey("Condition"))
        .count();
  }

  private static int metricsOf(Object alarm) {
    if (!(map(alarm).get("Metrics") instanceof List<?> queries)) {
      return 1;
    }
    return (int) queries.stream().filter(query -> map(query).containsKey("MetricStat")).count();
  }

  private static Set<String> metricsOfTheTemplate() throws IOException {
    Set<String> metrics = new TreeSet<>();
    alarms()
        .forEach(
            (id, alarm) -> {
              if ("VisitorCount".equals(map(alarm).get("Namespace"))) {
                metrics.add(text(alarm, "MetricName"));
              }
            });
    String body =
        text(map(map(section("Resources").get("Dashboard")).get("Properties")), "DashboardBody");
    // a dot repeats the value above it
    Pattern line = Pattern.compile("\\[\"([A-Za-z./]+)\", \"([A-Za-z.]+)\",");
    String namespace = "";
    for (var match : line.matcher(body).results().toList()) {
      namespace = match.group(1).equals(".") ? namespace : match.group(1);
      if (namespace.equals("VisitorCount") && !match.group(2).equals(".")) {
        metrics.add(match.group(2));
      }
    }
    return metrics;
  }

  private static Map<String, Object> section(String name) throws IOException {
    Yaml yaml = new Yaml(new PlainConstructor());
    return map(map(yaml.load(Files.readString(TestStack.template()))).get(name));
  }

  private static String text(Object map, String name) {
    return String.valueOf(map(map).get(name));
  }

  private static Map<String, Object> map(Object value) {
    Map<String, Object> map = new LinkedHashMap<>();
    if (value instanceof Map<?, ?> entries) {
      entries.forEach((name, entry) -> map.put(String.valueOf(name), entry));
    }
    return Collections.unmodifiableMap(map);
  }

  /** Replaces calls of CloudFormation's functions by their arguments. */
  private static final class PlainConstructor extends SafeConstructor {
    PlainConstructor() {
      super(new LoaderOptions());
      yamlMultiConstructors.put(
          "!",
          new AbstractConstruct() {
            @Override
            public Object construct(Node node) {
              if (node instanceof ScalarNode scalar) {
                return scalar.getValue();
              }
              return node instanceof SequenceNode sequence
                  ? constructSequence(sequence)
                  : constructMapping((MappingNode) node);
            }
          });
    }
  }
}
