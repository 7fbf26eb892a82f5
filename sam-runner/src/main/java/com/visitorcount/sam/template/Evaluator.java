package com.visitorcount.sam.template;

import com.visitorcount.sam.failure.LocalException;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * Evaluates nodes of the template on demand: to a text, a list, a map with texts as keys, or null
 * for {@code AWS::NoValue}. Numbers and Booleans are texts, as in CloudFormation.
 */
final class Evaluator {
  private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{(!?)([^}]*)}");
  private static final String FUNCTION_URL = "Url.FunctionUrl";
  private static final String NO_VALUE = "AWS::NoValue";
  private static final Map<String, String> PSEUDO_PARAMETERS =
      Map.of(
          "AWS::AccountId", Arn.ACCOUNT_ID,
          "AWS::Partition", Arn.PARTITION,
          "AWS::Region", Arn.REGION,
          "AWS::StackName", "local",
          "AWS::URLSuffix", "amazonaws.com");

  private final Map<String, Object> parameters;
  private final Mapping conditions;
  private final Mapping resources;
  private final Map<String, URI> urls;
  private final Set<String> underWay = new LinkedHashSet<>();

  Evaluator(
      Map<String, Object> parameters,
      Mapping conditions,
      Mapping resources,
      Map<String, URI> urls) {
    this.parameters = parameters;
    this.conditions = conditions;
    this.resources = resources;
    this.urls = urls;
  }

  /** The resources of a type that the template creates with these parameters, by logical id. */
  Map<String, Resource> resources(String type) {
    Map<String, Resource> found = new LinkedHashMap<>();
    for (String id : resources.names()) {
      @Nullable Resource resource = resource(id);
      if (resource != null && resource.type().equals(type)) {
        found.put(id, resource);
      }
    }
    return found;
  }

  private @Nullable Resource resource(String id) {
    @Nullable Node node = resources.node(id);
    if (node == null) {
      return null;
    }
    Mapping resource = Mapping.of(node);
    @Nullable Node type = resource.node("Type");
    if (type == null) {
      throw Mapping.fault(node, id + " has no Type");
    }
    @Nullable Node condition = resource.node("Condition");
    if (condition != null && !named(Mapping.text(condition), condition)) {
      return null;
    }
    return new Resource(id, Mapping.text(type), resource.mapping("Properties"));
  }

  @Nullable Object value(Node node) {
    @Nullable Call call = Call.of(node);
    if (call != null) {
      return value(call);
    }
    if (node instanceof ScalarNode scalar) {
      return scalar.getValue();
    }
    if (node instanceof SequenceNode sequence) {
      List<Object> list = new ArrayList<>();
      for (Node entry : sequence.getValue()) {
        @Nullable Object value = value(entry);
        if (value != null) {
          list.add(value);
        }
      }
      return list;
    }
    Map<String, Object> map = new LinkedHashMap<>();
    Mapping mapping = Mapping.of(node);
    for (String name : mapping.names()) {
      @Nullable Node entry = mapping.node(name);
      @Nullable Object value = entry == null ? null : value(entry);
      if (value != null) {
        map.put(name, value);
      }
    }
    return map;
  }

  private @Nullable Object value(Call call) {
    Node argument = call.argument();
    return switch (call.function()) {
      case "Ref" -> reference(Mapping.text(argument), argument);
      case "GetAtt" -> attribute(attributeName(argument), argument);
      case "Sub" -> substituted(argument);
      case "If" -> {
        List<Node> parts = arguments(call, 3);
        boolean holds = named(Mapping.text(parts.get(0)), argument);
        yield value(parts.get(holds ? 1 : 2));
      }
      case "Join" -> {
        List<Node> parts = arguments(call, 2);
        yield String.join(text(parts.get(0)), texts(parts.get(1)));
      }
      case "Split" -> {
        List<Node> parts = arguments(call, 2);
        yield List.of(text(parts.get(1)).split(Pattern.quote(text(parts.get(0))), -1));
      }
      case "Select" -> {
        List<Node> parts = arguments(call, 2);
        yield selected(text(parts.get(0)), texts(parts.get(1)), argument);
      }
      default -> throw unable(call);
    };
  }

  private static LocalException unable(Call call) {
    return Mapping.fault(
        call.argument(), "sam-runner cannot evaluate the function " + call.function() + " here");
  }

  private static List<Node> arguments(Call call, int count) {
    if (call.argument() instanceof SequenceNode sequence && sequence.getValue().size() == count) {
      return sequence.getValue();
    }
    throw Mapping.fault(call.argument(), call.function() + " takes a list of " + count);
  }

  private static String selected(String index, List<String> list, Node node) {
    if (!index.matches("[0-9]{1,4}") || Integer.parseInt(index) >= list.size()) {
      throw Mapping.fault(node, "there is no entry " + index + " in a list of " + list.size());
    }
    return list.get(Integer.parseInt(index));
  }

  private @Nullable Object reference(String name, Node node) {
    if (name.equals(NO_VALUE)) {
      return null;
    }
    @Nullable Object known = PSEUDO_PARAMETERS.getOrDefault(name, null);
    if (known == null) {
      known = parameters.get(name);
    }
    if (known != null) {
      return known;
    }
    @Nullable Resource resource = resource(name);
    if (resource == null) {
      throw Mapping.fault(node, name + " is neither a parameter nor a resource");
    }
    return resource.type().equals(Resource.TOPIC) ? arn(resource) : physicalName(resource);
  }

  /** The resource's name in the account. */
  String physicalName(Resource resource) {
    @Nullable Node name = resource.nameProperty();
    return name == null ? resource.id() : once(resource.id(), name, () -> text(name));
  }

  private static String attributeName(Node argument) {
    if (argument instanceof SequenceNode sequence) {
      return String.join(".", sequence.getValue().stream().map(Mapping::text).toList());
    }
    return Mapping.text(argument);
  }

  private String attribute(String name, Node node) {
    if (name.endsWith(FUNCTION_URL)) {
      return functionUrl(name.substring(0, name.length() - FUNCTION_URL.length()), node);
    }
    int dot = name.indexOf('.');
    @Nullable Resource resource = dot < 0 ? null : resource(name.substring(0, dot));
    if (resource == null) {
      throw Mapping.fault(node, name + " is no attribute of a resource");
    }
    return switch (name.substring(dot + 1)) {
      case "Arn" -> arn(resource);
      case "StreamArn" -> streamArn(resource, node);
      default -> throw Mapping.fault(node, "sam-runner does not know the attribute " + name);
    };
  }

  /** SAM creates the URL's resource, and names it after the function. */
  private String functionUrl(String functionId, Node node) {
    @Nullable Resource function = resource(functionId);
    if (function == null
        || !function.type().equals(Resource.FUNCTION)
        || function.properties().node("FunctionUrlConfig") == null) {
      throw Mapping.fault(node, functionId + " is no function with a FunctionUrlConfig");
    }
    @Nullable URI url = urls.get(functionId);
    return url == null
        ? "https://"
            + functionId.toLowerCase(Locale.ROOT)
            + ".lambda-url."
            + Arn.REGION
            + ".on.aws/"
        : url.toString();
  }

  private String streamArn(Resource resource, Node node) {
    if (!resource.hasStream()) {
      throw Mapping.fault(node, resource.id() + " has no stream");
    }
    return Arn.ofStream(physicalName(resource));
  }

  String arn(Resource resource) {
    return resource.arn(physicalName(resource));
  }

  private String substituted(Node argument) {
    if (argument instanceof SequenceNode sequence && sequence.getValue().size() == 2) {
      Node variables = sequence.getValue().get(1);
      return substituted(Mapping.text(sequence.getValue().get(0)), Mapping.of(variables), argument);
    }
    return substituted(Mapping.text(argument), Mapping.EMPTY, argument);
  }

  private String substituted(String text, Mapping variables, Node node) {
    return PLACEHOLDER
        .matcher(text)
        .replaceAll(
            match ->
                Matcher.quoteReplacement(
                    placeholder(match.group(1), match.group(2), variables, node)));
  }

  private String placeholder(String literal, String name, Mapping variables, Node node) {
    if (!literal.isEmpty()) {
      return "${" + name + "}";
    }
    @Nullable Node variable = variables.node(name);
    if (variable != null) {
      return text(variable);
    }
    @Nullable Object value = name.contains(".") ? attribute(name, node) : reference(name, node);
    if (value instanceof String text) {
      return text;
    }
    throw Mapping.fault(node, name + " is no text");
  }

  private boolean named(String condition, Node node) {
    @Nullable Node definition = conditions.node(condition);
    if (definition == null) {
      throw Mapping.fault(node, "there is no condition " + condition);
    }
    return once(condition, node, () -> holds(definition));
  }

  private boolean holds(Node node) {
    @Nullable Call call = Call.of(node);
    if (call == null) {
      throw Mapping.fault(node, "a condition belongs here");
    }
    return switch (call.function()) {
      case "Condition" -> named(Mapping.text(call.argument()), node);
      case "Not" -> !holds(arguments(call, 1).get(0));
      case "Equals" -> {
        List<Node> parts = arguments(call, 2);
        yield text(parts.get(0)).equals(text(parts.get(1)));
      }
      default -> throw unable(call);
    };
  }

  private String text(Node node) {
    if (value(node) instanceof String text) {
      return text;
    }
    throw Mapping.fault(node, "a text belongs here");
  }

  private List<String> texts(Node node) {
    if (!(value(node) instanceof List<?> list)) {
      throw Mapping.fault(node, "a list belongs here");
    }
    List<String> texts = new ArrayList<>();
    for (Object entry : list) {
      if (!(entry instanceof String text)) {
        throw Mapping.fault(node, "a list of texts belongs here");
      }
      texts.add(text);
    }
    return texts;
  }

  /** Evaluates something named, which must not refer to itself. */
  private <T> T once(String name, Node node, Supplier<T> evaluation) {
    if (!underWay.add(name)) {
      throw Mapping.fault(node, name + " depends on itself");
    }
    try {
      return evaluation.get();
    } finally {
      underWay.remove(name);
    }
  }
}
