package com.visitorcount.sam.template;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * A call of a CloudFormation function, in short form ({@code !Sub text}) or long form ({@code
 * Fn::Sub: text}).
 *
 * @param function its name in short form, such as {@code Sub}
 * @param argument its argument
 */
record Call(String function, Node argument) {
  private static final String LONG_FORM = "Fn::";
  private static final Set<String> WITHOUT_PREFIX = Set.of("Ref", "Condition");

  /** All functions of CloudFormation; a local run evaluates some of them. */
  private static final Set<String> KNOWN =
      Set.of(
          "And",
          "Base64",
          "Cidr",
          "Condition",
          "Equals",
          "FindInMap",
          "GetAZs",
          "GetAtt",
          "If",
          "ImportValue",
          "Join",
          "Length",
          "Not",
          "Or",
          "Ref",
          "Select",
          "Split",
          "Sub",
          "ToJsonString",
          "Transform");

  /** The call in a node, or null if it is not one. */
  static @Nullable Call of(Node node) {
    String tag = node.getTag().getValue();
    if (tag.startsWith("!")) {
      return new Call(tag.substring(1), withoutTag(node));
    }
    if (node instanceof MappingNode mapping && mapping.getValue().size() == 1) {
      Node name = mapping.getValue().get(0).getKeyNode();
      Node argument = mapping.getValue().get(0).getValueNode();
      if (name instanceof ScalarNode scalar) {
        String text = scalar.getValue();
        if (text.startsWith(LONG_FORM)) {
          return new Call(text.substring(LONG_FORM.length()), argument);
        }
        if (WITHOUT_PREFIX.contains(text) && argument instanceof ScalarNode) {
          return new Call(text, argument);
        }
      }
    }
    return null;
  }

  boolean isKnown() {
    return KNOWN.contains(function);
  }

  private static Node withoutTag(Node node) {
    if (node instanceof MappingNode mapping) {
      return new MappingNode(
          Tag.MAP,
          true,
          mapping.getValue(),
          mapping.getStartMark(),
          mapping.getEndMark(),
          mapping.getFlowStyle());
    }
    if (node instanceof SequenceNode sequence) {
      return new SequenceNode(
          Tag.SEQ,
          true,
          sequence.getValue(),
          sequence.getStartMark(),
          sequence.getEndMark(),
          sequence.getFlowStyle());
    }
    ScalarNode scalar = (ScalarNode) node;
    return new ScalarNode(
        Tag.STR,
        true,
        scalar.getValue(),
        scalar.getStartMark(),
        scalar.getEndMark(),
        scalar.getScalarStyle());
  }
}
