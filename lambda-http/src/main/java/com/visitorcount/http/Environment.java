package com.visitorcount.http;

import com.visitorcount.page.PageRules;
import com.visitorcount.page.SiteAliases;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads a function's environment variables and collects all faults, so that a bad deployment fails
 * at start with the complete list.
 */
public final class Environment {
  private static final Pattern HEADER_NAME = Pattern.compile("[A-Za-z0-9-]{0,64}");

  private final Map<String, String> variables;
  private final List<String> faults = new ArrayList<>();

  public Environment(Map<String, String> variables) {
    this.variables = Map.copyOf(variables);
  }

  /** A required variable; if it is absent, an empty text and a fault. */
  public String required(String name) {
    @Nullable String value = variables.get(name);
    if (value == null || value.isBlank()) {
      faults.add(name + " is missing");
      return "";
    }
    return value;
  }

  /** An optional variable; empty if it is absent. */
  public String optional(String name) {
    return variables.getOrDefault(name, "").strip();
  }

  /**
   * The entries of a comma-separated variable, without blanks around them; none if it is absent.
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

  /** The settings for page ids: {@code KEPT_QUERY_PARAMETERS} and {@code SITE_ALIASES}. */
  public PageRules pageRules() {
    SiteAliases aliases = SiteAliases.NONE;
    try {
      aliases = SiteAliases.of(list("SITE_ALIASES"));
    } catch (IllegalArgumentException e) {
      fault("SITE_ALIASES: " + e.getMessage());
    }
    return new PageRules(list("KEPT_QUERY_PARAMETERS"), aliases);
  }

  /** Whether a switch is on; off if the variable is absent. */
  public boolean flag(String name) {
    String value = variables.getOrDefault(name, "false");
    if (!value.equals("true") && !value.equals("false")) {
      faults.add(name + " must be true or false");
    }
    return value.equals("true");
  }

  /** A whole number from {@code min} to {@code max}; {@code min} if the variable is absent. */
  public int wholeNumber(String name, int min, int max) {
    try {
      int number = Integer.parseInt(variables.getOrDefault(name, Integer.toString(min)));
      if (number >= min && number <= max) {
        return number;
      }
    } catch (NumberFormatException e) {
      // reported below
    }
    faults.add(name + " must be a whole number from " + min + " to " + max);
    return min;
  }

  /** The name of a header in lower case; empty if the variable is absent. */
  public String headerName(String name) {
    String header = optional(name);
    if (!HEADER_NAME.matcher(header).matches()) {
      faults.add(name + " must be the name of a header");
    }
    return header.toLowerCase(Locale.ROOT);
  }

  /** Adds a fault; the text must name the variable. */
  public void fault(String fault) {
    faults.add(fault);
  }

  /**
   * Stops the function from starting if there are faults.
   *
   * @throws IllegalStateException with every fault found so far
   */
  public void requireFaultless() {
    if (!faults.isEmpty()) {
      throw new IllegalStateException(
          "The function's environment is invalid: " + String.join("; ", faults));
    }
  }
}
