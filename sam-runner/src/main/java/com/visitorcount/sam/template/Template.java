package com.visitorcount.sam.template;

import com.visitorcount.sam.failure.LocalException;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.events.AliasEvent;
import org.yaml.snakeyaml.events.Event;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * A SAM template. Reading it detects invalid YAML and unknown CloudFormation functions; evaluating
 * it detects other faults, but only in what a local run needs.
 */
public final class Template {
  private static final String NAME = "template.yaml";

  private final Map<String, Parameter> parameters;
  private final Mapping root;

  private Template(Map<String, Parameter> parameters, Mapping root) {
    this.parameters = parameters;
    this.root = root;
  }

  /**
   * Reads a template.
   *
   * @throws LocalException if the file cannot be read, or is not a template
   */
  public static Template read(Path file) {
    try {
      return parse(Files.readString(file));
    } catch (IOException e) {
      throw new LocalException("The template " + file + " cannot be read.", e);
    }
  }

  /**
   * Reads a template's text.
   *
   * @throws LocalException if it is not a template
   */
  public static Template parse(String text) {
    Mapping root = Mapping.of(compose(text));
    Map<String, Parameter> parameters = new LinkedHashMap<>();
    Mapping declared = root.mapping("Parameters");
    for (String name : declared.names()) {
      parameters.put(name, Parameter.of(name, declared.mapping(name)));
    }
    return new Template(parameters, root);
  }

  private static Node compose(String text) {
    try {
      Yaml yaml = new Yaml(new LoaderOptions());
      for (Event event : yaml.parse(new StringReader(text))) {
        if (event instanceof AliasEvent) {
          throw fault(event.getStartMark().getLine() + 1, "CloudFormation knows no YAML aliases");
        }
      }
      @Nullable Node root = yaml.compose(new StringReader(text));
      if (root == null) {
        throw new LocalException(NAME + " is empty.");
      }
      requireKnownCalls(root);
      return root;
    } catch (MarkedYAMLException e) {
      @Nullable Mark mark = e.getProblemMark();
      throw fault(mark == null ? 1 : mark.getLine() + 1, "this is no YAML, " + e.getProblem());
    } catch (YAMLException e) {
      throw new LocalException(NAME + " is no YAML: " + e.getMessage() + ".", e);
    }
  }

  private static void requireKnownCalls(Node node) {
    @Nullable Call call = Call.of(node);
    if (call != null && !call.isKnown()) {
      throw Mapping.fault(node, "CloudFormation has no function " + call.function());
    }
    if (node instanceof MappingNode mapping) {
      for (NodeTuple tuple : mapping.getValue()) {
        requireKnownCalls(tuple.getValueNode());
      }
    } else if (node instanceof SequenceNode sequence) {
      sequence.getValue().forEach(Template::requireKnownCalls);
    }
  }

  static LocalException fault(int line, String fault) {
    return new LocalException(NAME + ", line " + line + ": " + fault + ".");
  }

  /** Whether the template has a parameter with this name. */
  public boolean declares(String parameter) {
    return parameters.containsKey(parameter);
  }

  /**
   * Evaluates the template.
   *
   * @param values values of parameters; the others have their defaults
   * @throws LocalException for an unknown parameter, a value that is not allowed, or a template
   *     that a local run cannot evaluate
   */
  public Stack evaluate(Map<String, String> values) {
    return evaluate(values, Map.of());
  }

  /**
   * Evaluates the template with known URLs of functions.
   *
   * @param values values of parameters; the others have their defaults
   * @param urls of functions, by logical id; the others get URLs like AWS's
   * @throws LocalException for an unknown parameter, a value that is not allowed, or a template
   *     that a local run cannot evaluate
   */
  public Stack evaluate(Map<String, String> values, Map<String, URI> urls) {
    for (String name : values.keySet()) {
      if (!declares(name)) {
        throw new LocalException(
            "The template has no parameter "
                + name
                + "; it has "
                + String.join(", ", parameters.keySet())
                + ".");
      }
    }
    Map<String, Object> parameterValues = new LinkedHashMap<>();
    parameters.forEach(
        (name, parameter) -> parameterValues.put(name, parameter.take(values.get(name))));
    Evaluator evaluator =
        new Evaluator(parameterValues, root.mapping("Conditions"), root.mapping("Resources"), urls);
    return new StackReader(evaluator, root.mapping("Globals").mapping("Function")).read();
  }
}
