package com.visitorcount.sam.template;

import com.visitorcount.sam.failure.LocalException;
import java.math.BigDecimal;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** A parameter of the template, with CloudFormation's constraints on its values. */
final class Parameter {
  private enum Type {
    STRING("String"),
    NUMBER("Number"),
    LIST("CommaDelimitedList");

    private final String text;

    Type(String text) {
      this.text = text;
    }
  }

  private final String name;
  private final Type type;
  private final Mapping declaration;

  private Parameter(String name, Type type, Mapping declaration) {
    this.name = name;
    this.type = type;
    this.declaration = declaration;
  }

  /**
   * @throws LocalException for a type that a local run does not support
   */
  static Parameter of(String name, Mapping declaration) {
    @Nullable String text = text(declaration, "Type");
    return Stream.of(Type.values())
        .filter(type -> type.text.equals(text))
        .findFirst()
        .map(type -> new Parameter(name, type, declaration))
        .orElseThrow(
            () ->
                new LocalException(
                    "Parameter " + name + " has the type " + text + ", which local cannot read."));
  }

  /**
   * The value as the template's functions see it: a text, or a list of texts.
   *
   * @param given null: the default
   * @throws LocalException if the value is not allowed, or there is none
   */
  Object take(@Nullable String given) {
    @Nullable String value = given == null ? text(declaration, "Default") : given;
    if (value == null) {
      throw new LocalException("Parameter " + name + " needs a value.");
    }
    if (type == Type.LIST) {
      List<String> entries = Stream.of(value.split(",", -1)).map(String::strip).toList();
      entries.forEach(entry -> requirePermitted(entry, value));
      return entries;
    }
    requirePermitted(value, value);
    return value;
  }

  private void requirePermitted(String entry, String value) {
    @Nullable String fault = fault(entry);
    if (fault != null) {
      @Nullable String description = text(declaration, "ConstraintDescription");
      String rule = description == null ? fault : description.strip().replaceAll("\\.$", "");
      throw new LocalException("Parameter " + name + " cannot be " + value + ": " + rule + ".");
    }
  }

  private @Nullable String fault(String entry) {
    @Nullable Node allowed = declaration.node("AllowedValues");
    if (allowed instanceof SequenceNode sequence
        && sequence.getValue().stream().map(Mapping::text).noneMatch(entry::equals)) {
      return "it must be one of the allowed values";
    }
    @Nullable String pattern = text(declaration, "AllowedPattern");
    if (pattern != null && !Pattern.matches(pattern, entry)) {
      return "it must match " + pattern;
    }
    return type == Type.NUMBER
        ? rangeFault(number(entry), "it ", "MinValue", "MaxValue")
        : rangeFault(new BigDecimal(entry.length()), "its length ", "MinLength", "MaxLength");
  }

  private BigDecimal number(String entry) {
    try {
      return new BigDecimal(entry);
    } catch (NumberFormatException e) {
      throw new LocalException("Parameter " + name + " must be a number, not " + entry + ".", e);
    }
  }

  private @Nullable String rangeFault(BigDecimal number, String what, String min, String max) {
    @Nullable String least = text(declaration, min);
    if (least != null && number.compareTo(new BigDecimal(least)) < 0) {
      return what + "must be at least " + least;
    }
    @Nullable String most = text(declaration, max);
    if (most != null && number.compareTo(new BigDecimal(most)) > 0) {
      return what + "must be at most " + most;
    }
    return null;
  }

  private static @Nullable String text(Mapping declaration, String name) {
    @Nullable Node node = declaration.node(name);
    return node == null ? null : Mapping.text(node);
  }
}
