package com.visitorcount.sam.template;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * A function as the template describes it.
 *
 * @param id logical id in the template
 * @param codeUri what is deployed, relative to the template; empty if not specified
 * @param handler {@code package.Class::method}
 * @param environment the function's own variables
 * @param reservedConcurrency how many requests may run at once; empty: no specific limit
 * @param url null: the function is not called over HTTP
 * @param streams streams of tables whose records it is invoked with
 * @param schedules schedules on which it is invoked
 */
public record FunctionResource(
    String id,
    String codeUri,
    String handler,
    Map<String, String> environment,
    Duration timeout,
    int memoryMegabytes,
    OptionalInt reservedConcurrency,
    Role role,
    @Nullable FunctionUrlConfig url,
    List<StreamTrigger> streams,
    List<ScheduleTrigger> schedules) {
  public FunctionResource {
    environment = Map.copyOf(environment);
    streams = List.copyOf(streams);
    schedules = List.copyOf(schedules);
  }
}
