package com.visitorcount.sam.schedule;

import com.visitorcount.sam.failure.LocalException;
import com.visitorcount.sam.function.Invoker;
import com.visitorcount.sam.function.ThrottledException;
import com.visitorcount.sam.template.FunctionResource;
import com.visitorcount.sam.template.ScheduleTrigger;
import com.visitorcount.sam.template.Stack;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The schedules of a template. */
public final class Schedules {
  private static final Logger LOG = LoggerFactory.getLogger(Schedules.class);

  private final List<ScheduledWork> schedules;

  private Schedules(List<ScheduledWork> schedules) {
    this.schedules = List.copyOf(schedules);
  }

  /**
   * Reads the schedules, which start now.
   *
   * @param invocations gives the invoker for a function's id
   * @throws LocalException for an unsupported expression
   */
  public static Schedules of(Stack stack, Function<String, Invoker> invocations, Clock clock) {
    List<ScheduledWork> schedules = new ArrayList<>();
    for (FunctionResource function : stack.functions()) {
      Invoker invocation = invocations.apply(function.id());
      for (ScheduleTrigger trigger : function.schedules()) {
        schedules.add(
            ScheduledWork.of(
                trigger.expression(),
                clock,
                time -> invoke(function.id(), invocation, trigger, time)));
      }
    }
    return new Schedules(schedules);
  }

  /** A throttled invocation is not a failure: Lambda retries it automatically. */
  private static void invoke(
      String function, Invoker invocation, ScheduleTrigger trigger, Instant time) {
    try {
      invocation.invoke(
          trigger
              .input()
              .map(input -> input.getBytes(StandardCharsets.UTF_8))
              .orElseGet(() -> ScheduledEvent.json(trigger.ruleArn(), time)));
    } catch (ThrottledException e) {
      LOG.warn("The schedule of {} was throttled on its schedule", function);
    }
  }

  /** Invokes the functions that are due. */
  public void runIfDue() {
    schedules.forEach(ScheduledWork::runIfDue);
  }

  /**
   * Invokes every function that has a schedule.
   *
   * @throws RuntimeException as thrown by an invocation
   */
  public void runNow() {
    schedules.forEach(ScheduledWork::runNow);
  }
}
