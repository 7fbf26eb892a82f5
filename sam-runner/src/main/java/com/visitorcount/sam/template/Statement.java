package com.visitorcount.sam.template;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * One statement of a role: these actions are allowed on these resources. Both may contain IAM's
 * wildcards, {@code *} and {@code ?}.
 *
 * @param leadingKeys the only partition keys that it covers; empty: all
 */
public record Statement(Set<String> actions, Set<String> resources, Set<String> leadingKeys) {
  public Statement {
    actions = Set.copyOf(actions);
    resources = Set.copyOf(resources);
    leadingKeys = Set.copyOf(leadingKeys);
  }

  /** A statement about all items. */
  public Statement(Set<String> actions, Set<String> resources) {
    this(actions, resources, Set.of());
  }

  /**
   * @param key partition key of the requested item; empty: not known, or several
   */
  boolean allows(String action, String resource, String key) {
    return (leadingKeys.isEmpty() || leadingKeys.contains(key)) && allows(action, resource);
  }

  private boolean allows(String action, String resource) {
    // unlike resources, actions are case-insensitive
    String folded = action.toLowerCase(Locale.ROOT);
    return actions.stream().anyMatch(pattern -> matches(pattern.toLowerCase(Locale.ROOT), folded))
        && resources.stream().anyMatch(pattern -> matches(pattern, resource));
  }

  private static boolean matches(String pattern, String text) {
    String regex = "\\Q" + pattern.replace("*", "\\E.*\\Q").replace("?", "\\E.\\Q") + "\\E";
    return Pattern.compile(regex, Pattern.DOTALL).matcher(text).matches();
  }
}
