package com.visitorcount.sam.template;

import static org.assertj.core.api.Assertions.assertThat;

import com.visitorcount.history.ConsistencyReport;
import com.visitorcount.local.TestStack;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Rules for the project's template that no template tool checks. */
final class ProjectTemplateTest {
  private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([A-Za-z0-9:]+)[^}]*}");

  /** Properties of a function that are not part of a published version. */
  private static final Set<String> OUTSIDE_A_VERSION =
      Set.of("Events", "FunctionUrlConfig", "ReservedConcurrentExecutions", "Role");

  /** SAM does not publish a version for a new parameter value: the marker must change with it. */
  @Test
  void configVersion_hasEveryParameterThatAVersionHolds() throws IOException {
    String text = template();
    Set<String> held = held(text);

    assertThat(held).contains("AllowedOrigins", "TableNamePrefix", "MemorySize", "JavaRuntime");
    assertThat(marked(text)).isEqualTo(held);
  }

  @Test
  void configVersion_withoutOneOfThem_isFoundOut() throws IOException {
    String text = template();
    for (String parameter : held(text)) {
      String entry = parameter + (parameter.equals("StatisticsShareSecret") ? "]" : "\n");
      int content = text.indexOf("Content: !Join");
      int place = text.indexOf("!Ref " + entry, content);
      String without =
          text.substring(0, place) + text.substring(place).replaceFirst(parameter, "AWS::Region");

      assertThat(held(without)).as(parameter).isEqualTo(held(text));
      Set<String> lacking = new TreeSet<>(held(without));
      lacking.removeAll(marked(without));
      assertThat(lacking).containsExactly(parameter);
    }
  }

  /**
   * Two stacks in one account: each name is unique to its stack, or has the prefix of the tables.
   */
  @Test
  void names_ofTwoStacks_differ() throws IOException {
    Mapping resources = Mapping.of(compose(template())).mapping("Resources");
    Set<String> named = new TreeSet<>();
    for (String id : resources.names()) {
      Mapping properties = resources.mapping(id).mapping("Properties");
      boolean inAnother = properties.node("ApplicationId") != null;
      for (String property : properties.names()) {
        if (property.equals("MetricName") || !property.endsWith("Name") || inAnother) {
          continue;
        }
        named.add(id);
        assertThat(references(properties.node(property)))
            .as(id + "." + property)
            .containsAnyOf("AWS::StackName", "TableNamePrefix");
      }
    }
    assertThat(named)
        .contains("VisitorCountTable", "VisitorHistoryTable", "IncrementLogGroup", "Dashboard");
  }

  /** Otherwise CloudFormation requests a version of an unchanged function, and fails. */
  @Test
  void release_isThePoms() throws IOException {
    Matcher version =
        Pattern.compile("<version>([^<]+)</version>")
            .matcher(Files.readString(TestStack.root().resolve("pom.xml")));
    assertThat(version.find()).isTrue();

    assertThat(project().functions())
        .hasSizeGreaterThan(3)
        .allSatisfy(
            function ->
                assertThat(function.environment()).containsEntry("RELEASE", version.group(1)));
  }

  /** Case C24: ten attempts are used up within minutes. Older records are no longer pending. */
  @Test
  void batches_areTriedUntilTheyAreHalfADayOld() throws IOException {
    List<StreamTrigger> streams =
        project().functions().stream().flatMap(function -> function.streams().stream()).toList();

    assertThat(streams).hasSize(1);
    assertThat(streams.get(0).maxRetries()).isEmpty();
    assertThat(streams.get(0).maxRecordAge()).contains(Duration.ofHours(12));
    assertThat(streams.get(0).maxRecordAge()).contains(ConsistencyReport.MAX_DELAY);
  }

  /** Lambda makes functions inactive that are not called for two weeks. */
  @Test
  void functionsThatWaitForVisitors_areCalledEachDay() throws IOException {
    assertThat(project().functions())
        .filteredOn(function -> function.url() != null)
        .hasSize(2)
        .allSatisfy(
            function ->
                assertThat(function.schedules())
                    .extracting(ScheduleTrigger::expression)
                    .containsExactly("rate(1 day)"));
  }

  @Test
  void samconfig_namesParametersThatThereAre() throws IOException {
    Map<String, String> values = new HashMap<>();
    Pattern.compile("^  \"([A-Za-z0-9]+)=([^\"]*)\",$", Pattern.MULTILINE)
        .matcher(Files.readString(TestStack.root().resolve("samconfig.toml")))
        .results()
        .forEach(override -> values.put(override.group(1), override.group(2)));

    assertThat(values).containsOnlyKeys("AllowedOrigins");
    assertThat(Template.parse(template()).evaluate(values).functions()).isNotEmpty();
  }

  private static Stack project() throws IOException {
    return Template.parse(template()).evaluate(Map.of());
  }

  private static String template() throws IOException {
    return Files.readString(TestStack.template());
  }

  private static Set<String> held(String text) {
    Mapping root = Mapping.of(compose(text));
    Mapping resources = root.mapping("Resources");
    Set<String> names = new TreeSet<>();
    names.addAll(inVersion(root.mapping("Globals").mapping("Function")));
    for (String id : resources.names()) {
      Node type = resources.mapping(id).node("Type");
      if (Mapping.text(type).equals(Resource.FUNCTION)) {
        names.addAll(inVersion(resources.mapping(id).mapping("Properties")));
      }
    }
    return parameters(root, names);
  }

  private static Set<String> inVersion(Mapping properties) {
    Set<String> names = new HashSet<>();
    for (String property : properties.names()) {
      if (!OUTSIDE_A_VERSION.contains(property)) {
        names.addAll(references(properties.node(property)));
      }
    }
    return names;
  }

  private static Set<String> marked(String text) {
    Mapping root = Mapping.of(compose(text));
    Mapping marker = root.mapping("Resources").mapping("ConfigVersion").mapping("Properties");
    return parameters(root, references(marker.node("Content")));
  }

  /** The parameters among these names, and those that determine the names of these resources. */
  private static Set<String> parameters(Mapping root, Set<String> names) {
    Set<String> parameters = new TreeSet<>();
    for (String name : names) {
      if (root.mapping("Parameters").node(name) != null) {
        parameters.add(name);
      }
      Mapping properties = root.mapping("Resources").mapping(name).mapping("Properties");
      for (String property : properties.names()) {
        if (property.endsWith("Name")) {
          parameters.addAll(parameters(root, references(properties.node(property))));
        }
      }
    }
    return parameters;
  }

  /** All names in {@code Ref}, {@code GetAtt} and {@code Sub} within a node. */
  private static Set<String> references(Node node) {
    Set<String> names = new TreeSet<>();
    Call call = Call.of(node);
    if (call != null) {
      switch (call.function()) {
        case "Ref" -> names.add(Mapping.text(call.argument()));
        case "GetAtt" -> names.add(Mapping.text(call.argument()).replaceFirst("\\..*", ""));
        case "Sub" -> {
          Matcher placeholders = PLACEHOLDER.matcher(Mapping.text(call.argument()));
          while (placeholders.find()) {
            names.add(placeholders.group(1));
          }
        }
        default -> names.addAll(references(call.argument()));
      }
    } else if (node instanceof SequenceNode sequence) {
      sequence.getValue().forEach(entry -> names.addAll(references(entry)));
    } else if (node instanceof MappingNode mapping) {
      for (NodeTuple tuple : mapping.getValue()) {
        names.addAll(references(tuple.getValueNode()));
      }
    }
    return names;
  }

  private static Node compose(String text) {
    return new Yaml(new LoaderOptions()).compose(new StringReader(text));
  }
}
