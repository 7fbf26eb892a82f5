package com.visitorcount.sam.template;

import com.visitorcount.sam.failure.LocalException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.Tag;

/** A mapping in the template's text, not yet evaluated: names and their nodes. */
final class Mapping {
  static final Mapping EMPTY = new Mapping(Map.of());

  private final Map<String, Node> nodes;

  private Mapping(Map<String, Node> nodes) {
    this.nodes = nodes;
  }

  /**
   * @throws LocalException if the node is not a mapping, or has a name twice
   */
  static Mapping of(Node node) {
    if (!(node instanceof MappingNode mapping) || !mapping.getTag().equals(Tag.MAP)) {
      throw fault(node, "a mapping belongs here");
    }
    Map<String, Node> nodes = new LinkedHashMap<>();
    for (NodeTuple tuple : mapping.getValue()) {
      String name = text(tuple.getKeyNode());
      if (nodes.put(name, tuple.getValueNode()) != null) {
        throw fault(tuple.getKeyNode(), name + " is there twice");
      }
    }
    return new Mapping(nodes);
  }

  /** The text of a node that must not be a function, such as a name. */
  static String text(Node node) {
    if (node instanceof ScalarNode scalar && !scalar.getTag().getValue().startsWith("!")) {
      return scalar.getValue();
    }
    throw fault(node, "a plain text belongs here");
  }

  /** A fault of the template at this node. */
  static LocalException fault(Node node, String fault) {
    return Template.fault(node.getStartMark().getLine() + 1, fault);
  }

  Set<String> names() {
    return Collections.unmodifiableSet(nodes.keySet());
  }

  @Nullable Node node(String name) {
    return nodes.get(name);
  }

  /** The mapping with this name; empty if there is none. */
  Mapping mapping(String name) {
    @Nullable Node node = nodes.get(name);
    return node == null ? EMPTY : of(node);
  }
}
