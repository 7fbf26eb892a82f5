package com.visitorcount.sam;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * How a template is run.
 *
 * @param runner directory of this module, whose npm packages have dynalite
 * @param data directory to keep the data in; null: in memory
 * @param ports the port of each function that has a URL, by its logical id; 0: any free one
 * @param parameters values of the template's parameters where they differ from its defaults
 * @param environment where {@link RunningStack#ENDPOINT_VARIABLE} is looked for
 * @param madeUp whether records that an earlier run has left are those of made-up items, as by
 *     {@link RunningStack#makeUp}
 * @param passage makes of DynamoDB's address the one that the functions are given
 */
public record StackOptions(
    Path runner,
    @Nullable Path data,
    Map<String, Integer> ports,
    Map<String, String> parameters,
    Map<String, String> environment,
    boolean madeUp,
    UnaryOperator<URI> passage) {
  public StackOptions {
    requireNonNull(runner, "runner");
    ports = Map.copyOf(ports);
    parameters = Map.copyOf(parameters);
    environment = Map.copyOf(environment);
    requireNonNull(passage, "passage");
  }
}
