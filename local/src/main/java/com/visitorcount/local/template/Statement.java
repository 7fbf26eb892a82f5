package com.visitorcount.local.template;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * One statement of a role: these actions are allowed on these resources. Both may hold IAM's
 * wildcards, {@code *} and {@code ?}.
 */
public record Statement(Set<String> actions, Set<String> resources) {
  public Statement {
    actions = Set.copyOf(actions);
    resources = Set.copyOf(resources);
  }

  boolean allows(String action, String resource) {
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
