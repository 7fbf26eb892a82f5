package com.visitorcount.sam.template;

import com.visitorcount.sam.failure.LocalException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Evaluated properties of a resource, with checked types. */
final class Properties {
  private final String owner;
  private final Function<String, @Nullable Object> values;

  /**
   * @param owner whose properties they are, for messages
   * @param values gives the value of a property, or null
   */
  Properties(String owner, Function<String, @Nullable Object> values) {
    this.owner = owner;
    this.values = values;
  }

  LocalException fault(String fault) {
    return new LocalException("The template's " + owner + ": " + fault + ".");
  }

  Optional<String> text(String name) {
    @Nullable Object value = values.apply(name);
    if (value == null) {
      return Optional.empty();
    }
    if (value instanceof String text) {
      return Optional.of(text);
    }
    throw fault(name + " must be a text");
  }

  String requiredText(String name) {
    return text(name).orElseThrow(() -> fault(name + " is missing"));
  }

  OptionalInt wholeNumber(String name) {
    Optional<String> text = text(name);
    if (text.isEmpty()) {
      return OptionalInt.empty();
    }
    try {
      return OptionalInt.of(Integer.parseInt(text.get()));
    } catch (NumberFormatException e) {
      throw fault(name + " must be a whole number, not " + text.get());
    }
  }

  /** Whether a switch is on; off if the property is absent. */
  boolean flag(String name) {
    return switch (text(name).orElse("false")) {
      case "true" -> true;
      case "false" -> false;
      default -> throw fault(name + " must be true or false");
    };
  }

  /** A list of texts or a single one, since IAM accepts both; none if the property is absent. */
  List<String> texts(String name) {
    @Nullable Object value = values.apply(name);
    List<String> texts = new ArrayList<>();
    for (Object entry : list(value)) {
      if (!(entry instanceof String text)) {
        throw fault(name + " must be a list of texts");
      }
      texts.add(text);
    }
    return texts;
  }

  /** A list of mappings or a single one; none if the property is absent. */
  List<Properties> all(String name) {
    @Nullable Object value = values.apply(name);
    return list(value).stream().map(entry -> new Properties(owner, map(name, entry)::get)).toList();
  }

  /** The mapping with this name; empty if it is absent. */
  Properties in(String name) {
    return new Properties(owner, map(name, values.apply(name))::get);
  }

  /** The names in the mapping with this name; none if it is absent. */
  Set<String> names(String name) {
    return map(name, values.apply(name)).keySet();
  }

  /** The mappings inside the mapping with this name, by their names. */
  Map<String, Properties> inEach(String name) {
    Map<String, Properties> each = new LinkedHashMap<>();
    map(name, values.apply(name))
        .forEach((key, value) -> each.put(key, new Properties(owner, map(key, value)::get)));
    return each;
  }

  Map<String, String> textsByName(String name) {
    Map<String, String> texts = new LinkedHashMap<>();
    map(name, values.apply(name))
        .forEach(
            (key, value) -> {
              if (!(value instanceof String text)) {
                throw fault(key + " must be a text");
              }
              texts.put(key, text);
            });
    return texts;
  }

  private static List<?> list(@Nullable Object value) {
    if (value == null) {
      return List.of();
    }
    return value instanceof List<?> list ? list : List.of(value);
  }

  private Map<String, Object> map(String name, @Nullable Object value) {
    if (value == null) {
      return Map.of();
    }
    if (!(value instanceof Map<?, ?> map)) {
      throw fault(name + " must be a mapping");
    }
    Map<String, Object> copy = new LinkedHashMap<>();
    map.forEach((key, entry) -> copy.put((String) key, entry));
    return copy;
  }

  /** Reports a fault if any of these properties is present. */
  void refuse(Set<String> names) {
    for (String name : names) {
      if (values.apply(name) != null) {
        throw fault("sam-runner does not understand " + name);
      }
    }
  }
}
