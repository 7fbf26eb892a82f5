package com.visitorcount.sam.template;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * A schedule on which a function is invoked.
 *
 * @param ruleArn ARN of the rule that SAM creates for it
 * @param expression {@code cron(…)} or {@code rate(…)}, not yet parsed
 * @param input the event, as JSON, if it is not EventBridge's own
 */
public record ScheduleTrigger(String ruleArn, String expression, Optional<String> input) {
  public ScheduleTrigger {
    requireNonNull(ruleArn, "ruleArn");
    requireNonNull(expression, "expression");
    requireNonNull(input, "input");
  }
}
