package com.visitorcount.local.template;

import static java.util.Objects.requireNonNull;

/**
 * A schedule on which a function is invoked.
 *
 * @param ruleArn ARN of the rule that SAM makes of it
 * @param expression {@code cron(…)} or {@code rate(…)}, not yet understood
 */
public record ScheduleTrigger(String ruleArn, String expression) {
  public ScheduleTrigger {
    requireNonNull(ruleArn, "ruleArn");
    requireNonNull(expression, "expression");
  }
}
