package com.visitorcount.http;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads a function's environment variables, and gathers all that is wrong with them, so that a bad
 * deployment fails at its start with the whole list.
 */
public final class Environment {
  private final Map<String, String> variables;
  private final List<String> faults = new ArrayList<>();

  public Environment(Map<String, String> variables) {
    this.variables = Map.copyOf(variables);
  }

  /** A variable that must be there; an empty text, and a fault, where it is not. */
  public String required(String name) {
    @Nullable String value = variables.get(name);
    if (value == null || value.isBlank()) {
      faults.add(name + " is missing");
      return "";
    }
    return value;
  }

  /** A variable that may be absent; an empty text then. */
  public String optional(String name) {
    return variables.getOrDefault(name, "").strip();
  }

  /**
   * The entries of a comma-separated variable, without blanks around them; none where it is absent.
   */
  public Set<String> list(String name) {
    Set<String> entries = new LinkedHashSet<>();
    for (String entry : variables.getOrDefault(name, "").split(",", -1)) {
      if (!entry.isBlank()) {
        entries.add(entry.strip());
      }
    }
    return entries;
  }

  /** Whether a switch is on; off where the variable is absent. */
  public boolean flag(String name) {
    String value = variables.getOrDefault(name, "false");
    if (!value.equals("true") && !value.equals("false")) {
      faults.add(name + " must be true or false");
    }
    return value.equals("true");
  }

  /** Adds a fault, in words that name the variable. */
  public void fault(String fault) {
    faults.add(fault);
  }

  /**
   * Ends the start of the function if anything was wrong.
   *
   * @throws IllegalStateException with every fault found so far
   */
  public void requireFaultless() {
    if (!faults.isEmpty()) {
      throw new IllegalStateException(
          "The function's environment is wrong: " + String.join("; ", faults));
    }
  }
}
