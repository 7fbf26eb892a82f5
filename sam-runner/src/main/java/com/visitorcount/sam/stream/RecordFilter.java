package com.visitorcount.sam.stream;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.visitorcount.sam.failure.LocalException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The filter criteria of a mapping: event patterns, of which a record must match one. It supports
 * texts, {@code prefix}, {@code exists} and {@code anything-but} of AWS's pattern language.
 */
final class RecordFilter {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String PREFIX = "prefix";
  private static final String EXISTS = "exists";
  private static final String ANYTHING_BUT = "anything-but";
  private static final Set<String> CONDITIONS = Set.of(PREFIX, EXISTS, ANYTHING_BUT);

  private final List<JsonNode> patterns;

  private RecordFilter(List<JsonNode> patterns) {
    this.patterns = patterns;
  }

  /**
   * Reads the patterns.
   *
   * @param patterns JSON; none: every record matches
   * @throws LocalException for an invalid or unsupported pattern
   */
  static RecordFilter of(List<String> patterns) {
    return new RecordFilter(patterns.stream().map(RecordFilter::parsed).toList());
  }

  private static JsonNode parsed(String text) {
    try {
      JsonNode pattern = JSON.readTree(text);
      if (!pattern.isObject() || !isKnown(pattern)) {
        throw new LocalException("sam-runner does not understand the filter pattern " + text + ".");
      }
      return pattern;
    } catch (JsonProcessingException e) {
      throw new LocalException("The filter pattern " + text + " is no JSON.", e);
    }
  }

  private static boolean isKnown(JsonNode pattern) {
    for (Map.Entry<String, JsonNode> field : pattern.properties()) {
      JsonNode value = field.getValue();
      boolean known =
          value.isObject()
              ? isKnown(value)
              : value.isArray() && !value.isEmpty() && all(value, RecordFilter::isKnownCondition);
      if (!known || field.getKey().startsWith("$")) {
        return false;
      }
    }
    return !pattern.isEmpty();
  }

  private static boolean isKnownCondition(JsonNode condition) {
    if (condition.isTextual()) {
      return true;
    }
    if (condition.size() != 1 || !CONDITIONS.contains(condition.fieldNames().next())) {
      return false;
    }
    JsonNode argument = condition.elements().next();
    return switch (condition.fieldNames().next()) {
      case PREFIX -> argument.isTextual();
      case EXISTS -> argument.isBoolean();
      default -> argument.isTextual() || (argument.isArray() && all(argument, JsonNode::isTextual));
    };
  }

  private static boolean all(JsonNode array, Predicate<JsonNode> predicate) {
    for (JsonNode entry : array) {
      if (!predicate.test(entry)) {
        return false;
      }
    }
    return true;
  }

  boolean matches(JsonNode record) {
    return patterns.isEmpty() || patterns.stream().anyMatch(pattern -> matches(pattern, record));
  }

  private static boolean matches(JsonNode pattern, JsonNode value) {
    for (Map.Entry<String, JsonNode> field : pattern.properties()) {
      JsonNode inner = value.path(field.getKey());
      boolean matches =
          field.getValue().isObject()
              ? matches(field.getValue(), inner)
              : !all(field.getValue(), condition -> !meets(inner, condition));
      if (!matches) {
        return false;
      }
    }
    return true;
  }

  /** A list meets a condition if one of its entries does. */
  private static boolean meets(JsonNode value, JsonNode condition) {
    if (condition.has(EXISTS)) {
      boolean exists = value.isValueNode() || value.isArray();
      return exists == condition.get(EXISTS).asBoolean();
    }
    if (value.isArray()) {
      return !all(value, entry -> !meets(entry, condition));
    }
    if (!value.isValueNode()) {
      return false;
    }
    if (condition.isTextual()) {
      return condition.equals(value);
    }
    if (condition.has(PREFIX)) {
      return value.isTextual() && value.asText().startsWith(condition.get(PREFIX).asText());
    }
    JsonNode others = condition.get(ANYTHING_BUT);
    return others.isArray() ? all(others, other -> !other.equals(value)) : !others.equals(value);
  }
}
