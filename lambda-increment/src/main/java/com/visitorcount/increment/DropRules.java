package com.visitorcount.increment;

import com.visitorcount.http.ClientAddress;
import com.visitorcount.http.HttpRequest;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The rules that a view must pass to be counted. They are checked in order, and the first that it
 * fails is the reason for dropping it. The owner's own calls are not checked.
 */
final class DropRules {
  private record Rule(DropReason reason, Predicate<HttpRequest> drops) {}

  private final List<Rule> rules;

  private DropRules(List<Rule> rules) {
    this.rules = List.copyOf(rules);
  }

  /** For views that a tracker sends. */
  static DropRules ofTracker(Settings settings, UserAgents agents) {
    return new DropRules(
        List.of(
            excluded(settings.clientAddress(), settings.excludedAddresses()),
            new Rule(DropReason.PREFETCH, Prefetch::is),
            new Rule(DropReason.BOT, request -> agents.of(request.userAgent()).bot())));
  }

  /** For images that count when they are loaded. */
  static DropRules ofImages(Settings settings, UserAgents agents) {
    return new DropRules(
        List.of(
            excluded(settings.clientAddress(), settings.excludedAddresses()),
            new Rule(
                DropReason.PREFETCH,
                request -> request.method().equals("HEAD") || Prefetch.is(request)),
            new Rule(DropReason.BOT, request -> isWithoutReader(agents.of(request.userAgent())))));
  }

  private static boolean isWithoutReader(UserAgent agent) {
    return agent.bot() && !agent.imageProxy();
  }

  private static Rule excluded(ClientAddress address, Set<String> excluded) {
    return new Rule(DropReason.EXCLUDED, request -> excluded.contains(address.of(request)));
  }

  /** Why to drop the view, null to count it. */
  @Nullable DropReason reason(HttpRequest request) {
    for (Rule rule : rules) {
      if (rule.drops().test(request)) {
        return rule.reason();
      }
    }
    return null;
  }
}
