package com.visitorcount.sam.template;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * One statement of a role: these actions are allowed on these resources. Both may hold IAM's
 * wildcards, {@code *} and {@code ?}.
 *
 * @param leadingKeys the only partition keys of items that it is about; empty: it is about all
 */
public record Statement(Set<String> actions, Set<String> resources, Set<String> leadingKeys) {
  public Statement {
    actions = Set.copyOf(actions);
    resources = Set.copyOf(resources);
    leadingKeys = Set.copyOf(leadingKeys);
  }

  /** About all items. */
  public Statement(Set<String> actions, Set<String> resources) {
    this(actions, resources, Set.of());
  }

  /**
   * @param key partition key of the one item that is asked for; empty: not known, or several
   */
  boolean allows(String action, String resource, String key) {
    return (leadingKeys.isEmpty() || leadingKeys.contains(key)) && allows(action, resource);
  }

  private boolean allows(String action, String resource) {
    // unlike resources, actions are the same in upper and lower case
    String folded = action.toLowerCase(Locale.ROOT);
    return actions.stream().anyMatch(pattern -> matches(pattern.toLowerCase(Locale.ROOT), folded))
        && resources.stream().anyMatch(pattern -> matches(pattern, resource));
  }

  private static boolean matches(String pattern, String text) {
    String regex = "\\Q" + pattern.replace("*", "\\E.*\\Q").replace("?", "\\E.\\Q") + "\\E";
    return Pattern.compile(regex, Pattern.DOTALL).matcher(text).matches();
  }
}
